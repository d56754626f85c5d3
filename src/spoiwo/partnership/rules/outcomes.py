"""From a proposal to something verified: which step leads from where to where."""

from datetime import date, timedelta

from spoiwo.partnership.errors import WrongState
from spoiwo.partnership.types import OutcomeState as S
from spoiwo.partnership.types import Step

_RUNNING = (S.ADOPTED, S.ASSIGNED, S.ACCEPTED, S.IN_PROGRESS, S.CLAIMED)
STEPS: dict[Step, tuple[tuple[S, ...], S]] = {
    Step.ADOPT: ((S.PROPOSED,), S.ADOPTED),
    Step.ASSIGN: ((S.ADOPTED, S.ASSIGNED, S.ACCEPTED, S.IN_PROGRESS), S.ASSIGNED),
    Step.ACCEPT: ((S.ASSIGNED,), S.ACCEPTED),
    Step.START: ((S.ACCEPTED,), S.IN_PROGRESS),
    Step.CLAIM: ((S.ACCEPTED, S.IN_PROGRESS), S.CLAIMED),
    Step.SEND_BACK: ((S.CLAIMED,), S.IN_PROGRESS),
    Step.VERIFY: ((S.CLAIMED,), S.VERIFIED),
    Step.REJECT: ((S.PROPOSED,), S.REJECTED),
    Step.SUPERSEDE: (_RUNNING, S.SUPERSEDED),
    Step.EXPIRE: (_RUNNING, S.EXPIRED),
}
WITH_REASON = frozenset({Step.REJECT, Step.EXPIRE, Step.SEND_BACK})
OPEN = frozenset({S.PROPOSED, *_RUNNING})
REMINDERS = (-14, -3, 1, 14)  # days after the deadline
GIVEN_UP = frozenset({S.REJECTED, S.SUPERSEDED, S.EXPIRED})
REVIEW = 0  # the step of a reminder that something is to be looked at again
TOLD_ABOUT = frozenset({*_RUNNING, S.VERIFIED})  # of what is done, only that it is to be looked at again


def after(step: Step, state: S) -> S:
    """The state that a step leads to. Raises WrongState."""
    allowed, leads_to = STEPS[step]
    if state not in allowed:
        raise WrongState(state.value)
    return leads_to


def possible(state: S) -> tuple[Step, ...]:
    """Steps that may follow a state, in their usual order."""
    return tuple(step for step, (allowed, _) in STEPS.items() if state in allowed)


def is_overdue(state: S, due_to: date | None, today: date) -> bool:
    """Whether the last day of the deadline is past and nothing has closed it."""
    return state in OPEN and due_to is not None and due_to < today


def reminder_due(due_to: date | None, today: date, told: frozenset[int]) -> int | None:
    """The newest reminder whose day has come and that nobody was told yet; days after the deadline.

    After a pause only the newest one counts, so nobody gets four at once.
    """
    if due_to is None:
        return None
    come = [step for step in REMINDERS if due_to + timedelta(days=step) <= today]
    if not come or any(step >= come[-1] for step in told):
        return None
    return come[-1]


def is_review_due(review_on: date, today: date, told: frozenset[date]) -> bool:
    """Whether the day has come on which something is to be looked at again, and nobody was told of that day."""
    return review_on <= today and review_on not in told


def hears(step: int) -> tuple[str, ...]:
    """Who is told: the owner before the deadline, then (and of a review) the secretariat too, then the chair."""
    if step < 0:
        return ("owner",)
    return ("owner", "secretariat", "chair") if step >= REMINDERS[-1] else ("owner", "secretariat")
