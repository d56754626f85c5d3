"""Reads, one file per subject; imported by subject (`from spoiwo.matching.queries import candidates`)."""
