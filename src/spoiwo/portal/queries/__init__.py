"""Reads that put contexts together, one file per page; imported by subject."""
