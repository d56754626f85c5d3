"""The way of an idea, and what its marks come to."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from spoiwo.partnership.errors import TooFewReviews, WrongState

ENOUGH_REVIEWS = 2


class IdeaState(StrEnum):
    """Where an idea stands."""

    SUBMITTED = "submitted"
    SCREENED = "screened"  # understood and within the partnership's tasks: reviewers give marks
    EVALUATED = "evaluated"
    TESTED = "tested"  # decided in a meeting: the test is under way
    CLOSED = "closed"  # the test is over and its result written down
    SCALED = "scaled"  # others take it over
    MERGED = "merged"  # goes on in another idea
    ARCHIVED = "archived"


MOVES: dict[IdeaState, frozenset[IdeaState]] = {
    IdeaState.SUBMITTED: frozenset({IdeaState.SCREENED, IdeaState.MERGED, IdeaState.ARCHIVED}),
    IdeaState.SCREENED: frozenset({IdeaState.EVALUATED, IdeaState.MERGED, IdeaState.ARCHIVED}),
    IdeaState.EVALUATED: frozenset({IdeaState.TESTED, IdeaState.ARCHIVED}),
    IdeaState.TESTED: frozenset({IdeaState.CLOSED}),
    IdeaState.CLOSED: frozenset({IdeaState.SCALED, IdeaState.ARCHIVED}),
    IdeaState.SCALED: frozenset(),
    IdeaState.MERGED: frozenset(),
    IdeaState.ARCHIVED: frozenset(),
}


@dataclass(frozen=True, slots=True)
class Marks:
    """What one reviewer without a stake gave, each from 0 to 5; a low cost has a high mark."""

    need: int
    feasibility: int
    cost: int
    effect: int


def check_move(now: IdeaState, wanted: IdeaState) -> None:
    """Refuse a step that cannot follow."""
    if wanted not in MOVES[now]:
        raise WrongState(now)


def check_reviews(marks: Iterable[Marks]) -> None:
    """Refuse to close an evaluation on too few reviewers without a stake."""
    count = len(list(marks))
    if count < ENOUGH_REVIEWS:
        raise TooFewReviews(count, ENOUGH_REVIEWS)


def mean_mark(marks: Iterable[Marks]) -> Decimal | None:
    """Mean over reviewers and criteria, None without reviews."""
    given = [mark for one in marks for mark in (one.need, one.feasibility, one.cost, one.effect)]
    return (Decimal(sum(given)) / len(given)).quantize(Decimal("0.1")) if given else None
