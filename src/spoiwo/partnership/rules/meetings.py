"""From a draft to published minutes."""

import hashlib
import math
from datetime import date

from spoiwo.partnership.errors import EndsBeforeStart, WindowClosed, WrongState
from spoiwo.partnership.types import MeetingState as S

MOVES: dict[str, tuple[tuple[S, ...], S]] = {
    "announce": ((S.DRAFT,), S.ANNOUNCED),
    "hold": ((S.DRAFT, S.ANNOUNCED), S.HELD),  # entered afterwards, too
    "prepare": ((S.HELD, S.REVIEW), S.PREPARING),
    "review": ((S.HELD, S.PREPARING), S.REVIEW),
    "approve": ((S.REVIEW,), S.APPROVED),
    "publish": ((S.APPROVED,), S.PUBLISHED),
    "cancel": ((S.DRAFT, S.ANNOUNCED), S.CANCELLED),
    "postpone": ((S.DRAFT, S.ANNOUNCED), S.POSTPONED),
}
TAKEN_PLACE = frozenset({S.HELD, S.PREPARING, S.REVIEW, S.APPROVED, S.PUBLISHED})
WRITABLE = frozenset({S.ANNOUNCED, S.HELD, S.PREPARING, S.REVIEW})  # minutes: from the announcement on
CLOSED = frozenset({S.APPROVED, S.PUBLISHED, S.CANCELLED, S.POSTPONED})


def after(move: str, state: S) -> S:
    """The state that a move leads to. Raises WrongState."""
    allowed, leads_to = MOVES[move]
    if state not in allowed:
        raise WrongState(state.value)
    return leads_to


def possible(state: S) -> tuple[str, ...]:
    """Moves that may follow a state."""
    return tuple(move for move, (allowed, _) in MOVES.items() if state in allowed)


def check_writable(state: S) -> None:
    """Refuse minutes, agenda and attendance once the text is approved or the meeting fell through."""
    if state not in WRITABLE and state is not S.DRAFT:
        raise WrongState(state.value)


def check_days(starts_on: date, ends_on: date) -> None:
    """Refuse a meeting that ends before it begins."""
    if ends_on < starts_on:
        raise EndsBeforeStart(f"{starts_on} {ends_on}")


def check_window(until: date | None, today: date) -> None:
    """Refuse amendments after the last day they are welcome."""
    if until is not None and today > until:
        raise WindowClosed(until.isoformat())


def quorum_needed(seats: int, percent: int) -> int:
    """How many must be there: more than the given part of all seats; nobody when there are no seats."""
    return 0 if seats == 0 else min(seats, math.floor(seats * percent / 100) + 1)


def fingerprint(text: str) -> str:
    """SHA-256 of the approved words, in hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()
