"""Events as their organisers, their guests and the public see them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from spoiwo.kernel.actor import Actor
from spoiwo.support.models import Attendance, Certificate, Event, Registration
from spoiwo.support.rules import events as rules
from spoiwo.support.types import EventState, RegistrationState
from spoiwo.toolkit.context import counting


@dataclass(frozen=True, slots=True)
class Line:
    """One registration on the attendance sheet: minutes by session, None where nothing was noted yet."""

    registration: Any
    minutes: list[tuple[Any, int | None]]


def events(actor: Actor, *, kind: str = "", state: str = "") -> QuerySet[Any]:
    """Events of the own centre, the newest first, with how many registered."""
    found = Event.objects.visible_to(actor)
    if kind:
        found = found.filter(kind=kind)
    if state:
        found = found.filter(state=state)
    holding = Q(registrations__state__in=list(rules.HOLDING_A_PLACE))
    listed: QuerySet[Any] = found.annotate(
        registered=Count("registrations", filter=holding, distinct=True)
    ).order_by("-starts_on", "-pk")
    return listed


def event(actor: Actor, uuid: UUID) -> Event | None:
    """An event of the own centre."""
    found: Event | None = Event.objects.visible_to(actor).filter(uuid=uuid).first()
    return found


def registrations(row: Event, actor: Actor) -> QuerySet[Any]:
    """Who registered, by name."""
    found: QuerySet[Any] = (
        Registration.objects.visible_to(actor)
        .filter(event=row)
        .select_related("participant", "entity", "certificate")
        .order_by("last_name", "first_name", "pk")
    )
    return found


def attendance(row: Event, actor: Actor) -> tuple[list[Any], list[Line]]:
    """Sessions, and a line for everybody who holds a place or was there."""
    sessions = list(row.sessions.order_by("day", "starts_at", "pk"))
    states = [*rules.HOLDING_A_PLACE, RegistrationState.NO_SHOW]
    known: Mapping[tuple[int, int], int] = {
        (one.registration_id, one.session_id): one.minutes
        for one in Attendance.objects.visible_to(actor).filter(session__event=row)
    }
    rows = [
        one
        for one in registrations(row, actor).filter(participant__isnull=False)
        if one.state in states or any(key[0] == one.pk for key in known)
    ]
    lines = [Line(one, [(session, known.get((one.pk, session.pk))) for session in sessions]) for one in rows]
    return sessions, lines


def public_event(code: str) -> Event | None:
    """An announced event that people can register for themselves."""
    found: Event | None = (
        Event.objects.filter(code=code, is_public=True, state=EventState.ANNOUNCED)
        .select_related("institution")
        .first()
    )
    return found


def coming_events(day: date) -> QuerySet[Any]:
    """Announced public events from the day on, all centres."""
    found: QuerySet[Any] = (
        Event.objects.filter(is_public=True, state=EventState.ANNOUNCED, ends_on__gte=day)
        .select_related("institution")
        .order_by("starts_on", "pk")
    )
    return found


@counting()
def certificate(institution_id: int, code: str) -> Certificate | None:
    """A certificate by the code printed on it; to be asked in the context of its centre."""
    found: Certificate | None = (
        Certificate.objects.filter(institution_id=institution_id, code=code)
        .select_related("institution", "registration__event")
        .first()
    )
    return found


def registration(actor: Actor, uuid: UUID) -> Registration | None:
    """A registration at an event of the own centre."""
    found: Registration | None = (
        Registration.objects.visible_to(actor)
        .filter(uuid=uuid)
        .select_related("event__institution", "participant", "certificate")
        .first()
    )
    return found


def waiting_applications(actor: Actor) -> int:
    """How many applications of the public pages wait for an answer."""
    rows = Registration.objects.visible_to(actor).filter(state=RegistrationState.APPLIED)
    return int(rows.filter(event__state=EventState.ANNOUNCED).count())
