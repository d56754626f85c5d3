"""The released table of a card: the only source of all its pictures."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from spoiwo.engines.indicators.periods import between
from spoiwo.kernel.text import polish_sort_key
from spoiwo.monitoring.models import IndicatorVersion
from spoiwo.monitoring.rules.drawing.paper import Mark
from spoiwo.monitoring.tables.aims import aims_with_breaks
from spoiwo.monitoring.tables.cards import name_of
from spoiwo.monitoring.tables.figures import area_names, places_of, told
from spoiwo.monitoring.types import PERIOD, PLACE, Aims, Found
from spoiwo.territory import queries as territory

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
    """The released figures of one card, the only source of all its pictures. spine: by level, the places that there
    are, also those of which nothing was told.
    """

    version: IndicatorVersion
    found: Sequence[Found]
    names: Mapping[str, str]
    aims: Aims
    spine: Mapping[int, Collection[str]] = field(default_factory=dict)

    @property
    def periods(self) -> list[str]:
        """Periods with figures, in their order."""
        return sorted({one.period for one in self.found})

    @property
    def all_periods(self) -> list[str]:
        """Those and the ones between them of which nothing was told."""
        told = self.periods
        return between(told[0], told[-1]) if told else []

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
        return places_of(self.version)

    def places(self, level: int) -> list[str]:
        """Codes of the places of a level with figures, by name."""
        return self._by_name({one.territory for one in self.found if one.level == level})

    def all_places(self, level: int) -> list[str]:
        """Those and the ones of which nothing was told."""
        return self._by_name({*self.places(level), *self.spine.get(level, ())})

    def _by_name(self, codes: Collection[str]) -> list[str]:
        return sorted(codes, key=lambda code: (polish_sort_key(self.names.get(code, code)), code))

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
            for period in self.all_periods
            for mark in (self.mark(code, period, cell),)
        ]


def table_of(version: IndicatorVersion, found: Sequence[Found], day: date) -> Table:
    """The released table of a version with the names of its places."""
    regions = sorted({one.territory[:REGION] for one in found})
    spine = {
        level: [code for region in regions for code in territory.places_in(region, level, day)]
        for level in {one.level for one in found if one.level > REGION}
    }
    codes = {one.territory for one in found}.union(*spine.values())
    return Table(version, found, area_names(codes, day), aims_with_breaks(version), spine)


def cell_of(one: Found) -> str:
    """The values of the breakdown together."""
    return ", ".join(part for part in one.cell if part)


def title_of(table: Table, *parts: str) -> str:
    """The name of the card and what else is said of a picture."""
    return ", ".join((name_of(table.version), *(part for part in parts if part)))
