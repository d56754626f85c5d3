"""Screens about files."""
