"""Weeks and months as calendars show them: weeks begin on Monday."""

from datetime import date, timedelta


def week_of(day: date) -> tuple[date, date]:
    """Monday and Sunday around the day."""
    monday = day - timedelta(days=day.weekday())
    return monday, monday + timedelta(days=6)


def weeks_of_month(day: date) -> list[list[date]]:
    """The weeks that a month touches, whole, each from Monday to Sunday."""
    first = day.replace(day=1)
    monday = week_of(first)[0]
    weeks = []
    while monday <= last_of_month(day):
        weeks.append([monday + timedelta(days=n) for n in range(7)])
        monday += timedelta(days=7)
    return weeks


def last_of_month(day: date) -> date:
    """The last day of the month."""
    return next_month(day) - timedelta(days=1)


def next_month(day: date) -> date:
    """The first day of the month after."""
    return (day.replace(day=1) + timedelta(days=32)).replace(day=1)


def previous_month(day: date) -> date:
    """The first day of the month before."""
    return (day.replace(day=1) - timedelta(days=1)).replace(day=1)
