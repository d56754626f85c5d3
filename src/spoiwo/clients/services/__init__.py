"""Writes, one file per subject; imported by subject (`from spoiwo.clients.services import register`)."""
