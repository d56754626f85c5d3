"""Screens of the context."""
