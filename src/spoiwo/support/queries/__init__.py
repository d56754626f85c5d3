"""Reads of the support register."""
