"""Invented registers with the truth, under several independent models of how offices err."""
