"""Writes of the context: entries, groups, feeds, calendars taken in."""

from spoiwo.calendars.services.entries import (
    cancel_entry,
    plan_entry,
    push_entry,
    set_group,
    withdraw_entry,
)
from spoiwo.calendars.services.feeds import make_feed, note_reading, revoke_feed
from spoiwo.calendars.services.icalendar_files import calendar_file, invitation_file, read_calendar
from spoiwo.calendars.services.taking_in import take_in

__all__ = [
    "calendar_file",
    "cancel_entry",
    "invitation_file",
    "make_feed",
    "note_reading",
    "plan_entry",
    "push_entry",
    "read_calendar",
    "revoke_feed",
    "set_group",
    "take_in",
    "withdraw_entry",
]
