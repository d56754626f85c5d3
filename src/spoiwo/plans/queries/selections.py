"""Lists of chosen clients."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Count, QuerySet

from spoiwo.clients.queries import own_records
from spoiwo.clients.queries.own_records import OwnName
from spoiwo.kernel.actor import Actor
from spoiwo.plans.models import PlanParty, SelectedClient, Selection


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """Somebody on a list. has_plan: an open joint plan is there already."""

    name: OwnName
    reasons: tuple[str, ...]
    has_plan: bool


def selections(actor: Actor) -> QuerySet[Any]:
    """Lists of the own institution with `people`, the newest first."""
    found = Selection.objects.visible_to(actor).annotate(people=Count("clients"))
    return found.select_related("made_by").order_by("-made_at", "-pk")  # type: ignore[no-any-return]


def selection(actor: Actor, uuid: UUID) -> Selection | None:
    """A list within reach."""
    return selections(actor).filter(uuid=uuid).first()


def clients_of(actor: Actor, found: Selection) -> QuerySet[Any]:
    """Rows of a list in their order."""
    return SelectedClient.objects.visible_to(actor).filter(selection=found).order_by("pk")


def chosen(actor: Actor, rows: list[SelectedClient]) -> list[Chosen]:
    """Rows with names, as far as the own register still holds the people within the actor's reach."""
    records = [row.record_id for row in rows]
    names = own_records.own_names(actor, records)
    planned = set(
        PlanParty.objects.filter(
            record__in=records, institution_id=actor.institution_id, is_open=True
        ).values_list("record", flat=True)
    )
    return [
        Chosen(name=names[row.record_id], reasons=tuple(row.reasons), has_plan=row.record_id in planned)
        for row in rows
        if row.record_id in names
    ]
