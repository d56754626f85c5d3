"""Lists of the register, as its keepers see them."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from spoiwo.institutions import queries as institutions
from spoiwo.kernel.actor import Actor
from spoiwo.kernel.text import search_key
from spoiwo.support.models import (
    Delivery,
    Entity,
    Group,
    MeetingCycle,
    Participant,
    Partnership,
    Path,
    Project,
    SupportCase,
)
from spoiwo.support.types import CaseStage, PartnershipState, PathState
from spoiwo.toolkit.columns import prefix_range


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Filters of the list of deliveries; empty ones do not count."""

    text: str = ""
    kind: str = ""
    first: date | None = None
    last: date | None = None
    adviser_id: int = 0


def deliveries(actor: Actor, wanted: Wanted) -> QuerySet[Any]:
    """Deliveries of the own centre, newest first."""
    found = Delivery.objects.visible_to(actor).filter(withdrawn_at__isnull=True)
    if wanted.kind:
        found = found.filter(kind=wanted.kind)
    if wanted.first is not None:
        found = found.filter(day__gte=wanted.first)
    if wanted.last is not None:
        found = found.filter(day__lte=wanted.last)
    if wanted.adviser_id:
        found = found.filter(adviser_id=wanted.adviser_id)
    if key := search_key(wanted.text):
        people = Participant.objects.visible_to(actor).filter(prefix_range("search_key", key))
        entities = Entity.objects.visible_to(actor).filter(search_key__contains=key)
        groups = Group.objects.visible_to(actor).filter(name__icontains=wanted.text.strip())
        found = found.filter(
            Q(participant__in=people.values("pk"))
            | Q(entity__in=entities.values("pk"))
            | Q(group__in=groups.values("pk"))
        )
    ordered: QuerySet[Any] = found.select_related("participant", "entity", "group", "adviser").order_by(
        "-day", "-id"
    )
    return ordered


def delivery(actor: Actor, uuid: UUID) -> Delivery | None:
    """A delivery of the own centre that was not withdrawn."""
    found: Delivery | None = deliveries(actor, Wanted()).filter(uuid=uuid).first()
    return found


def latest_of(actor: Actor) -> Delivery | None:
    """What the actor gave last, to begin the next entry with."""
    found: Delivery | None = deliveries(actor, Wanted(adviser_id=actor.user_id)).order_by("-pk").first()
    return found


def people(actor: Actor, text: str = "") -> QuerySet[Any]:
    """People of the own centre in the Polish order of names; text: the beginning of the last name."""
    found = Participant.objects.visible_to(actor)
    if key := search_key(text):
        found = found.filter(prefix_range("search_key", key))
    ordered: QuerySet[Any] = found.order_by("sort_key", "pk")
    return ordered


def entities(actor: Actor, text: str = "") -> QuerySet[Any]:
    """Entities of the own centre by name; text: a part of the name."""
    found = Entity.objects.visible_to(actor)
    if key := search_key(text):
        found = found.filter(search_key__contains=key)
    ordered: QuerySet[Any] = found.order_by("sort_key", "pk")
    return ordered


def groups(actor: Actor) -> QuerySet[Any]:
    """Initiative groups of the own centre by name."""
    found: QuerySet[Any] = Group.objects.visible_to(actor).select_related("became").order_by("sort_key", "pk")
    return found


def choices(actor: Actor) -> dict[str, list[tuple[Any, str]]]:
    """What a delivery can be tied to: advisers, projects, open cases, groups and paths, by field."""
    staff = institutions.staff_of(actor.institution_id)
    staff.setdefault(actor.user_id, "–")
    cases = SupportCase.objects.visible_to(actor).exclude(stage=CaseStage.CLOSED)
    partnerships = Partnership.objects.visible_to(actor).exclude(state=PartnershipState.CLOSED)
    paths = Path.objects.visible_to(actor).filter(state=PathState.OPEN)
    paths = paths.select_related("template", "participant", "entity", "group")
    return {
        "adviser_id": sorted(staff.items(), key=lambda one: one[1]),
        "project": [(one.uuid, one.name) for one in projects(actor)],
        "case": [(one.uuid, f"{one.number} {one.goal}"[:80]) for one in cases.order_by("-pk")[:200]],
        "partnership": [(one.uuid, one.name) for one in partnerships.order_by("name")[:200]],
        "path": [
            (one.uuid, str(one.participant or one.entity or one.group)) for one in paths.order_by("-pk")[:200]
        ],
    }


def projects(actor: Actor) -> QuerySet[Any]:
    """Projects of the own centre, the newest first."""
    found: QuerySet[Any] = Project.objects.visible_to(actor).order_by("-ends_on", "name")
    return found


def cycles(actor: Actor) -> QuerySet[Any]:
    """Animator programmes of the own centre."""
    found: QuerySet[Any] = MeetingCycle.objects.visible_to(actor).order_by("-pk")
    return found
