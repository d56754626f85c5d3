"""Writes, one file per subject; imported by subject (`from spoiwo.matching.services import runs`)."""
