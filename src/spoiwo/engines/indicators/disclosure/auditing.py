"""The audit by intervals: how close somebody who knows that nothing is negative can come to what was left out."""

from collections.abc import Iterable
from typing import Any

from spoiwo.engines.indicators.disclosure.solving import PRIME, Form
from spoiwo.engines.indicators.disclosure.suppressing import Release
from spoiwo.kernel.errors import DomainError

NARROWEST = 0.25  # of the figure: the width that must be left
LARGEST_TABLE = 2000  # figures


class AuditorAbsent(DomainError):
    """SciPy is not installed (`spoiwo[interval]`)."""


class TableTooLarge(DomainError):
    """More figures than the audit is for; publish in parts."""


def intervals(release: Release, hidden: set[int]) -> dict[int, tuple[float, float]]:
    """Smallest and largest possible value of every risky figure that has one above 0.

    For measures that are never negative. Raises AuditorAbsent, TableTooLarge.
    """
    try:
        from scipy.optimize import linprog
        from scipy.sparse import csr_array
    except ImportError:
        raise AuditorAbsent from None
    forms = release.known(hidden)
    figures = sorted({figure for form in forms for figure in form} | release.risky)
    if len(figures) > LARGEST_TABLE:
        raise TableTooLarge(str(len(figures)))
    place = {figure: at for at, figure in enumerate(figures)}
    rows, columns, entries, totals = _system(forms, place, release)
    matrix = csr_array((entries, (rows, columns)), shape=(len(forms), len(figures)))
    found = {}
    for figure in sorted(release.risky):
        if release.values.get(figure, 0.0) > 0:
            ends = [_end(linprog, matrix, totals, place[figure], len(figures), way) for way in (1.0, -1.0)]
            found[figure] = (ends[0], ends[1])
    return found


def narrow(release: Release, hidden: set[int]) -> set[int]:
    """Risky figures that can be told more closely than a quarter of themselves. Raises as `intervals`."""
    return {
        figure
        for figure, (low, high) in intervals(release, hidden).items()
        if high - low < NARROWEST * release.values[figure] * (1 - 1e-9)
    }


def _system(
    forms: Iterable[Form], place: dict[int, int], release: Release
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
            total += signed * release.values.get(figure, 0.0)
        totals.append(total)
    return rows, columns, entries, totals


def _end(linprog: Any, matrix: Any, totals: list[float], figure: int, count: int, way: float) -> float:
    aim = [0.0] * count
    aim[figure] = way
    done = linprog(aim, A_eq=matrix, b_eq=totals, bounds=(0, None), method="highs")
    if done.status == 3:  # without bound
        return float("inf") if way < 0 else 0.0
    return float(done.fun) * way if done.status == 0 else float("nan")
