"""iCalendar text (RFC 5545) and invitations (iTIP, RFC 5546), written and read by the icalendar library.

The library is loaded where it is used: pages that show no feed do not pay for it.
"""

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, timedelta
from itertools import islice
from typing import Any

from django.conf import settings
from django.utils import timezone

from spoiwo.calendars.errors import CalendarUnreadable
from spoiwo.calendars.types import Attendee, Event

PRODUCT = "-//Spoiwo//Spoiwo//PL"
REQUEST, CANCEL = "REQUEST", "CANCEL"
LARGEST = 2_000_000  # bytes of a partner's file
MOST_TIMES = 400  # of one event that comes back
LOOK_AHEAD = timedelta(days=800)


def calendar_file(events: Iterable[Event], *, name: str, stamp: datetime) -> bytes:
    """A calendar for programs that subscribe; times with the zone they were planned in."""
    calendar = _calendar(name=name)
    spoken = list(events)
    _add_zone(calendar, spoken)
    for event in spoken:
        calendar.add_component(_event(event, stamp))
    return bytes(calendar.to_ical())


def invitation_file(
    event: Event, *, organiser: Attendee, attendees: Sequence[Attendee], method: str, stamp: datetime
) -> bytes:
    """An iTIP message: REQUEST invites or changes, CANCEL takes back. The uid stays, the sequence rises."""
    from icalendar import vCalAddress, vText  # only wanted here

    calendar = _calendar(method=method)
    _add_zone(calendar, [event])
    component = _event(event, stamp)
    sender = vCalAddress(f"mailto:{organiser.email}")
    sender.params["CN"] = vText(organiser.name or organiser.email)
    component["organizer"] = sender
    for one in attendees:
        guest = vCalAddress(f"mailto:{one.email}")
        guest.params["CN"] = vText(one.name or one.email)
        guest.params["PARTSTAT"] = vText("NEEDS-ACTION")
        guest.params["RSVP"] = vText("TRUE")
        guest.params["ROLE"] = vText("REQ-PARTICIPANT")
        component.add("attendee", guest, encode=0)
    calendar.add_component(component)
    return bytes(calendar.to_ical())


def read_calendar(content: bytes, *, since: datetime) -> list[Event]:
    """Events of a partner's file; one that comes back is written out for about two years from `since`.

    Raises CalendarUnreadable: "too_large", "format", or "empty" when nothing in it can be shown.
    """
    from icalendar import Calendar

    if len(content) > LARGEST:
        raise CalendarUnreadable("too_large")
    try:
        calendar = Calendar.from_ical(content)
        found = [event for part in calendar.walk("VEVENT") for event in _read(part, since)]
    except (ValueError, KeyError, AttributeError, TypeError, IndexError):
        raise CalendarUnreadable("format") from None
    if not found:
        raise CalendarUnreadable("empty")
    return found


def _calendar(*, name: str = "", method: str = "") -> Any:
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    if method:
        calendar.add("method", method)
    if name:
        calendar.add("name", name)
        calendar.add("x-wr-calname", name)
        calendar.add("refresh-interval", timedelta(hours=4), parameters={"VALUE": "DURATION"})
    return calendar


def _add_zone(calendar: Any, events: Sequence[Event]) -> None:
    """The rules of the zone for the years in question only; the whole history would be several kilobytes."""
    from icalendar import Timezone

    timed = [event for event in events if not event.is_all_day]
    if not timed:
        return
    first = min(event.starts_at for event in timed).date().replace(month=1, day=1)
    last = max(event.ends_at for event in timed).date().replace(month=12, day=31)
    zone = timezone.get_default_timezone()
    rules = Timezone.from_tzinfo(zone, settings.TIME_ZONE, first_date=first, last_date=last)
    rules.pop("comment", None)  # the library says for which years they are; RFC 5545 has no comment there
    calendar.add_component(rules)


def _event(event: Event, stamp: datetime) -> Any:
    from icalendar import Event as Component

    made = Component()
    made.add("uid", event.uid)
    made.add("dtstamp", (event.stamp or stamp).astimezone(UTC))
    made.add("sequence", event.sequence)
    made.add("summary", event.title)
    zone = timezone.get_default_timezone()
    starts_at, ends_at = event.starts_at.astimezone(zone), event.ends_at.astimezone(zone)
    if event.is_all_day:
        made.add("dtstart", starts_at.date())
        made.add("dtend", ends_at.date() + timedelta(days=1))  # the end is the first day after
    else:
        made.add("dtstart", starts_at)
        made.add("dtend", ends_at)
    for name, value in (("location", event.place), ("description", event.description), ("url", event.url)):
        if value:
            made.add(name, value)
    made.add("status", "CANCELLED" if event.is_cancelled else "CONFIRMED")
    return made


def _read(part: Any, since: datetime) -> list[Event]:
    starts, is_all_day = _moment(part["dtstart"].dt)
    length = _length(part, starts, is_all_day)
    base = str(part.get("uid", ""))
    if not base:
        raise ValueError("no UID")
    times = _times(part, starts, since) if "rrule" in part else [starts]
    return [
        Event(
            uid=base if len(times) == 1 else f"{base}#{time:%Y%m%dT%H%M}",
            title=str(part.get("summary", "")) or "–",
            starts_at=time,
            ends_at=time + length,
            is_all_day=is_all_day,
            sequence=int(part.get("sequence", 0)),
            place=str(part.get("location", "")),
            description=str(part.get("description", "")),
            url=str(part.get("url", "")),
            is_cancelled=str(part.get("status", "")).upper() == "CANCELLED",
        )
        for time in times
    ]


def _times(part: Any, starts: datetime, since: datetime) -> list[datetime]:
    """When an event that comes back takes place, from `since` on, without the times struck out."""
    from dateutil.rrule import rrulestr  # type: ignore[import-untyped]

    rule = rrulestr(part["rrule"].to_ical().decode(), dtstart=starts.replace(tzinfo=None), ignoretz=True)
    struck = part.get("exdate", [])
    struck_out = {
        _moment(one.dt)[0] for each in (struck if isinstance(struck, list) else [struck]) for one in each.dts
    }
    zone = starts.tzinfo
    until = since + LOOK_AHEAD
    times = (time.replace(tzinfo=zone) for time in islice(rule, MOST_TIMES * 10))
    kept = [time for time in times if since <= time <= until and time not in struck_out]
    return kept[:MOST_TIMES]


def _length(part: Any, starts: datetime, is_all_day: bool) -> timedelta:
    if "dtend" in part:
        ends, _ = _moment(part["dtend"].dt)
        length: timedelta = ends - starts
        return length - timedelta(days=1) if is_all_day else length
    return part["duration"].dt if "duration" in part else timedelta(0)


def _moment(value: date) -> tuple[datetime, bool]:
    """An aware moment and whether it stands for a whole day; floating times are taken as local."""
    zone = timezone.get_default_timezone()
    if not isinstance(value, datetime):
        return datetime(value.year, value.month, value.day, tzinfo=zone), True
    return (value if timezone.is_aware(value) else value.replace(tzinfo=zone)), False
