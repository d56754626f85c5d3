"""What a plan's actions amount to: agenda of a review, progress."""

from collections.abc import Iterable
from datetime import date

from spoiwo.plans.models import Action, JointPlan, Review
from spoiwo.plans.rules import reviews
from spoiwo.plans.types import PERSON, ActionState, Agenda, Happening, Progress


def agenda_of(plan: JointPlan, *, today: date) -> Agenda:
    """What the next review talks about: what happened since the last one, what is late, what comes."""
    held = Review.objects.filter(plan=plan, held_on__isnull=False).order_by("-held_on")
    last = held.values_list("held_on", flat=True).first()
    since = last or plan.begun_on or plan.starts_on
    return reviews.agenda(happenings(Action.objects.filter(plan=plan)), since=since, today=today)


def happenings(rows: Iterable[Action]) -> list[Happening]:
    """Actions as rules see them, in the order of the plan."""
    return [
        Happening(
            text=row.text,
            owner=row.owner_id or PERSON,
            state=ActionState(row.state),
            due_on=row.due_on,
            done_on=row.closed_on,
        )
        for row in sorted(rows, key=lambda row: (row.place, row.pk))
    ]


def progress_of(rows: Iterable[Action], *, today: date) -> Progress:
    """How far the plan has come."""
    return reviews.progress(happenings(rows), today=today)
