"""Subcommands that need to know the settings themselves, which nobody below may import."""
