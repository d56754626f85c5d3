"""By when whose turn is over, and what happens then."""

from datetime import date, timedelta

from spoiwo.referrals.rules.steps import TERMINAL
from spoiwo.referrals.types import State

ANSWER_DAYS = 7
WAITING_REVIEW_DAYS = 30
START_DAYS = 30
STAY_DAYS = 365
ACKNOWLEDGE_DAYS = 14
SECOND_CALL_DAYS = 7
EXPIRES_AFTER_DAYS = 30
GIVEN_UP = frozenset({State.SENT, State.RECEIVED, State.NEEDS_INFO, State.ACCEPTED})


def due_on(state: State, day: date, *, respond_days: int, by_day: date | None = None) -> date:
    """By when somebody has to act after a step taken on a day. by_day: agreed by the parties."""
    if by_day is not None:
        return by_day
    days = {
        State.SENT: respond_days,
        State.RECEIVED: respond_days,
        State.NEEDS_INFO: ANSWER_DAYS,
        State.WAITLISTED: WAITING_REVIEW_DAYS,
        State.ACCEPTED: START_DAYS,
        State.STARTED: STAY_DAYS,
    }
    return day + timedelta(days=days.get(state, ACKNOWLEDGE_DAYS))


def calls_due(due: date, today: date) -> int:
    """How many times somebody should have been called by now: once late, twice a week later."""
    late = (today - due).days
    return 0 if late <= 0 else 1 if late < SECOND_CALL_DAYS else 2


def is_given_up(state: State, due: date, today: date) -> bool:
    """Whether nobody acted for so long that the referral expires; stays and waiting lists do not."""
    return state in GIVEN_UP and (today - due).days >= EXPIRES_AFTER_DAYS


def is_overdue(state: State, due: date | None, today: date, *, acknowledged: bool) -> bool:
    """Whether whoever has the turn is late."""
    closed = state in TERMINAL and acknowledged
    return due is not None and not closed and due < today
