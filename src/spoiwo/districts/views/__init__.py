"""Screens of districts, one file per subject."""
