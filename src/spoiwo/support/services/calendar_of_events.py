"""Sessions of events in the calendars: pushed once announced, kept up to date, marked when called off."""

from collections.abc import Iterable
from datetime import datetime, time, timedelta

from django.urls import reverse
from django.utils import timezone

from spoiwo.calendars import services as calendars
from spoiwo.calendars.types import EntryDetails
from spoiwo.support.models import Event, Session
from spoiwo.support.types import EventState


def source_of(session: Session) -> str:
    """The name under which calendars know the session."""
    return f"support.session:{session.uuid}"


def show_in_calendar(events: Iterable[Event]) -> None:
    """Push the sessions of announced, reported and cancelled events; drafts stay out."""
    now = timezone.now()
    for event in events:
        if event.state == EventState.DRAFT:
            continue
        for session in event.sessions.all():
            calendars.push_entry(_entry(event, session), at=now)


def take_out(event: Event) -> None:
    """Take the sessions of an event out, because others take their place."""
    for session in event.sessions.all():
        calendars.withdraw_entry(source_of(session))


def _entry(event: Event, session: Session) -> EntryDetails:
    zone = timezone.get_default_timezone()
    starts_at = datetime.combine(session.day, session.starts_at or time.min, tzinfo=zone)
    ends_at = starts_at + timedelta(minutes=session.minutes) if session.starts_at else starts_at
    address = ("apply", event.code) if event.is_public else ("event", event.uuid)
    return EntryDetails(
        source=source_of(session),
        title=f"{event.title}: {session.title}" if session.title else event.title,
        starts_at=starts_at,
        ends_at=ends_at,
        is_all_day=session.starts_at is None,
        place=event.place,
        url=reverse(f"support:{address[0]}", args=[address[1]]),
        institution_id=event.institution_id,
        is_public=event.is_public,
        is_cancelled=event.state == EventState.CANCELLED,
    )
