"""The quality box of a card, worked out of its figures rather than written by hand."""

from collections.abc import Sequence
from datetime import date

from spoiwo.monitoring.types import Aims, Found, Quality


def quality_of(
    found: Sequence[Found], aims: Aims, *, published_on: date, asked: int, answered: int
) -> Quality:
    """asked, answered: institutions in the data behind the newest period, and those of them that reported."""
    periods = sorted({one.period for one in found})
    newest = periods[-1] if periods else ""
    hidden = sum(one.status == "suppressed" for one in found)
    known = sum(one.value is not None for one in found)
    lately = [period for period in periods if not any(period < start <= newest for start in aims.breaks)]
    return Quality(
        response=answered / asked if asked else None,
        enough_response=None
        if not asked or aims.least_response is None
        else answered * 100 >= asked * aims.least_response,
        known=known / len(found) if found else None,
        hidden=hidden / len(found) if found else None,
        days=(published_on - end_of(newest)).days if newest else None,
        in_time=None
        if not newest or aims.due_days is None
        else (published_on - end_of(newest)).days <= aims.due_days,
        comparable=len(lately),
        periods=len(periods),
    )


def end_of(period: str) -> date:
    """The last day of a period: "2024", "2024-Q3" or "2024-07"."""
    year, _, rest = period.partition("-")
    month = 12 if not rest else int(rest[1]) * 3 if rest[0] == "Q" else int(rest)
    return date(int(year) + month // 12, month % 12 + 1, 1).replace(day=1) - _DAY


_DAY = date(2000, 1, 2) - date(2000, 1, 1)
