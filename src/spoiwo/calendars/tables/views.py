"""Entries laid out as a month, a week or a list."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone

from spoiwo.calendars.models import Entry
from spoiwo.calendars.rules.clashes import Span, clashes
from spoiwo.calendars.rules.days import next_month, previous_month, week_of, weeks_of_month
from spoiwo.calendars.types import Cell, Shape

DAYS_IN_A_LIST = 60
WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Line:
    """An entry on a day: its hour ("" for whole days) and whether something else lies in its way."""

    entry: Entry
    hour: str
    clashes: bool


def span_of(shape: Shape, day: date) -> tuple[date, date]:
    """The first and last day that a view shows."""
    if shape is Shape.MONTH:
        weeks = weeks_of_month(day)
        return weeks[0][0], weeks[-1][-1]
    return week_of(day) if shape is Shape.WEEK else (day, day + timedelta(days=DAYS_IN_A_LIST))


def neighbours(shape: Shape, day: date) -> tuple[date, date]:
    """A day in the view before and one in the view after."""
    if shape is Shape.MONTH:
        return previous_month(day), next_month(day)
    step = WEEK if shape is Shape.WEEK else timedelta(days=DAYS_IN_A_LIST)
    return day - step, day + step


def grid(shape: Shape, day: date, today: date, entries: Sequence[Entry]) -> list[list[Cell]]:
    """Weeks of cells for the month and week views."""
    lines = by_day(entries)
    weeks = weeks_of_month(day) if shape is Shape.MONTH else [_days(*week_of(day))]
    return [[_cell(one, day, today, lines, shape) for one in week] for week in weeks]


def listing(entries: Sequence[Entry], first: date, last: date) -> list[tuple[date, list[Line]]]:
    """Days that have entries, with them, in order."""
    lines = by_day(entries)
    return [(one, lines[one]) for one in _days(first, last) if one in lines]


def by_day(entries: Iterable[Entry]) -> dict[date, list[Line]]:
    """Entries under each day they touch, whole days first."""
    found = list(entries)
    in_the_way = clashes(
        Span(one.pk, one.starts_at, one.ends_at, counts=not (one.is_all_day or one.is_cancelled))
        for one in found
    )
    days: dict[date, list[Line]] = {}
    for one in found:
        starts, ends = timezone.localtime(one.starts_at), timezone.localtime(one.ends_at)
        for day in _days(starts.date(), ends.date()):
            hour = f"{starts:%H:%M}" if not one.is_all_day and day == starts.date() else ""
            days.setdefault(day, []).append(Line(one, hour, one.pk in in_the_way))
    for lines in days.values():
        lines.sort(key=lambda line: (line.hour, line.entry.title))
    return days


def _cell(one: date, shown: date, today: date, lines: dict[date, list[Line]], shape: Shape) -> Cell:
    in_month = shape is Shape.WEEK or one.month == shown.month
    return Cell(day=one, in_month=in_month, is_today=one == today, entries=tuple(lines.get(one, ())))


def _days(first: date, last: date) -> list[date]:
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]
