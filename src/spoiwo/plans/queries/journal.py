"""The journal of a plan, page by page: however long it is, only one page is read."""

from typing import Any

from django.db.models import QuerySet

from spoiwo.plans.models import JointPlan, PlanEvent

NEWEST = 10


def events(plan: JointPlan, *, kind: str = "") -> QuerySet[Any]:
    """Lines of the journal, the newest first; of one kind or of all."""
    found = PlanEvent.objects.filter(plan=plan)
    if kind:
        found = found.filter(kind=kind)
    return found.select_related("by", "institution").order_by("-at", "-id")


def newest(plan: JointPlan) -> list[PlanEvent]:
    """The last lines, for the plan's page."""
    return list(events(plan)[:NEWEST])
