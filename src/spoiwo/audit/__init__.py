"""Append-only, hash-chained log; no screens, so that everything may write to it."""
