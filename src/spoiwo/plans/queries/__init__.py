"""Reads, one file per subject."""
