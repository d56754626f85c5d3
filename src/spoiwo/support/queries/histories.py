"""What a centre did for one recipient, in the order it happened."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Q, Sum

from spoiwo.kernel.actor import Actor
from spoiwo.support.models import (
    Delivery,
    DeliveryParticipant,
    Entity,
    Participant,
    Path,
    Registration,
    SupportCase,
)

MOST_SHOWN = 200


@dataclass(frozen=True, slots=True)
class Moment:
    """Something that was done. delivery, event: which page tells more, None for neither."""

    day: date
    kind: str
    text: str
    minutes: int
    delivery: UUID | None = None
    event: UUID | None = None


@dataclass(frozen=True, slots=True)
class History:
    """What was done for a recipient, the newest first, with the minutes added up."""

    moments: list[Moment]
    minutes: int
    cases: list[Any]
    paths: list[Any]


def of_person(row: Participant, actor: Actor) -> History:
    """Support given to a person, alone or among others, and the events they attended."""
    given = (
        DeliveryParticipant.objects.visible_to(actor)
        .filter(participant=row)
        .select_related("delivery__entity", "delivery__group")
        .order_by("-day")[:MOST_SHOWN]
    )
    moments = [
        Moment(
            one.day,
            one.kind,
            one.delivery.topic or str(one.delivery.entity or one.delivery.group or ""),
            one.minutes,
            delivery=one.delivery.uuid,
        )
        for one in given
    ]
    moments += _events(Registration.objects.visible_to(actor).filter(participant=row))
    return _history(moments, actor, Q(participant=row))


def of_entity(row: Entity, actor: Actor) -> History:
    """Support given to an organisation, also while it was a group, and events its people attended."""
    about = Q(entity=row) | Q(group__became=row)
    given = Delivery.objects.visible_to(actor).filter(about, withdrawn_at__isnull=True).order_by("-day")
    moments = [
        Moment(one.day, one.kind, one.topic, one.minutes, delivery=one.uuid) for one in given[:MOST_SHOWN]
    ]
    moments += _events(Registration.objects.visible_to(actor).filter(entity=row))
    return _history(moments, actor, about)


def _events(rows: Any) -> list[Moment]:
    came = rows.annotate(total=Sum("attendances__minutes")).filter(total__gt=0).select_related("event")
    return [
        Moment(one.event.starts_on, one.event.kind, one.event.title, one.total, event=one.event.uuid)
        for one in came.order_by("-event__starts_on")[:MOST_SHOWN]
    ]


def _history(moments: list[Moment], actor: Actor, about: Q) -> History:
    moments = sorted(moments, key=lambda one: one.day, reverse=True)
    return History(
        moments,
        sum(one.minutes for one in moments),
        list(SupportCase.objects.visible_to(actor).filter(about).order_by("-opened_on")),
        list(Path.objects.visible_to(actor).filter(about).select_related("template").order_by("-opened_on")),
    )
