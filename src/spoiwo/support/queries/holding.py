"""What a support centre holds about somebody, for the person who asks; read by those who watch over the register."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q

from spoiwo.clients import policies as clients
from spoiwo.kernel.actor import Actor
from spoiwo.support.models import DeliveryParticipant, Participant, Path, Registration, SupportCase


@dataclass(frozen=True, slots=True, kw_only=True)
class Supported:
    """Support that was given, events they applied for, cases and paths."""

    given: tuple[DeliveryParticipant, ...] = ()
    applied: tuple[Registration, ...] = ()
    cases: tuple[SupportCase, ...] = ()
    paths: tuple[Path, ...] = ()


def supported(actor: Actor, record: int, people: Collection[UUID]) -> Supported:
    """Everything about whom the centre knows by this own record or under these index rows, newest first."""
    if not clients.oversees(actor):
        return Supported()
    known = Participant.objects.filter(
        Q(record=record) | Q(record__isnull=True, person__in=people), institution_id=actor.institution_id
    ).values("pk")
    given = DeliveryParticipant.objects.filter(participant__in=known, delivery__withdrawn_at__isnull=True)
    applied = Registration.objects.filter(participant__in=known)
    return Supported(
        given=tuple(given.select_related("delivery").order_by("-day", "-pk")),
        applied=tuple(applied.select_related("event").order_by("-event__starts_on", "-pk")),
        cases=tuple(SupportCase.objects.filter(participant__in=known).order_by("-opened_on", "-pk")),
        paths=tuple(
            Path.objects.filter(participant__in=known)
            .select_related("template")
            .order_by("-opened_on", "-pk")
        ),
    )
