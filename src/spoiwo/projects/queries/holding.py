"""In which projects somebody takes part, for the person who asks; read by those who watch over the register."""

from collections.abc import Collection
from uuid import UUID

from django.db.models import Q

from spoiwo.clients import policies as clients
from spoiwo.kernel.actor import Actor
from spoiwo.projects.models import Participant


def taken_part(actor: Actor, record: int, people: Collection[UUID]) -> list[Participant]:
    """Own participants with this own record, or known under these index rows, with what they got; newest first."""
    if not clients.oversees(actor):
        return []
    known = Participant.objects.filter(
        Q(record=record) | Q(record__isnull=True, person__in=people), institution_id=actor.institution_id
    )
    return list(
        known.select_related("project").prefetch_related("support", "work").order_by("-asked_on", "-pk")
    )
