"""What people who no longer work with plans at the institution have left to their colleagues."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from spoiwo.institutions import queries as institutions
from spoiwo.kernel.actor import Actor
from spoiwo.plans.models import Action
from spoiwo.plans.policies import WORKERS
from spoiwo.plans.queries import acting
from spoiwo.plans.queries.acting import Waiting


@dataclass(frozen=True, slots=True)
class Left:
    """An open action, and the name of whoever answered for it."""

    waiting: Waiting
    by: str


def left_actions(actor: Actor, *, day: date) -> list[Left]:
    """Open actions of the own institution whose worker may no longer work with plans there, the first due first."""
    staff = institutions.staff_of(actor.institution_id)
    gone = staff.keys() - institutions.entitled_at(actor.institution_id, WORKERS, day)
    theirs = Q(owner_id=actor.institution_id, responsible_id__in=sorted(gone))
    if not gone or not Action.objects.still_open().filter(theirs).exists():
        return []  # on most days, told without asking what is within reach
    found = acting.open_actions(actor).filter(theirs)
    rows = list(found[: acting.SHOWN])
    names = acting.names_of_plans(actor, [row.plan for row in rows])
    return [
        Left(
            Waiting(plan=row.plan, name=names.get(row.plan_id), on=row.due_on, action=row),
            staff[row.responsible_id],
        )
        for row in rows
    ]
