"""Entries as pages and feeds show them."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

from django.conf import settings
from django.utils import timezone

from spoiwo.calendars.models import Entry, Feed, PartnerCalendar
from spoiwo.calendars.types import Event
from spoiwo.kernel.actor import Actor

MOST_IN_A_FEED = 2000


def entries_between(actor: Actor | None, first: date, last: date) -> list[Entry]:
    """Entries of which some part lies on the days from first to last; public ones for nobody in particular."""
    zone = timezone.get_default_timezone()
    starts_at = datetime.combine(first, time.min, tzinfo=zone)
    ends_at = datetime.combine(last + timedelta(days=1), time.min, tzinfo=zone)
    found = Entry.objects.visible_to(actor) if actor else Entry.objects.in_public()
    return list(found.between(starts_at, ends_at).select_related("institution", "partner_calendar"))


def entry(actor: Actor, entry_id: int) -> Entry | None:
    """An entry in reach."""
    return Entry.objects.visible_to(actor).filter(pk=entry_id).first()


def events_of(entries: Iterable[Entry]) -> list[Event]:
    """Entries as iCalendar events, with whole addresses of their pages."""
    return [
        Event(
            uid=one.uid,
            title=one.title,
            starts_at=one.starts_at,
            ends_at=one.ends_at,
            is_all_day=one.is_all_day,
            sequence=one.sequence,
            place=one.place,
            description=one.description,
            url=f"{settings.PUBLIC_URL}{one.url}" if one.url.startswith("/") else one.url,
            is_cancelled=one.is_cancelled,
            stamp=one.changed_at,
        )
        for one in entries
    ]


def own_feeds(actor: Actor) -> list[Feed]:
    """Secret addresses of one's own that still work, the newest first."""
    return list(Feed.objects.visible_to(actor).filter(revoked_at__isnull=True).order_by("-pk"))


def partner_calendars(actor: Actor) -> list[PartnerCalendar]:
    """Calendars of partners the institution took in."""
    return list(PartnerCalendar.objects.visible_to(actor).order_by("name"))
