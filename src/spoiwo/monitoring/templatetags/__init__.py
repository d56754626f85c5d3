"""Filters of the screens of monitoring."""
