"""Reading the log."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, QuerySet
from django.db.models.functions import TruncDate

from spoiwo.audit.models import AuditHead, AuditPseudonym, AuditRecord
from spoiwo.audit.types import Action, Look
from spoiwo.kernel.actor import Actor
from spoiwo.toolkit.prepared import Prepared

LOOKS_READ = 40
Record = AuditRecord  # for contexts that show the log
Records = QuerySet[AuditRecord]


def records_for(actor: Actor) -> QuerySet[AuditRecord]:
    """The log of the actor's institution, newest first, as far as the actor may read it."""
    return AuditRecord.objects.visible_to(actor).order_by("-seq")


def subjects_of(kind: str, pseudonyms: set[UUID]) -> dict[UUID, str]:
    """Whom pseudonyms stand for (pseudonym -> account id or person uuid); forgotten ones are left out."""
    return dict(AuditPseudonym.objects.filter(kind=kind, pk__in=pseudonyms).values_list("id", "subject"))


def looks_at(person: UUID, *, institution_id: int) -> list[Look]:
    """The newest views of a person in an institution's chain, as its staff may see them: no worker is named.

    LOOKS_READ of them at the most: enough to show a few different ones.
    """
    return [Look(*row) for row in _LOOKS.rows(institution_id, str(person))]


def _looks(institution_id: int, person: str) -> QuerySet[Any, Any]:
    pseudonym = AuditPseudonym.objects.filter(kind="person", subject=person).values("pk")[:1]
    views = AuditRecord.objects.filter(
        institution_id=institution_id, person=pseudonym, action=Action.VIEW_CLIENT
    )
    return views.order_by("-at").values_list("at", "institution_acting_id", "purpose")[:LOOKS_READ]


_LOOKS = Prepared(_looks)


def views_after(institution_id: int, seq: int, *, limit: int) -> list[AuditRecord]:
    """Views of people by the institution's own staff after a position of its chain, in their order."""
    views = AuditRecord.objects.filter(
        institution_id=institution_id,
        institution_acting_id=institution_id,
        action=Action.VIEW_CLIENT,
        seq__gt=seq,
        actor__isnull=False,
        person__isnull=False,
    )
    return list(views.order_by("seq")[:limit])


def people_per_day(
    institution_id: int, actors: Iterable[UUID], since: datetime
) -> dict[tuple[UUID, date], int]:
    """How many people each of these workers (pseudonyms) viewed on each local day since a moment."""
    rows = (
        AuditRecord.objects.filter(
            institution_id=institution_id,
            institution_acting_id=institution_id,
            action=Action.VIEW_CLIENT,
            actor__in=set(actors),
            at__gte=since,
        )
        .annotate(day=TruncDate("at"))
        .values_list("actor", "day")
        .annotate(people=Count("person", distinct=True))
        .order_by("actor", "day")
    )
    return {(actor, day): people for actor, day, people in rows}


def pseudonyms_for(kind: str, subjects: Iterable[str]) -> list[UUID]:
    """Pseudonyms of accounts (kind "user", ids) or people (kind "person", uuids) that stand in the log already."""
    known = AuditPseudonym.objects.filter(kind=kind, subject__in=set(subjects))
    return list(known.values_list("pk", flat=True))


def length_of(institution_id: int) -> int:
    """How many records the head of an institution's chain counts."""
    return AuditHead.objects.filter(pk=institution_id).values_list("seq", flat=True).first() or 0
