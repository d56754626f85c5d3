"""The way of a good practice, and when it has to be confirmed again."""

from datetime import date, timedelta
from enum import StrEnum

from spoiwo.partnership.errors import WrongState

HOLDS = timedelta(days=365)


class PracticeState(StrEnum):
    """Where a practice stands."""

    SUBMITTED = "submitted"
    REVIEWED = "reviewed"
    PUBLISHED = "published"
    ARCHIVED = "archived"


MOVES: dict[PracticeState, frozenset[PracticeState]] = {
    PracticeState.SUBMITTED: frozenset({PracticeState.REVIEWED, PracticeState.ARCHIVED}),
    PracticeState.REVIEWED: frozenset({PracticeState.PUBLISHED, PracticeState.ARCHIVED}),
    PracticeState.PUBLISHED: frozenset({PracticeState.ARCHIVED}),
    PracticeState.ARCHIVED: frozenset(),
}


def check_move(now: PracticeState, wanted: PracticeState) -> None:
    """Refuse a step that cannot follow."""
    if wanted not in MOVES[now]:
        raise WrongState(now)


def is_stale(confirmed_on: date | None, *, today: date) -> bool:
    """Whether nobody has said for a year that it still holds."""
    return confirmed_on is None or today - confirmed_on > HOLDS
