"""What a centre did for one recipient, in the order it happened."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Q, Sum
from django.utils import timezone

from spoiwo.kernel.actor import Actor
from spoiwo.support.models import (
    CaseDocument,
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


@dataclass(frozen=True, slots=True)
class CaseMoment:
    """Something that happened in a case. kind: opened, moved, promised, kept, given, document or aid.

    what: a stage or kind of delivery as a code, or words that somebody wrote. minutes: of support given.
    """

    day: date
    kind: str
    what: str = ""
    who: str = ""
    minutes: int = 0


def of_case(case: SupportCase, actor: Actor) -> list[CaseMoment]:
    """What happened in a case, the newest first."""
    steps = list(case.steps.all())
    documents = CaseDocument.objects.visible_to(actor).filter(case=case).defer("content_sealed")
    given = Delivery.objects.visible_to(actor).filter(case=case, withdrawn_at__isnull=True)
    moments = [CaseMoment(case.opened_on, "opened", who=str(case.adviser))]
    moments += [
        CaseMoment(_day(one.created_at), "moved", one.stage, str(one.moved_by))
        for one in case.moves.select_related("moved_by").order_by("pk")
    ]
    moments += [CaseMoment(_day(one.created_at), "promised", one.text) for one in steps]
    moments += [CaseMoment(one.done_on, "kept", one.text) for one in steps if one.done_on]
    moments += [
        CaseMoment(one.day, "given", one.kind, str(one.adviser), one.minutes)
        for one in given.select_related("adviser").order_by("day", "pk")[:MOST_SHOWN]
    ]
    moments += [
        CaseMoment(_day(one.created_at), "document", one.name, str(one.added_by))
        for one in documents.select_related("added_by").order_by("pk")
    ]
    moments += [
        CaseMoment(one.granted_on, "aid", f"{one.amount_pln}") for one in case.de_minimis.order_by("pk")
    ]
    return sorted(moments, key=lambda one: one.day, reverse=True)


def _day(moment: datetime) -> date:
    return timezone.localtime(moment).date()


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
