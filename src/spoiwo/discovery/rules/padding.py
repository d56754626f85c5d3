"""Rows of nobody, so that the size of an envelope does not tell the size of a register."""

import secrets
from collections.abc import Sequence

from spoiwo.discovery.types import ALIAS_BYTES, TOKEN_BYTES, Row

LEAST = 500  # rows
STEP = 5 / 4  # between one size and the next


def bucket(count: int) -> int:
    """The size an envelope of so many rows is filled up to."""
    size = LEAST
    while size < count:
        size = int(size * STEP)
    return size


def rows(like: Sequence[Row], count: int) -> list[Row]:
    """Rows with random tokens of the kinds that some of the true ones have."""
    return [_random(secrets.choice(like)) if like else _random(Row(b"", ())) for _ in range(count)]


def _random(like: Row) -> Row:
    tokens = [(kind, secrets.token_bytes(TOKEN_BYTES)) for kind, _digest in like.tokens]
    return Row(secrets.token_bytes(ALIAS_BYTES), tokens)
