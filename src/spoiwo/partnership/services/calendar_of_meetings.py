"""Meetings in the shared calendar: pushed once announced, kept up to date."""

from datetime import datetime, time

from django.urls import reverse
from django.utils import timezone

from spoiwo.calendars import services as calendars
from spoiwo.calendars.types import EntryDetails
from spoiwo.partnership.models import Meeting
from spoiwo.partnership.types import MeetingState, Visibility

OFF = (MeetingState.CANCELLED, MeetingState.POSTPONED)
ASSUMED_LENGTH_HOURS = 2


def source_of(meeting: Meeting) -> str:
    """The name under which calendars know the meeting."""
    return f"partnership.meeting:{meeting.uuid}"


def show_in_calendar(meeting: Meeting, *, at: datetime) -> None:
    """Push the meeting to its partners' calendars. Drafts, meetings of a day unknown and internal ones stay out."""
    internal = meeting.visibility == Visibility.BODY
    never_announced = meeting.state in OFF and meeting.sequence == 0
    if meeting.state == MeetingState.DRAFT or not meeting.day_known or internal or never_announced:
        calendars.withdraw_entry(source_of(meeting))
        return
    starts_at, ends_at = times_of(meeting)
    calendars.push_entry(
        EntryDetails(
            source=source_of(meeting),
            title=meeting.title,
            starts_at=starts_at,
            ends_at=ends_at,
            is_all_day=meeting.starts_at is None,
            place=place_of(meeting),
            description=meeting.aim,
            url=reverse("partnership:meeting", args=[meeting.uuid]),
            group=f"partnership:{meeting.body.agreement_id}",
            is_public=meeting.visibility == Visibility.PUBLIC,
            is_cancelled=meeting.state in OFF,
        ),
        at=at,
    )


def times_of(meeting: Meeting) -> tuple[datetime, datetime]:
    """First and last moment, local; without hours the whole days, without an end two hours are assumed."""
    zone = timezone.get_default_timezone()
    starts_at = datetime.combine(meeting.starts_on, meeting.starts_at or time.min, tzinfo=zone)
    if meeting.starts_at is None:
        return starts_at, datetime.combine(meeting.ends_on, time.min, tzinfo=zone)
    assumed = time(min(meeting.starts_at.hour + ASSUMED_LENGTH_HOURS, 23), meeting.starts_at.minute)
    return starts_at, max(
        starts_at, datetime.combine(meeting.ends_on, meeting.ends_at or assumed, tzinfo=zone)
    )


def place_of(meeting: Meeting) -> str:
    """Where it takes place, with the host's name and the address of an online room."""
    host = meeting.host.name if meeting.host else ""
    return ", ".join(part for part in (host, meeting.place, meeting.online_url) if part)[:250]
