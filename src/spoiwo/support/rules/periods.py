"""Periods and the figures that stand."""

from datetime import date

from spoiwo.support.errors import PeriodNotOver


def check_over(*, last_day: date, today: date) -> None:
    """Refuse to close a period whose last day is not past."""
    if last_day >= today:
        raise PeriodNotOver(last_day.isoformat())


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
