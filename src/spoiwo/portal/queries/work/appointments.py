"""What the calendars say of the day."""

from collections.abc import Iterator
from datetime import datetime

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext

from spoiwo.calendars.queries.entries import entries_between
from spoiwo.institutions.types import Module
from spoiwo.portal.types import Desk, WorkItem, WorkSection


def appointments(desk: Desk) -> Iterator[WorkSection]:
    """Entries of the institution and of its groups that touch the day."""
    if not desk.reader.uses(Module.CALENDAR):
        return
    found = [one for one in entries_between(desk.worker, desk.day, desk.day) if not one.is_cancelled]
    if not found:
        return
    yield WorkSection(
        title=gettext("In the calendar today"),
        items=[
            WorkItem(
                tag=gettext("all day") if one.is_all_day else _hour(one.starts_at),
                tone="soon",
                title=one.title,
                detail=one.place,
                url=one.url,
            )
            for one in found
        ],
        more_url=reverse("calendars:calendar"),
        more_label=gettext("The whole calendar"),
        counts=False,
    )


def _hour(at: datetime) -> str:
    return f"{timezone.localtime(at):%H:%M}"
