"""Measures, indicator cards and what is computed from them."""
