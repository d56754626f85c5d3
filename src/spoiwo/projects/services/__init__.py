"""Writes of projects, one file per noun; imported by subject."""
