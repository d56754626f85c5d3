"""Screens of the partnership."""
