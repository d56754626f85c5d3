"""Periods of days."""

from dataclasses import dataclass
from datetime import date

from spoiwo.kernel.errors import DomainError


class EndBeforeStart(DomainError):
    """The period would end before it starts."""

    def __init__(self, starts_on: date, ends_on: date):
        super().__init__(f"{starts_on} to {ends_on}")
        self.starts_on = starts_on
        self.ends_on = ends_on


@dataclass(frozen=True, slots=True)
class Period:
    """Days from starts_on to ends_on, both included; without an end when ends_on is None.

    Raises EndBeforeStart. A period of one day starts and ends on it.
    """

    starts_on: date
    ends_on: date | None = None

    def __post_init__(self) -> None:
        if self.ends_on is not None and self.ends_on < self.starts_on:
            raise EndBeforeStart(self.starts_on, self.ends_on)

    def contains(self, day: date) -> bool:
        """Whether the day lies within, the first and the last included."""
        return self.starts_on <= day and (self.ends_on is None or day <= self.ends_on)

    def overlaps(self, other: "Period") -> bool:
        """Whether there is a day that lies in both."""
        return self.contains(other.starts_on) or other.contains(self.starts_on)

    def days_since(self, day: date) -> int:
        """Whole days from the start of the period to the day: 0 on the first day, negative before it."""
        return (day - self.starts_on).days
