"""What a delivery must look like."""

from collections.abc import Iterable
from datetime import date, time

from spoiwo.support.errors import (
    AttendedLongerThanDelivered,
    InTheFuture,
    MinutesNotPositive,
    OutsideProject,
    OverlapsAnother,
)
from spoiwo.support.types import Span

LONGEST_MINUTES = 24 * 60


def check_minutes(minutes: int) -> None:
    """Refuse a delivery that does not last, or lasts longer than a day."""
    if not 0 < minutes <= LONGEST_MINUTES:
        raise MinutesNotPositive(str(minutes))


def check_attendance(*, attended: Iterable[int], delivered: int) -> None:
    """Refuse participants who were there for no time, or longer than the delivery lasted."""
    for minutes in attended:
        if minutes <= 0:
            raise MinutesNotPositive(str(minutes))
        if minutes > delivered:
            raise AttendedLongerThanDelivered(minutes, delivered)


def check_day(*, day: date, today: date, starts_on: date | None = None, ends_on: date | None = None) -> None:
    """Refuse a day to come, or one outside the project's days when there is a project."""
    if day > today:
        raise InTheFuture(day.isoformat())
    if starts_on is not None and ends_on is not None and not starts_on <= day <= ends_on:
        raise OutsideProject(starts_on, ends_on)


def span_of(*, starts_at: time | None, minutes: int) -> Span:
    """The stretch of a delivery within its day."""
    return Span(None if starts_at is None else starts_at.hour * 60 + starts_at.minute, minutes)


def overlap(one: Span, other: Span) -> bool:
    """Whether two stretches share a minute.

    Without hours nobody knows: two rows of one day whose hours are not noted are taken to overlap only when they
    last equally long, which is what a row entered twice looks like.
    """
    if one.start is None or other.start is None:
        return one.start is other.start and one.minutes == other.minutes
    return one.start < other.start + other.minutes and other.start < one.start + one.minutes


def check_not_twice(*, span: Span, others: Iterable[Span], reason: str) -> None:
    """Refuse a second row of the same adviser, recipient and time unless there is a reason for it."""
    if not reason.strip() and any(overlap(span, other) for other in others):
        raise OverlapsAnother
