"""What is known of a person, side by side: age of data, agreement of sources. Pure functions."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from spoiwo.access.types import Category

OWN_STALE_AFTER_DAYS = 30  # for the own register, which no agreement covers


@dataclass(frozen=True, slots=True, kw_only=True)
class Value:
    """One value of one institution.

    field: what is known ("birth_date", "fact:household_size"). key: what is compared with other institutions'
    values, empty when values of different institutions stand side by side without contradiction.
    old_days: how many days old the data are when that is more than allowed, else 0.
    """

    field: str
    label: str
    text: str
    key: str
    category: Category
    institution_id: int
    as_of: date | None
    old_days: int


@dataclass(frozen=True, slots=True)
class Spot:
    """One text with all institutions that say the same; old when every one of them is."""

    text: str
    values: tuple[Value, ...]

    @property
    def is_old(self) -> bool:
        """Whether no source is fresh."""
        return all(value.old_days for value in self.values)


@dataclass(frozen=True, slots=True)
class Line:
    """One thing we know, in one or more versions; differs when institutions contradict each other."""

    field: str
    label: str
    spots: tuple[Spot, ...]
    differs: bool

    @property
    def agreed_by(self) -> int:
        """How many institutions say the same; 0 when they differ."""
        return 0 if len(self.spots) > 1 else len(self.spots[0].values)


def days_old(as_of: date | None, day: date, limit: int) -> int:
    """Age of the data in days when it exceeds the limit, 0 while they count as fresh or no date is known."""
    if as_of is None:
        return 0
    age = (day - as_of).days
    return age if age > limit else 0


def side_by_side(values: Iterable[Value]) -> list[Line]:
    """Lines in the order in which their fields first come; equal values of different institutions become one spot.

    The first institution's spelling stands for all that agree with it.
    """
    by_field: dict[str, list[Value]] = {}
    for value in values:
        by_field.setdefault(value.field, []).append(value)
    return [_line(field, found) for field, found in by_field.items()]


def _line(field: str, values: Sequence[Value]) -> Line:
    groups: dict[str, list[Value]] = {}
    for position, value in enumerate(values):
        groups.setdefault(value.key or f"\0{position}", []).append(value)
    spots = tuple(Spot(found[0].text, tuple(found)) for found in groups.values())
    compared = {value.key for value in values if value.key}
    return Line(field, values[0].label, spots, len(compared) > 1)


@dataclass(frozen=True, slots=True)
class Shown:
    """Something a page showed: whose, of which category, which words."""

    institution_id: int
    category: Category
    text: str


def digest_of(shown: Iterable[Shown]) -> bytes:
    """SHA-256 (32 bytes) over what was shown, each part with its length, in the order shown."""
    digest = hashlib.sha256()
    for item in shown:
        for part in (str(item.institution_id), item.category.value, item.text):
            raw = part.encode()
            digest.update(len(raw).to_bytes(4, "big") + raw)
    return digest.digest()


def categories_of(shown: Iterable[Shown]) -> tuple[str, ...]:
    """Codes of the categories shown, each once, in a fixed order."""
    return tuple(sorted({item.category.value for item in shown}))
