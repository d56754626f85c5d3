"""Certificates: issued to those who finished a reported event; each says for good what it said that day."""

import secrets
from datetime import date
from uuid import UUID

from django.db import transaction
from django.db.models import Count, Q, Sum

from spoiwo.kernel.actor import Actor
from spoiwo.support.errors import NoSuchRow, NotFinished
from spoiwo.support.models import Certificate, Event, Registration
from spoiwo.support.rules import events as rules
from spoiwo.support.services.log import record
from spoiwo.support.types import EventState
from spoiwo.toolkit.context import counting


@transaction.atomic
@counting()
def issue_certificates(uuid: UUID, *, today: date, by: Actor) -> list[Certificate]:
    """Issue certificates to all who finished and have none yet, numbered within the centre and year.

    Raises NoSuchRow, NotFinished when the event has not been reported.
    """
    event: Event | None = Event.objects.visible_to(by).select_for_update().filter(uuid=uuid).first()
    if event is None or not by.has_any("support_adviser"):
        raise NoSuchRow(str(uuid))
    if event.state != EventState.REPORTED:
        raise NotFinished
    planned = event.sessions.values("day", "starts_at").distinct().count()
    required = event.cycle.required_sessions if event.cycle else event.required_sessions
    rows = (
        event.registrations.filter(certificate__isnull=True, participant__isnull=False)
        .annotate(
            present=Count("attendances", filter=Q(attendances__minutes__gt=0)),
            minutes=Sum("attendances__minutes"),
        )
        .order_by("participant__sort_key")
    )
    number = Certificate.objects.filter(institution_id=by.institution_id, issued_on__year=today.year).count()
    made = []
    for row in rows:
        if rules.finished(attended=row.present, planned=planned, required=required):
            number += 1
            made.append(_certificate(row, event, f"{number}/{today.year}", today))
    Certificate.objects.bulk_create(made)
    record(by, "certificates", uuid, count=len(made))
    return made


def _certificate(row: Registration, event: Event, number: str, today: date) -> Certificate:
    assert row.participant is not None
    return Certificate(
        institution_id=event.institution_id,
        registration=row,
        number=number,
        code=secrets.token_hex(8),
        issued_on=today,
        full_name=f"{row.participant.first_name} {row.participant.last_name}",
        event_title=event.title,
        minutes=row.minutes or 0,  # type: ignore[attr-defined]
    )
