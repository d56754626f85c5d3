"""Execution engines behind small ports; the only place that imports them."""
