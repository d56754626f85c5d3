"""Proposals that two records are one person; people decide."""
