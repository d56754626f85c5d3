"""The picture of infrastructure as a table and as a drawing."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from spoiwo.catalogue import messages
from spoiwo.catalogue.queries.infrastructure import Grid
from spoiwo.catalogue.types import Cell, PlaceKind

LEFT, RIGHT, TOP, SIDE, ROW = 190, 150, 150, 74, 30
SCALE = ((0, "#f1ece2"), (1, "#cfe5e2"), (5, "#8fc4bf"), (15, "#0b6e69"))
GREY = "#b8b2a6"
DARK = "#0b6e69"


@dataclass(frozen=True, slots=True)
class Square:
    """A kind in a unit: what the table says of it and how it is drawn."""

    kind: str
    label: str
    short: str
    cell: Cell | None

    @property
    def colour(self) -> str:
        """Darker with more places; grey when nothing of it was confirmed lately."""
        if self.cell is None:
            return SCALE[0][1]
        if self.cell.stale == self.cell.entries:
            return GREY
        size = self.cell.entries if self.cell.total is None else max(self.cell.total, 1)
        return [colour for least, colour in SCALE if size >= least][-1]


@dataclass(frozen=True, slots=True)
class Line:
    """A unit with a square for each kind."""

    code: str
    name: str
    squares: tuple[Square, ...]

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing of any kind."""
        return all(square.cell is None for square in self.squares)


def lines_of(grid: Grid, units: Sequence[tuple[str, str]], kinds: Sequence[PlaceKind]) -> list[Line]:
    """A line for every unit, also for those where there is nothing."""
    return [
        Line(code, name, tuple(_square(grid.get((code, kind.value)), kind) for kind in kinds))
        for code, name in units
    ]


def drawing(lines: Sequence[Line], kinds: Sequence[PlaceKind], words: str) -> str:
    """The same as SVG: units down, kinds across, darker where there are more places."""
    width, height = LEFT + SIDE * len(kinds) + RIGHT, TOP + ROW * len(lines) + 20
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img" '
        f'font-family="DejaVu Sans, sans-serif" font-size="13"><title>{escape(words)}</title>'
    ]
    for place, kind in enumerate(kinds):
        x = LEFT + SIDE * place + SIDE // 2
        name = escape(str(messages.SHORT_KINDS.get(kind.value, messages.KIND_NAMES[kind])))
        parts.append(
            f'<text x="{x}" y="{TOP - 10}" transform="rotate(-35 {x} {TOP - 10})" fill="#17212b">{name}</text>'
        )
    for row, line in enumerate(lines):
        y = TOP + ROW * row
        parts.append(
            f'<text x="{LEFT - 10}" y="{y + 20}" text-anchor="end" fill="#17212b">{escape(line.name)}</text>'
        )
        parts += [_drawn(square, LEFT + SIDE * place, y) for place, square in enumerate(line.squares)]
    return "".join([*parts, "</svg>"])


def _drawn(square: Square, x: int, y: int) -> str:
    ink = "#ffffff" if square.colour == DARK else "#17212b"
    text = (
        f'<text x="{x + SIDE // 2 - 2}" y="{y + 19}" text-anchor="middle" fill="{ink}">{square.short}</text>'
    )
    return (
        f'<rect x="{x}" y="{y}" width="{SIDE - 4}" height="{ROW - 4}" rx="5" fill="{square.colour}"/>{text}'
    )


def _square(cell: Cell | None, kind: PlaceKind) -> Square:
    name = str(messages.KIND_NAMES[kind])
    if cell is None:
        return Square(name, "–", "", None)
    short = str(cell.entries) if cell.total is None else f"{cell.free}/{cell.total}"
    return Square(name, messages.cell_in_words(cell), short, cell)
