"""Watching deadlines: whoever is late is called, and called again; what nobody answers expires."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from spoiwo.referrals.models import Referral
from spoiwo.referrals.rules.deadlines import calls_due, is_given_up
from spoiwo.referrals.rules.steps import OPEN, acts_next
from spoiwo.referrals.services.sending import note_event
from spoiwo.referrals.services.stepping import move
from spoiwo.referrals.services.telling import tell
from spoiwo.referrals.types import Outcome, Side, State, Step, StepDetails
from spoiwo.toolkit.context import acting_for

JOB = "referrals"
AT_ONCE = 200


@dataclass(slots=True)
class Watched:
    """What a look at the deadlines did."""

    called: int = 0
    expired: int = 0


def watch(*, today: date, at: datetime) -> Watched:
    """Look at every referral whose day is past. May be stopped at any time and started again."""
    done = Watched()
    with acting_for(0, job=JOB):
        ids = list(Referral.objects.overdue(today).order_by("due_on", "pk").values_list("pk", flat=True))
    for pk in ids:
        with acting_for(0, job=JOB), transaction.atomic():
            _look_at(pk, done, today=today, at=at)
    return done


def _look_at(pk: int, done: Watched, *, today: date, at: datetime) -> None:
    rows = Referral.objects.overdue(today).select_for_update(of=("self",))
    row: Referral | None = rows.select_related("place", "sender", "receiver").filter(pk=pk).first()
    if row is None or row.due_on is None:
        return  # somebody acted meanwhile
    state = State(row.state)
    if is_given_up(state, row.due_on, today):
        move(row, StepDetails(step=Step.EXPIRE, outcome=Outcome.NO_ANSWER), Side.CLOCK, at=at, by=None)
        done.expired += 1
        return
    due = calls_due(row.due_on, today)
    if due <= row.calls:
        return
    row.calls = due
    row.save(update_fields=["calls"])
    if state in OPEN:
        note_event(row, Step.ESCALATE, Side.CLOCK, at=at, by=None)
    turn = acts_next(state, acknowledged=row.acknowledged_at is not None)
    late = turn or Side.SENDER  # closed referrals are never overdue
    for side in (late,) if due == 1 else (Side.SENDER, Side.RECEIVER):
        tell(row, side, at=at, what="late")
    done.called += 1
