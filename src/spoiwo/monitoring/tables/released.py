"""The released table of a card: the only source of all its pictures."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from spoiwo.monitoring.models import IndicatorVersion
from spoiwo.monitoring.rules.drawing.paper import Mark
from spoiwo.monitoring.tables.aims import aims_with_breaks
from spoiwo.monitoring.tables.cards import name_of
from spoiwo.monitoring.tables.figures import PLACES, area_names, told
from spoiwo.monitoring.types import PERIOD, PLACE, Aims, Found

REGION = 2


@dataclass(frozen=True, slots=True)
class Shown:
    """A picture and its table. svg: empty when there is too little to draw."""

    title: str
    svg: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(slots=True)
class Table:
    """The released figures of one card, the only source of all its pictures."""

    version: IndicatorVersion
    found: Sequence[Found]
    names: Mapping[str, str]
    aims: Aims

    @property
    def periods(self) -> list[str]:
        """Periods in their order."""
        return sorted({one.period for one in self.found})

    @property
    def cells(self) -> list[str]:
        """Values of the breakdown, of figures together first."""
        return sorted({cell_of(one) for one in self.found})

    @property
    def dimensions(self) -> tuple[str, ...]:
        """What figures are broken down by."""
        return tuple(self.version.entry.get("by", []))

    @property
    def axes(self) -> tuple[str, ...]:
        """What can stand in the rows or the columns of a pivot table."""
        return (PLACE, PERIOD, *self.dimensions)

    @property
    def decimals(self) -> int:
        """How many decimal places are shown at most."""
        return int(self.version.entry.get("decimals", PLACES))

    def places(self, level: int) -> list[str]:
        """Codes of the places of a level, by name."""
        codes = {one.territory for one in self.found if one.level == level}
        return sorted(codes, key=lambda code: self.names.get(code, code))

    def mark(self, code: str, period: str, cell: str) -> Mark:
        """The figure of a place and period."""
        one = next(
            (f for f in self.found if f.territory == code and f.period == period and cell_of(f) == cell), None
        )
        return Mark(
            self.names.get(code, code),
            one.value if one else None,
            told(one, self.decimals) if one else ".",
            code,
        )

    def series(self, code: str, cell: str) -> list[Mark]:
        """The figures of a place over all periods, labelled by period."""
        return [
            Mark(period, mark.value, mark.text, code)
            for period in self.periods
            for mark in (self.mark(code, period, cell),)
        ]


def table_of(version: IndicatorVersion, found: Sequence[Found], day: date) -> Table:
    """The released table of a version with the names of its places."""
    names = area_names({one.territory for one in found}, day)
    return Table(version, found, names, aims_with_breaks(version))


def cell_of(one: Found) -> str:
    """The values of the breakdown together."""
    return ", ".join(part for part in one.cell if part)


def title_of(table: Table, *parts: str) -> str:
    """The name of the card and what else is said of a picture."""
    return ", ".join((name_of(table.version), *(part for part in parts if part)))
