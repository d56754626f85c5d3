"""Files of plans that were read, and lines that were not taken."""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from spoiwo.kernel.actor import Actor
from spoiwo.plans.models import PlanFile, RefusedPlanLine


def files(actor: Actor) -> QuerySet[Any]:
    """Files of the own institution, the newest first."""
    return PlanFile.objects.visible_to(actor).order_by("-read_at", "-pk")


def file(actor: Actor, uuid: UUID) -> PlanFile | None:
    """A file of the own institution."""
    found: PlanFile | None = PlanFile.objects.visible_to(actor).filter(uuid=uuid).first()
    return found


def refused_lines(actor: Actor, uuid: UUID) -> QuerySet[Any]:
    """Lines of a file that were not taken, in the order of the file."""
    return RefusedPlanLine.objects.visible_to(actor).filter(file__uuid=uuid).order_by("number")
