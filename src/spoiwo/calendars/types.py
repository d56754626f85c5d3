"""What calendars pass around."""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum


class Shape(StrEnum):
    """How a calendar is looked at."""

    MONTH = "month"
    WEEK = "week"
    LIST = "list"


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryDetails:
    """An entry as whoever pushes it describes it.

    source: who pushed it, stable ("partnership.meeting:<uuid>"); the same source is the same entry for good.
    starts_at, ends_at: aware; with is_all_day the days count and ends_at lies on the last day.
    group: key of a group of institutions that see it; institution_id: the one that owns it; owner_id: the account
    whose own appointment it is, which nobody else sees.
    """

    source: str
    title: str
    starts_at: datetime
    ends_at: datetime
    is_all_day: bool = False
    place: str = ""
    description: str = ""
    url: str = ""
    group: str = ""
    institution_id: int | None = None
    owner_id: int | None = None
    is_public: bool = False
    is_cancelled: bool = False


@dataclass(frozen=True, slots=True)
class Attendee:
    """Somebody invited: the address and a name to show."""

    email: str
    name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """An event of an iCalendar file. uid and sequence belong to the sender."""

    uid: str
    title: str
    starts_at: datetime
    ends_at: datetime
    is_all_day: bool = False
    sequence: int = 0
    place: str = ""
    description: str = ""
    url: str = ""
    is_cancelled: bool = False
    stamp: datetime | None = None


@dataclass(frozen=True, slots=True)
class Cell:
    """A day of a month or week view with its entries."""

    day: date
    in_month: bool
    is_today: bool
    entries: tuple[object, ...] = field(default_factory=tuple)
