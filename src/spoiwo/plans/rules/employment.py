"""Employment after a plan: looked at after 3, 6 and 12 months."""

from calendar import monthrange
from collections.abc import Iterable
from datetime import date

from spoiwo.plans.types import EMPLOYED, Employment

MONTHS = (3, 6, 12)


def due_days(ended_on: date) -> dict[int, date]:
    """Months -> the day from which the person can be asked."""
    return {months: months_later(ended_on, months) for months in MONTHS}


def months_later(day: date, months: int) -> date:
    """The same day of a later month, its last day when the month is shorter."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def effectiveness(found: Iterable[Employment]) -> tuple[int, int]:
    """(employed, known): unknown counts neither way."""
    known = [one for one in found if one is not Employment.UNKNOWN]
    return sum(one in EMPLOYED for one in known), len(known)
