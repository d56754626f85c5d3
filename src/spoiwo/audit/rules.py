"""The chain and its seals: canonical encoding, hashes, the tree over all chains.

docs/reference has it byte for byte, for a stranger to check.
"""

import hashlib
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

GENESIS = bytes(32)
VERSION = b"spoiwo-audit-1"
_USUAL = 256  # bytes of a value; letter and length of shorter ones are at hand
_TEXT, _NUMBER, _BYTES = (
    tuple(letter + size.to_bytes(4, "big") for size in range(_USUAL)) for letter in (b"s", b"i", b"b")
)
# A record's values in their order, as letters; most are short and plain, and then one pattern encodes them.
_KINDS_BEFORE_DIGEST = "iisssisssssssis"
_BEFORE_DIGEST = "".join(f"{kind}\0\0\0%c%s" for kind in _KINDS_BEFORE_DIGEST)
_AFTER_DIGEST = "s\0\0\0%c%s"
SEAL_EVERY, SEAL_AT_RECORDS = timedelta(minutes=5), 10_000
LATE_AFTER, CLOSED_AFTER = timedelta(minutes=15), timedelta(hours=24)


def canonical(values: Iterable[str | int | bytes]) -> bytes:
    """Length-prefixed encoding: for each value a type letter, the length as 4 bytes big-endian, the bytes.

    Texts are UTF-8 (letter s), whole numbers decimal ASCII (letter i), bytes as they are (letter b), so no two
    different lists of values have the same encoding.
    """
    parts = [VERSION]
    add = parts.append
    for value in values:  # a million records are read in one go, so nothing here is done twice
        if isinstance(value, str):
            head, raw = _TEXT, value.encode()
        elif isinstance(value, int):
            head, raw = _NUMBER, b"%d" % value
        else:
            head, raw = _BYTES, value
        size = len(raw)
        add(head[size] if size < _USUAL else head[0][:1] + size.to_bytes(4, "big"))
        add(raw)
    return b"".join(parts)


def link_hash(previous: bytes, values: Iterable[str | int | bytes]) -> bytes:
    """Hash of a record: SHA-256 over the previous hash and the record's canonical encoding (32 bytes)."""
    return hashlib.sha256(previous + canonical(values)).digest()


def record_hash(previous: bytes, texts: Sequence[str], digest: bytes, request_id: str) -> bytes:
    """What link_hash says of a record, several times as fast: a million are checked in one go.

    texts: the values before the digest, numbers as decimal texts.
    """
    measured = [part for text in texts for part in (len(text), text)]
    try:
        before = (_BEFORE_DIGEST % tuple(measured)).encode("ascii")
        after = (_AFTER_DIGEST % (len(request_id), request_id)).encode("ascii")
    except UnicodeEncodeError:  # a letter beyond ASCII, or a text of more than 127 letters
        before = b"".join(map(_encoded, _KINDS_BEFORE_DIGEST, texts))
        after = _encoded("s", request_id)
    size = len(digest).to_bytes(4, "big")
    return hashlib.sha256(b"".join((previous, VERSION, before, b"b", size, digest, after))).digest()


def _encoded(kind: str, text: str) -> bytes:
    raw = text.encode()
    return kind.encode() + len(raw).to_bytes(4, "big") + raw


def leaf_hash(institution_id: int, seq: int, head: bytes) -> bytes:
    """Leaf of the tree: where the chain of an institution ended (32 bytes)."""
    return hashlib.sha256(b"\x00" + canonical([institution_id, seq, head])).digest()


def tree_root(leaves: Sequence[bytes]) -> bytes:
    """Merkle root over leaves in their order; a node without a neighbour moves up as it is. GENESIS of none."""
    level = list(leaves) or [GENESIS]
    while len(level) > 1:
        level = _level_above(level)
    return level[0]


def path_to_root(leaves: Sequence[bytes], position: int) -> list[tuple[str, bytes]]:
    """What the leaf at this position is combined with on its way up: ("L" or "R" of it, hash)."""
    level, path = list(leaves), []
    while len(level) > 1:
        neighbour = position ^ 1
        if neighbour < len(level):
            path.append(("L" if neighbour < position else "R", level[neighbour]))
        level, position = _level_above(level), position // 2
    return path


def _level_above(level: Sequence[bytes]) -> list[bytes]:
    pairs = zip(level[::2], level[1::2], strict=False)
    above = [hashlib.sha256(b"\x01" + left + right).digest() for left, right in pairs]
    return [*above, level[-1]] if len(level) % 2 else above


def seal_message(number: int, at: datetime, previous: bytes, root: bytes, records: int) -> bytes:
    """What is signed: number, time, hash of the seal before, root, how many records all chains hold together."""
    return canonical(["seal", number, at.isoformat(timespec="microseconds"), previous, root, records])


def seal_hash(message: bytes, signature: bytes) -> bytes:
    """What the next seal names as the one before it (32 bytes)."""
    return hashlib.sha256(message + signature).digest()


def is_late(unsealed_since: datetime | None, now: datetime) -> bool:
    """Whether the oldest unsealed record has waited so long that people should be told."""
    return unsealed_since is not None and now - unsealed_since > LATE_AFTER


def is_closed(unsealed_since: datetime | None, now: datetime) -> bool:
    """Whether nothing may be changed any more until there is a seal."""
    return unsealed_since is not None and now - unsealed_since > CLOSED_AFTER


def is_due(unsealed_since: datetime | None, unsealed: int, now: datetime) -> bool:
    """Whether it is time for the next seal."""
    if unsealed_since is None:
        return False
    return unsealed >= SEAL_AT_RECORDS or now - unsealed_since >= SEAL_EVERY
