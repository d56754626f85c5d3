"""Whether a body meets as often as it should, and by when the next meeting keeps the pace."""

import calendar
from collections.abc import Iterable
from datetime import date, timedelta

from spoiwo.partnership.types import CadenceOutlook, Pace


def pace(*, at_least: int, held: Iterable[date], planned: Iterable[date], year: int, today: date) -> Pace:
    """How a rule stands in a year. held, planned: days of meetings; those of other years do not count.

    The even pace puts the n-th of N meetings at the end of the n-th N-th of the year.
    """
    done = sum(1 for day in held if day.year == year)
    coming = sum(1 for day in planned if day.year == year and day >= today)
    if done >= at_least:
        return Pace(done, coming, at_least, CadenceOutlook.MET, None)
    next_by = even_day(year, done + 1, at_least)
    if today > date(year, 12, 31):
        return Pace(done, coming, at_least, CadenceOutlook.MISSED, None)
    if done + coming >= at_least:
        return Pace(done, coming, at_least, CadenceOutlook.PLANNED, next_by)
    late = today > next_by and coming == 0
    return Pace(done, coming, at_least, CadenceOutlook.BEHIND if late else CadenceOutlook.ON_TIME, next_by)


def even_day(year: int, number: int, of: int) -> date:
    """The last day on which the n-th of N meetings of a year keeps the even pace."""
    days = 366 if calendar.isleap(year) else 365
    return date(year, 1, 1) + timedelta(days=days * number // of - 1)
