"""Rounds on the platform, and the connector that runs at an office."""
