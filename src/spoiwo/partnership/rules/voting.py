"""Decisions by circulation: how members vote, and what it comes to."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Vote(StrEnum):
    """How a member votes in a decision by circulation."""

    NONE = ""
    FOR = "for"
    AGAINST = "against"
    ABSTAIN = "abstain"


@dataclass(frozen=True, slots=True)
class Tally:
    """What a vote came to. silent: members with a vote who did not use it."""

    for_it: int
    against: int
    abstained: int
    silent: int


def tally(votes: Iterable[Vote]) -> Tally:
    """What the votes of all members with a vote came to."""
    counted = Counter(votes)
    return Tally(counted[Vote.FOR], counted[Vote.AGAINST], counted[Vote.ABSTAIN], counted[Vote.NONE])


def is_carried(of: Tally) -> bool:
    """More for it than against; whoever abstained or kept silent counts on neither side."""
    return of.for_it > of.against
