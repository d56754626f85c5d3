"""Institutions, posts, people who work there, accounts and authorisations."""
