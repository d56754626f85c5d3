"""Which unknown figures can be worked out from known sums of them: exact, whatever the way of reckoning.

Only the pattern counts, not the values: a figure is given away when the known sums fix it, so the answer holds
for every table with the same gaps. Arithmetic is done modulo a large prime, where nothing is rounded.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from spoiwo.kernel.errors import DomainError

PRIME = (1 << 61) - 1
LARGEST_SYSTEM = 4000  # unknown figures that hang together

Form = Mapping[int, int]  # figure -> coefficient, without zeros


class TooEntangled(DomainError):
    """More figures hang together than can be checked; a coarser crossing is needed."""


def given_away(forms: Iterable[Form]) -> set[int]:
    """The figures that are fixed when all these sums are known.

    Raises TooEntangled.
    """
    known, rest = _one_by_one(list(forms))
    for system in parts(rest):
        known |= _solved(system)
    return known


def _one_by_one(forms: Sequence[Form]) -> tuple[set[int], list[Form]]:
    """What follows from sums with one unknown left, again and again; and the sums with several left."""
    left = [set(form) for form in forms]
    holding: dict[int, list[int]] = defaultdict(list)
    for number, unknown in enumerate(left):
        for figure in unknown:
            holding[figure].append(number)
    ready = [number for number, unknown in enumerate(left) if len(unknown) == 1]
    known: set[int] = set()
    while ready:
        unknown = left[ready.pop()]
        if len(unknown) != 1:
            continue
        (figure,) = unknown
        known.add(figure)
        for number in holding[figure]:
            left[number].discard(figure)
            if len(left[number]) == 1:
                ready.append(number)
    rest: list[Form] = [
        {figure: forms[number][figure] for figure in unknown}
        for number, unknown in enumerate(left)
        if len(unknown) > 1
    ]
    return known, rest


def parts(forms: Iterable[Form]) -> Iterable[list[Form]]:
    """The sums, parted into systems that share no figure; a sum of nothing is left out."""
    known = [form for form in forms if form]
    root: dict[int, int] = {}

    def find(figure: int) -> int:
        while root.setdefault(figure, figure) != figure:
            root[figure] = root[root[figure]]
            figure = root[figure]
        return figure

    for form in known:
        first, *others = form
        for other in others:
            root[find(other)] = find(first)
    systems: dict[int, list[Form]] = defaultdict(list)
    for form in known:
        systems[find(next(iter(form)))].append(form)
    return systems.values()


def _solved(system: Sequence[Form]) -> set[int]:
    """Figures whose row is alone after full elimination."""
    if len({figure for form in system for figure in form}) > LARGEST_SYSTEM:
        raise TooEntangled
    rows: dict[int, dict[int, int]] = {}  # pivot -> row with 1 at the pivot and no other pivot in it
    using: dict[int, set[int]] = defaultdict(set)  # figure -> pivots of the rows it stands in
    for form in sorted(system, key=len):
        row = {figure: value % PRIME for figure, value in form.items()}
        for pivot in [figure for figure in row if figure in rows]:
            _subtract(row, rows[pivot], row[pivot])
        if not row:
            continue
        pivot = min(row, key=lambda figure: len(using[figure]))
        inverse = pow(row[pivot], -1, PRIME)
        row = {figure: value * inverse % PRIME for figure, value in row.items()}
        for other in list(using[pivot]):
            before = set(rows[other])
            _subtract(rows[other], row, rows[other][pivot])
            for figure in before - rows[other].keys():
                using[figure].discard(other)
            for figure in rows[other].keys() - before:
                using[figure].add(other)
        rows[pivot] = row
        for figure in row:
            using[figure].add(pivot)
    return {pivot for pivot, row in rows.items() if len(row) == 1}


def _subtract(row: dict[int, int], other: Mapping[int, int], factor: int) -> None:
    for figure, value in other.items():
        left = (row.get(figure, 0) - factor * value) % PRIME
        if left:
            row[figure] = left
        else:
            row.pop(figure, None)
