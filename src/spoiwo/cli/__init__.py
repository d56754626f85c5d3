"""Command line: the console command `spoiwo` and its subcommands."""
