"""Values about territory."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from spoiwo.kernel.teryt import TerytCode


class EditionSource(StrEnum):
    """Where a state of the register came from."""

    SHIPPED = "shipped"  # with the product: all voivodeships, the demonstration region below them
    OFFICIAL = "official"  # a TERC file of the statistical office: the whole country


@dataclass(frozen=True, slots=True)
class TercRow:
    """One unit as the file states it. line: where it starts in the file, from 1, header included."""

    line: int
    code: TerytCode
    name: str
    stated_on: date


@dataclass(frozen=True, slots=True)
class KnownUnit:
    """A unit the register holds as existing now."""

    code: TerytCode
    name: str
    valid_from: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """What a file changes in the register; the rows in the order of the file.

    renamed: the row in force ends and another begins; corrected: the row began on the very day of the
    file, so its name is put right in place.
    """

    opened: tuple[TercRow, ...]
    renamed: tuple[TercRow, ...]
    corrected: tuple[TercRow, ...]
    closed: tuple[KnownUnit, ...]
    unchanged: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TercReport:
    """What an import did, by TERYT code. as_of: the state the register has now, None while it is empty."""

    as_of: date | None
    opened: tuple[str, ...] = ()
    renamed: tuple[str, ...] = ()
    corrected: tuple[str, ...] = ()
    closed: tuple[str, ...] = ()
    unchanged: int = 0

    @property
    def changed_anything(self) -> bool:
        """Whether the register differs from what it was."""
        return bool(self.opened or self.renamed or self.corrected or self.closed)


@dataclass(frozen=True, slots=True)
class GoneCommune:
    """A commune that no file knows any more under its number. successor: into which one its area went, empty when that
    is not known or it went into several.
    """

    code: str
    name: str
    ended_on: date
    successor: str


@dataclass(frozen=True, slots=True)
class UnitPath:
    """Names from the voivodeship down, as in prose ("lubuskie", "gorzowski", "Witnica").

    None for levels below the unit and for units the register does not know on that day.
    """

    voivodeship: str | None
    county: str | None
    commune: str | None
