"""Spoiwo: the institutions of a voivodeship working as one organisation for the social economy."""

__version__ = "0.1.0"
