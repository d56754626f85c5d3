"""Periods and the figures that stand."""

from collections.abc import Iterable
from datetime import date

from spoiwo.support.errors import PeriodNotOver, PeriodOverlaps


def check_over(*, last_day: date, today: date) -> None:
    """Refuse to close a period whose last day is not past."""
    if last_day >= today:
        raise PeriodNotOver(last_day.isoformat())


def check_apart(first: date, last: date, closed: Iterable[tuple[date, date]]) -> None:
    """Refuse days that a closed period covers in part or wholly; a longer period may close over shorter ones."""
    for start, end in closed:
        over = first <= start and end <= last and (first, last) != (start, end)
        if start <= last and first <= end and not over:
            raise PeriodOverlaps


def quarter_of(day: date) -> tuple[date, date]:
    """First and last day of the quarter the day lies in."""
    first_month = (day.month - 1) // 3 * 3 + 1
    first = date(day.year, first_month, 1)
    following = date(day.year + first_month // 10, first_month % 12 + 3 if first_month < 10 else 1, 1)
    return first, date.fromordinal(following.toordinal() - 1)


def last_whole_quarter(today: date) -> tuple[date, date]:
    """The quarter that ended last before the day."""
    first, _last = quarter_of(today)
    return quarter_of(date.fromordinal(first.toordinal() - 1))
