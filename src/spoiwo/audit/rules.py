"""The chain: canonical encoding and hash; docs/reference has it byte for byte, for a stranger to check."""

import hashlib
from collections.abc import Iterable

GENESIS = bytes(32)
VERSION = b"spoiwo-audit-1"


def canonical(values: Iterable[str | int | bytes]) -> bytes:
    """Length-prefixed encoding: for each value a type letter, the length as 4 bytes big-endian, the bytes.

    Texts are UTF-8 (letter s), whole numbers decimal ASCII (letter i), bytes as they are (letter b), so no two
    different lists of values have the same encoding.
    """
    parts = [VERSION]
    for value in values:
        if isinstance(value, bytes):
            letter, raw = b"b", value
        elif isinstance(value, int):
            letter, raw = b"i", str(value).encode()
        else:
            letter, raw = b"s", value.encode()
        parts.append(letter + len(raw).to_bytes(4, "big") + raw)
    return b"".join(parts)


def link_hash(previous: bytes, values: Iterable[str | int | bytes]) -> bytes:
    """Hash of a record: SHA-256 over the previous hash and the record's canonical encoding (32 bytes)."""
    return hashlib.sha256(previous + canonical(values)).digest()
