"""Tokens for comparing registers blindly, for whoever carries them between offices; no database."""

from collections.abc import Mapping

from spoiwo.matching.strategy.known import known
from spoiwo.matching.strategy.tokens import KINDS, level, tokens

__all__ = ["KINDS", "level", "number_of", "tokens_of"]
_PLACE = {kind: place for place, kind in enumerate(KINDS)}


def tokens_of(cells: Mapping[str, str]) -> list[tuple[int, str]]:
    """Place of the kind in KINDS, and the value; personal data, to be keyed before it goes anywhere.

    cells: columns of the register extract, as an office writes them.
    """
    return [(_PLACE[token.kind], token.value) for token in tokens(known(cells))]


def number_of(cells: Mapping[str, str]) -> str | None:
    """The PESEL of a record when it is one that somebody can have; fillers and wrong checksums are none."""
    one = known(cells)
    return one.pesel if one.standing else None
