"""Writes of the support register: one function per thing a person can do."""
