"""Calendars that any institution may switch on: entries, feeds, invitations; higher contexts push entries in."""
