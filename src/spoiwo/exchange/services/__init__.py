"""Writes, one file per step of an import; what other contexts call is named here."""
