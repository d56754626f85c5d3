"""Values of service districts: addresses, ranges of them, workers, pairs."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import IntEnum, StrEnum
from uuid import UUID

from spoiwo.institutions.types import Badge
from spoiwo.kernel.periods import Period

NO_LETTER, ANY_LETTER = 0, 63
"""Places of a house number without a letter, and after all its letters."""
ELSEWHERE = "\x00"
"""Stands for a street or place that no range names."""


class Parity(StrEnum):
    """Which side of a street."""

    ALL = "all"
    ODD = "odd"
    EVEN = "even"


class Level(IntEnum):
    """How closely a range says what it means; the higher wins."""

    COUNTY = 1
    COMMUNE = 2
    PLACE = 3
    STREET = 4
    SIDE = 5  # of a street
    NUMBERS = 6
    HOUSE = 7


class HandOverReason(StrEnum):
    """Why a client goes to another worker."""

    MOVED = "moved"  # the client lives elsewhere
    BORDERS = "borders"  # the address belongs to another district now
    WORKER = "worker"  # the district got another worker


class HandOverState(StrEnum):
    """Where a hand-over stands."""

    OPEN = "open"
    HANDED = "handed"  # the former worker has given what there was to give
    TAKEN = "taken"
    CANCELLED = "cancelled"  # the client came back before anything was handed over


class Fault(StrEnum):
    """What is wrong with a row of a file or a range somebody entered."""

    DISTRICT = "district"  # no code of a district
    TERYT = "teryt"  # not the code of a county or commune
    SIDE = "side"  # neither all nor odd nor even
    NUMBER = "number"  # not a house number
    ORDER = "order"  # the last number comes before the first
    NUMBERS_NOWHERE = "numbers_nowhere"  # numbers without a street or place
    DATE = "date"
    DATES = "dates"  # ends before it begins
    TOO_LONG = "too_long"
    WORKER = "worker"  # no such person works here
    TWICE = "twice"  # the same range is in another district at the same time


@dataclass(frozen=True, slots=True, order=True)
class House:
    """A house number: 12A is (12, 1). Letters count from A."""

    number: int
    letter: int = NO_LETTER


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """Where somebody lives, as registers write it."""

    teryt: str
    place: str = ""
    street: str = ""
    house: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """An address reduced to what districts ask: keys of the units, place and street, and the house number.

    units: codes of the commune (and its part) and the county. streets: keys of the street, the likeliest first.
    """

    units: tuple[str, ...]
    place: str
    streets: tuple[str, ...]
    house: House | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Range:
    """Addresses of one district: the narrower the more is filled in.

    id, district: keys of the rows. place, street: keys, empty for all. first, last: house numbers, both included.
    """

    id: int
    district: int
    teryt: str
    place: str = ""
    street: str = ""
    parity: Parity = Parity.ALL
    first: House | None = None
    last: House | None = None
    period: Period


@dataclass(frozen=True, slots=True)
class Found:
    """Which range an address lies in, and those of other districts that say so just as closely."""

    range: Range | None
    rivals: tuple[Range, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """Addresses that every range treats alike, with one of them to ask about.

    place, street: keys; ELSEWHERE for those no range names. first, last: house numbers, None when open.
    """

    teryt: str
    place: str
    street: str
    parity: Parity
    first: House | None
    last: House | None
    sample: Spot


@dataclass(frozen=True, slots=True)
class Worker:
    """Somebody who serves a district; user_id 0 when the person has no account here."""

    name: str
    user_id: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """What one institution says about an address.

    worker: None while the district has nobody. substitute: who stands in today, until when.
    rivals: names of other districts of the institution that claim the address just as closely.
    """

    institution: Badge
    district_id: int
    district_code: str
    district_name: str
    worker: Worker | None
    substitute: Worker | None = None
    substitute_until: date | None = None
    rivals: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Pair:
    """Everybody who serves an address: the labour office first, then the welfare centre, then others."""

    sides: tuple[Side, ...]

    @property
    def is_whole(self) -> bool:
        """Whether at least two institutions have a worker for the address."""
        return sum(side.worker is not None for side in self.sides) > 1

    def of(self, institution_id: int) -> Side | None:
        """The side of one institution."""
        return next((side for side in self.sides if side.institution.id == institution_id), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class RangeDetails:
    """A range as people write it."""

    teryt: str
    place: str = ""
    street: str = ""
    parity: Parity = Parity.ALL
    first_house: str = ""
    last_house: str = ""
    valid_from: date
    valid_to: date | None = None


@dataclass(frozen=True, slots=True)
class FileRow:
    """A row of a file: its number there, cells by field."""

    number: int
    cells: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class RefusedRow:
    """A row that was not taken, with what is wrong in which field."""

    number: int
    cells: Mapping[str, str]
    faults: Sequence[tuple[str, Fault]]


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportReport:
    """What a file did."""

    districts: int = 0
    taken: int = 0
    unchanged: int = 0
    refused: Sequence[RefusedRow] = field(default_factory=tuple)


@dataclass(frozen=True, slots=True)
class Sweep:
    """What comparing the register with the districts changed."""

    first: int = 0  # assigned for the first time
    handed_over: int = 0
    ended: int = 0  # gone from the register, or nobody's district any more


@dataclass(frozen=True, slots=True, kw_only=True)
class Care:
    """Who serves a client now: the row, district, range and worker."""

    district: int
    range_id: int | None
    worker: Worker


@dataclass(frozen=True, slots=True)
class ClientName:
    """An own client on a list of work."""

    uuid: UUID
    name: str
    birth_date: date | None
