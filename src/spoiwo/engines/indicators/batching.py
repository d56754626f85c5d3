"""Which cards can be worked out by one statement, and which of them in a shorter way."""

from collections.abc import Sequence
from dataclasses import dataclass

from spoiwo.engines.indicators.cards import Card, TimeRule
from spoiwo.engines.indicators.files import STATUSES
from spoiwo.kernel.expressions.nodes import operands

PAIRED_AT_ONCE = 8  # cards whose units are held in memory side by side


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """What the files hold besides the fixed columns."""

    dimensions: tuple[str, ...]
    measures: frozenset[str] = frozenset()
    others: bool = True  # whether observations may be of measures that no card takes
    statuses: frozenset[str] = frozenset(STATUSES)  # that observations may have
    shortest: int = 0  # digits that every territory has at least
    frame_columns: tuple[str, ...] | None = None  # None without a frame
    contributors: bool = False  # whether the result tells how much the largest unit gave


def is_plain(card: Card) -> bool:
    """Whether what a card takes is only added up: nothing is paired, restricted or moved in time."""
    plain = not any(operand.is_past or operand.window or operand.filters for operand in card.operands)
    return plain and not card.is_paired and card.time is TimeRule.SUM


def is_short(card: Card) -> bool:
    """Whether a card can go the short way."""
    return is_plain(card) and not card.frame_parts and len(operands(card.numerator)) == 1


def batches(cards: Sequence[Card]) -> list[list[Card]]:
    """Cards that one statement can work out together, in the order of the first of each."""
    groups: dict[tuple[object, ...], list[Card]] = {}
    for at, card in enumerate(cards):
        alone = card.has_windows or card.frame_parts
        key = (
            card.grain, card.time, card.space, card.missing, card.is_paired, card.by, card.levels,
            card.filtered, card.loose, len(card.operands), is_short(card), at if alone else -1,
        )  # fmt: skip
        groups.setdefault(key, []).append(card)
    return [
        group[start : start + PAIRED_AT_ONCE] if group[0].is_paired else group
        for group in groups.values()
        for start in (range(0, len(group), PAIRED_AT_ONCE) if group[0].is_paired else (0,))
    ]
