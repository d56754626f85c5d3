"""Invented people and the extracts that two offices would make of them.

Pure Python without Django or a database: the same seed and arguments write the same bytes on any machine.
"""
