"""The subcommands: one module each, with `run(options, console) -> Answer`."""
