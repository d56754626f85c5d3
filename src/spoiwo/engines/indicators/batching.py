"""Which cards can be worked out by one statement."""

from collections.abc import Sequence
from dataclasses import dataclass

from spoiwo.engines.indicators.adding import is_short
from spoiwo.engines.indicators.cards import Card

PAIRED_AT_ONCE = 8  # cards whose units are held in memory side by side


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """What the files hold besides the fixed columns."""

    dimensions: tuple[str, ...]
    measures: frozenset[str] = frozenset()
    frame_columns: tuple[str, ...] | None = None  # None without a frame
    contributors: bool = False  # whether the result tells how much the largest unit gave


def batches(cards: Sequence[Card]) -> list[list[Card]]:
    """Cards that one statement can work out together, in the order of the first of each."""
    groups: dict[tuple[object, ...], list[Card]] = {}
    for at, card in enumerate(cards):
        alone = card.has_windows or card.frame_parts
        key = (
            card.grain, card.time, card.space, card.missing, card.is_paired, card.by, card.levels,
            card.filtered, len(card.operands), is_short(card), at if alone else -1,
        )  # fmt: skip
        groups.setdefault(key, []).append(card)
    return [
        group[start : start + PAIRED_AT_ONCE] if group[0].is_paired else group
        for group in groups.values()
        for start in (range(0, len(group), PAIRED_AT_ONCE) if group[0].is_paired else (0,))
    ]
