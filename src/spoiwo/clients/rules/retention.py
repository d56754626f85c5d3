"""Until when data are kept. Pure functions."""

import calendar
from datetime import date

from spoiwo.access.types import Kept, KeptUntil
from spoiwo.clients.errors import BasisMissing, EventDoesNotFit

MOST_MONTHS = 1200
LEAST_BASIS = 5
EVENTS = {
    Kept.CLIENT: (KeptUntil.NOT_IN_REGISTER, KeptUntil.STATUS_ENDED),
    Kept.HISTORY: (KeptUntil.REPLACED,),
}


def kept_from(day: date, months: int) -> date:
    """The first day whose events are still kept on this day: what happened before is due.

    31 March less one month is 28 (29) February: a shorter month ends earlier, so nothing goes too early.
    """
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def check_rule(*, kept: Kept, event: KeptUntil, basis: str) -> None:
    """A rule rests on a basis, and counts from an event that its data have."""
    if len(basis.strip()) < LEAST_BASIS:
        raise BasisMissing(LEAST_BASIS)
    if event not in EVENTS[kept]:
        raise EventDoesNotFit(event.value)
