"""Referrals of people between institutions, with a loop that closes."""
