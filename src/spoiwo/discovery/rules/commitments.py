"""A commitment to a register: a promise about each row that can be opened for one row without telling of the others."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Opening:
    """Where a row stands, and what has to be hashed with it on the way to the root."""

    place: int
    path: Sequence[bytes]


def salt_of(secret: bytes, local_id: str) -> bytes:
    """What hides one row; shown when the row is, and tells nothing of other rows."""
    return hashlib.blake2b(local_id.encode(), key=secret, digest_size=32).digest()


def leaf(salt: bytes, row: str) -> bytes:
    """The promise about one row."""
    return hashlib.blake2b(b"\x00" + row.encode(), key=salt, digest_size=32).digest()


def root(leaves: Sequence[bytes]) -> bytes:
    """The promise about all rows in their order."""
    return _levels(leaves)[-1][0]


def opening(leaves: Sequence[bytes], place: int) -> Opening:
    """What shows that a leaf stands at a place."""
    path, at = [], place
    for level in _levels(leaves)[:-1]:
        path.append(level[min(at ^ 1, len(level) - 1)])
        at //= 2
    return Opening(place, path)


def holds(promise: bytes, one: bytes, shown: Opening) -> bool:
    """Whether the leaf was among those promised."""
    at, reached = shown.place, one
    for beside in shown.path:
        reached = _parent(beside, reached) if at % 2 else _parent(reached, beside)
        at //= 2
    return reached == promise


def _levels(leaves: Sequence[bytes]) -> list[list[bytes]]:
    levels = [list(leaves) or [hashlib.sha256(b"").digest()]]
    while len(levels[-1]) > 1:
        below = levels[-1]
        levels.append(
            [_parent(below[at], below[min(at + 1, len(below) - 1)]) for at in range(0, len(below), 2)]
        )
    return levels


def _parent(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\x01" + left + right).digest()
