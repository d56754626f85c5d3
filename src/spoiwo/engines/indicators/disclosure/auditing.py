"""The audit by intervals: how close somebody who knows that nothing is negative can come to what was left out."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from spoiwo.engines.indicators.disclosure.solving import PRIME, Form, parts
from spoiwo.engines.indicators.disclosure.suppressing import Release
from spoiwo.kernel.errors import DomainError

NARROWEST = 0.25  # of the figure: the width that must be left
LARGEST_TABLE = 2000  # figures that hang together
ROUNDING = 1e-9  # of the figure
Narrow = Callable[[Release, set[int]], set[int]]


class Audit(StrEnum):
    """Whether figures left out were bounded by intervals too."""

    NONE = ""  # nobody asked for it
    DONE = "done"
    ABSENT = "absent"  # SciPy is not installed
    TOO_LARGE = "too_large"  # more figures hang together than LARGEST_TABLE


class AuditorAbsent(DomainError):
    """SciPy is not installed (`spoiwo[interval]`)."""


class TableTooLarge(DomainError):
    """More figures than the audit is for; publish in parts."""


@dataclass(frozen=True, slots=True)
class _Table:
    """Figures that hang together, and the sums of them that are known. risky: places of those to be bounded."""

    linprog: Any
    matrix: Any
    totals: Sequence[float]
    figures: Sequence[int]
    values: Sequence[float]
    risky: Sequence[int]

    def solved(self, aim: Sequence[float], highest: Sequence[float | None]) -> Any:
        """The smallest value of the aim, with nothing negative and nothing above its highest value."""
        bounds = [(0.0, high) for high in highest]
        return self.linprog(aim, A_eq=self.matrix, b_eq=self.totals, bounds=bounds, method="highs")


def intervals(release: Release, hidden: set[int]) -> dict[int, tuple[float, float]]:
    """Smallest and largest possible value of every risky figure that has one above 0.

    For measures that are never negative. Raises AuditorAbsent, TableTooLarge.
    """
    return {
        table.figures[place]: _ends(table, place)
        for table in _tables(release, hidden)
        for place in table.risky
    }


def narrow(release: Release, hidden: set[int]) -> set[int]:
    """Risky figures that can be told more closely than a quarter of themselves. Raises as `intervals`."""
    found = set()
    for table in _tables(release, hidden):
        for place in _not_seen_moving(table):
            low, high = _ends(table, place)
            if high - low < NARROWEST * table.values[place] * (1 - ROUNDING):
                found.add(table.figures[place])
    return found


def _tables(release: Release, hidden: set[int]) -> Iterator[_Table]:
    """The known sums, parted into tables that share no figure; those without risky figures are left out."""
    try:
        from scipy.optimize import linprog
        from scipy.sparse import csr_array
    except ImportError:
        raise AuditorAbsent from None
    wanted = {figure for figure in release.risky if release.values.get(figure, 0.0) > 0}
    for forms in parts(release.known(hidden)):
        figures = sorted({figure for form in forms for figure in form})
        if not wanted & set(figures):
            continue
        if len(figures) > LARGEST_TABLE:
            raise TableTooLarge(str(len(figures)))
        place = {figure: at for at, figure in enumerate(figures)}
        values = [release.values.get(figure, 0.0) for figure in figures]
        rows, columns, entries, totals = _system(forms, place, values)
        matrix = csr_array((entries, (rows, columns)), shape=(len(forms), len(figures)))
        risky = [place[figure] for figure in figures if figure in wanted]
        yield _Table(linprog, matrix, totals, figures, values, risky)


def _system(
    forms: Sequence[Form], place: dict[int, int], values: Sequence[float]
) -> tuple[list[int], list[int], list[float], list[float]]:
    rows: list[int] = []
    columns: list[int] = []
    entries: list[float] = []
    totals: list[float] = []
    for number, form in enumerate(forms):
        total = 0.0
        for figure, factor in form.items():
            signed = float(factor if factor < PRIME // 2 else factor - PRIME)
            rows.append(number)
            columns.append(place[figure])
            entries.append(signed)
            total += signed * values[place[figure]]
        totals.append(total)
    return rows, columns, entries, totals


def _not_seen_moving(table: _Table) -> list[int]:
    """Risky figures of which no possible table was met that differs by a quarter of them.

    Every possible table that differs shows at once of many figures that they are far enough from being told.
    """
    left = list(table.risky)
    while left:
        before = len(left)
        highest: list[float | None] = [None] * len(table.figures)
        for place in left:
            highest[place] = (1 + 2 * NARROWEST) * table.values[place]
        for way in (-1.0, 1.0):
            aim = [0.0] * len(table.figures)
            for place in left:
                aim[place] = way
            done = table.solved(aim, highest)
            if done.status == 0:
                left = [place for place in left if not _moved(table, place, float(done.x[place]))]
        if len(left) == before:
            break
    return left


def _moved(table: _Table, place: int, value: float) -> bool:
    return abs(value - table.values[place]) >= NARROWEST * table.values[place] * (1 - ROUNDING)


def _ends(table: _Table, place: int) -> tuple[float, float]:
    return _end(table, place, 1.0), _end(table, place, -1.0)


def _end(table: _Table, place: int, way: float) -> float:
    aim = [0.0] * len(table.figures)
    aim[place] = way
    done = table.solved(aim, [None] * len(table.figures))
    if done.status == 3:  # without bound, which only the larger end can be
        return float("inf")
    return float(done.fun) * way if done.status == 0 else float("nan")
