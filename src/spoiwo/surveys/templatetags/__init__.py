"""Filters of the templates of this context."""
