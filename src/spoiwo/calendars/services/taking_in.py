"""Taking a partner's calendar file in."""

from datetime import datetime, timedelta

from django.db import transaction

from spoiwo.audit import services as audit
from spoiwo.audit.types import Action
from spoiwo.audit.types import Entry as LogEntry
from spoiwo.calendars import policies
from spoiwo.calendars.errors import EntryNotFound
from spoiwo.calendars.models import Entry, PartnerCalendar
from spoiwo.calendars.services.icalendar_files import read_calendar
from spoiwo.calendars.types import Event
from spoiwo.kernel.actor import Actor

LOOK_BACK = timedelta(days=400)


@transaction.atomic
def take_in(*, name: str, content: bytes, at: datetime, by: Actor) -> int:
    """Replace what was taken in under this name by the events of the file; answers how many there are.

    Raises EntryNotFound for somebody who writes no calendar, and CalendarUnreadable.
    """
    if not policies.may_write(by):
        raise EntryNotFound(name)
    events = read_calendar(content, since=at - LOOK_BACK)
    partner, _ = PartnerCalendar.objects.update_or_create(
        institution_id=by.institution_id, name=name, defaults={"taken_at": at}
    )
    partner.entries.all().delete()
    newest = {event.uid: event for event in sorted(events, key=lambda one: one.sequence)}
    Entry.objects.bulk_create(_entry(event, partner, at) for event in newest.values())
    audit.append(
        LogEntry(
            institution_id=by.institution_id,
            action=Action.CALENDAR_CHANGED,
            actor_user_id=by.user_id,
            institution_acting_id=by.institution_id,
            object_ref=f"partner_calendar:{partner.pk}",
            outcome="taken_in",
            count=len(newest),
        )
    )
    return len(newest)


def _entry(event: Event, partner: PartnerCalendar, at: datetime) -> Entry:
    return Entry(
        source=f"partner:{partner.pk}:{event.uid}"[:250],
        uid=f"{partner.pk}.{event.uid}"[:250],
        sequence=event.sequence,
        title=event.title[:250],
        description=event.description,
        place=event.place[:250],
        url=event.url[:500] if event.url.startswith(("https://", "http://")) else "",
        starts_at=event.starts_at,
        ends_at=max(event.ends_at, event.starts_at),
        is_all_day=event.is_all_day,
        is_cancelled=event.is_cancelled,
        institution_id=partner.institution_id,
        partner_calendar=partner,
        changed_at=at,
    )
