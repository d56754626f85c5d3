"""How many joint plans an institution began and brought to an end."""

from dataclasses import dataclass
from datetime import date

from spoiwo.plans.models import JointPlan
from spoiwo.plans.types import PlanState


@dataclass(frozen=True, slots=True, kw_only=True)
class PlansCounted:
    """Plans within some days. closed: those that ended, completed or not."""

    begun: int
    closed: int
    completed: int


def plans_counted(institution_id: int, *, first: date, last: date) -> PlansCounted:
    """Plans that the institution began, so that each is counted at one of its parties only."""
    own = JointPlan.objects.filter(institution_id=institution_id)
    closed = own.filter(closed_on__range=(first, last))
    return PlansCounted(
        begun=own.filter(begun_on__range=(first, last)).count(),
        closed=closed.count(),
        completed=closed.filter(state=PlanState.COMPLETED).count(),
    )
