"""Screens of the directory, of staff, of authorisations and posts."""
