"""Writes of service districts, one file per noun; imported by subject."""
