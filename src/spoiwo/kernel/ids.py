"""Identifiers that sort by the time they were made."""

import os
import time
import uuid


def new_uuid() -> uuid.UUID:
    """A version 7 UUID (RFC 9562): neighbours in time are neighbours in an index."""
    stamp = time.time_ns() // 1_000_000
    bits = int.from_bytes(os.urandom(10), "big")
    high = (stamp << 16) | 0x7000 | (bits >> 68)
    low = (0b10 << 62) | (bits & ((1 << 62) - 1))
    return uuid.UUID(int=(high << 64) | low)
