"""Writes, one file per subject."""
