"""Reads, one file per subject; imported by subject (`from spoiwo.clients.queries import listing`)."""
