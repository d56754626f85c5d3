"""Figures of cards as sums of elementary figures: one measure in one place, period and cell.

The same elementary figure may stand in many rows: in a sum and in the numerator of a share, in a rolling sum and
in the year, in a total and in a filter. That is what makes it possible to reckon back, and to see it coming.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import partial
from itertools import chain, count, pairwise

from spoiwo.engines.indicators.cards import Card, Grain, Kind, SpaceRule, TimeRule, window_of
from spoiwo.engines.indicators.disclosure.solving import PRIME, Form
from spoiwo.engines.indicators.disclosure.suppressing import Release
from spoiwo.engines.indicators.periods import read_period
from spoiwo.kernel.expressions.nodes import (
    Calculation,
    Negation,
    Node,
    Number,
    Operand,
    Reference,
    Window,
    operands,
)

Cell = frozenset[tuple[str, str | None]]
LARGEST_WINDOW = 1200  # periods that a sum since the start is followed back


@dataclass(frozen=True, slots=True)
class Elementary:
    """One measure in one place, period and cell."""

    measure: str
    months: int
    time: TimeRule
    place: str
    label: int
    cell: Cell


@dataclass(frozen=True, slots=True, kw_only=True)
class TableRow:
    """One row of a result. sums: of the operands in the order of the card; risky: whether each must be hidden;
    shown: whether the row is for release or only worked out to see what could be reckoned; earlier: whether it is
    out already.
    """

    number: int
    card: Card
    territory: str
    period: str
    cell: Mapping[str, str | None]
    sums: Sequence[float | None]
    risky: Sequence[bool]
    told: bool
    shown: bool = True
    earlier: bool = False


def behind(card: Card) -> Card | None:
    """The card of the elementary figures behind windows, shifts and filters of a card; None if it shows them itself."""
    plain = all(not (o.window or o.is_past or o.filters) for o in card.operands)
    if plain or not card.operands:
        return None
    kept = {operand.measure: Reference(Operand(operand.measure)) for operand in card.operands}
    first, *others = kept.values()
    node: Node = first
    for other in others:
        node = Calculation("+", node, other)
    by = tuple(dict.fromkeys((*card.by, *card.filtered)))
    return replace(
        card,
        code=f"{card.code} behind",
        kind=Kind.SUM,
        numerator=node,
        denominator=None,
        by=by,
        pair=False,
        loose=(),
    )


def release_of(rows: Sequence[TableRow], before: Iterable[Sequence[TableRow]] = ()) -> Release:
    """The tables as one system of sums. before: rows of earlier publications, worked out over their own data."""
    reader = _Reader()
    for edition in chain([rows], before):
        reader.read(edition)
    return reader.release


@dataclass(slots=True)
class _Known:
    """An elementary figure as one or several states of the data have it; values: all that were told of it."""

    number: int
    values: set[float | None]


@dataclass(slots=True)
class _Reader:
    """Reads editions one after the other. numbers: of the elementary figures of the edition that is read; known:
    of all editions. A figure that has not changed is the same in both, so that what one gives away the other does.
    """

    numbers: dict[Elementary, int] = field(default_factory=dict)
    known: dict[Elementary, list[_Known]] = field(default_factory=dict)
    release: Release = field(default_factory=Release)
    additive: set[tuple[str, int, TimeRule]] = field(default_factory=set)
    fresh: Iterator[int] = field(default_factory=count)

    def read(self, rows: Sequence[TableRow]) -> None:
        self.numbers = {}
        there = self._figures(rows)
        self.release.sums += [{figure: 1} for figure in self.numbers.values() if figure not in there]
        for row in rows:
            self._windows(row)
            if row.told and row.earlier:
                self.release.before += self._forms(row)
            elif row.told and row.shown:
                self.release.rows[row.number] = list(self._forms(row))
        self.release.sums += [*self._places(), *self._cells(), *self._years()]

    def _figures(self, rows: Sequence[TableRow]) -> set[int]:
        """Number the elementary figures that rows show by themselves; which of them anybody added anything to.

        Of the others the tables show that there is no such row, so they are known.
        """
        told: dict[Elementary, set[float | None]] = defaultdict(set)
        risky = set()
        for row in rows:
            for slot, operand in enumerate(row.card.operands):
                if operand.window or operand.is_past:
                    continue
                figure = self._elementary(row, operand, 0)
                if row.card.space is SpaceRule.SUM:
                    self.additive.add((operand.measure, row.card.grain.months, row.card.time))
                told[figure].add(row.sums[slot])
                if row.risky[slot]:
                    risky.add(figure)
        for figure, values in told.items():
            self._note(figure, {value for value in values if value is not None} or {None})
        self.release.risky |= {self.numbers[figure] for figure in risky}
        return {
            self.numbers[figure] for figure, values in told.items() if values != {None} or figure in risky
        }

    def _note(self, figure: Elementary, values: set[float | None]) -> None:
        """Give a figure the number it has in another edition that tells the same of it, or else a new one."""
        editions = self.known.setdefault(figure, [])
        same = next((one for one in editions if one.values & values), None)
        if same is None:
            same = _Known(next(self.fresh), set())
            editions.append(same)
        same.values |= values
        self.numbers[figure] = same.number
        told = [value for value in values if value is not None]
        if told:
            self.release.values.setdefault(same.number, max(told))

    def _windows(self, row: TableRow) -> None:
        """A sum over several periods that must be hidden is a figure of its own, made of elementary ones."""
        for slot, operand in enumerate(row.card.operands):
            if row.risky[slot] and (operand.window or operand.is_past):
                for form in self._form(row, {operand: Fraction(1)}):
                    whole = next(self.fresh)
                    self.release.sums.append({whole: PRIME - 1, **form})
                    self.release.risky.add(whole)
                    self.release.values[whole] = row.sums[slot] or 0.0

    def _elementary(self, row: TableRow, operand: Operand, back: int) -> Elementary:
        size = row.card.grain.months
        cell = {name: row.cell.get(name) for name in row.card.by} | dict(operand.filters)
        label = read_period(row.period)[0] // size - back - operand.lag // size
        return Elementary(operand.measure, size, row.card.time, row.territory, label, frozenset(cell.items()))

    def _forms(self, row: TableRow) -> Iterator[Form]:
        """The sums that a row tells; of a formula that is no sum, each operand by itself."""
        sides = [row.card.numerator, *([row.card.base] if row.card.base is not None else [])]
        for side in sides:
            factors = _linear(side)
            if factors is not None:
                yield from self._form(row, factors)
                continue
            for operand in operands(side):
                yield from self._form(row, {operand: Fraction(1)})

    def _form(self, row: TableRow, factors: Mapping[Operand, Fraction]) -> Iterator[Form]:
        form: dict[int, int] = defaultdict(int)
        for operand, factor in factors.items():
            whole = factor.numerator * pow(factor.denominator, -1, PRIME) % PRIME
            for back in _periods_back(row.card, operand, row.period):
                figure = self.numbers.get(self._elementary(row, operand, back))
                if figure is not None:  # what no row tells of is not there, and adds nothing
                    form[figure] += whole
        kept = {figure: value for figure, value in form.items() if value % PRIME}
        if kept:
            yield kept

    def _places(self) -> Iterable[Form]:
        """A place is the sum of the places in it."""
        groups: dict[tuple[object, ...], dict[int, list[Elementary]]] = defaultdict(lambda: defaultdict(list))
        for figure in self.numbers:
            if (figure.measure, figure.months, figure.time) in self.additive:
                key = (figure.measure, figure.months, figure.time, figure.label, figure.cell)
                groups[key][len(figure.place)].append(figure)
        for levels in groups.values():
            finest_first = sorted(levels, reverse=True)
            for fine, coarse in pairwise(finest_first):
                parts = _gathered(levels[fine], partial(_outer_place, coarse))
                yield from self._split(levels[coarse], parts, lambda total: total.place)

    def _cells(self) -> Iterable[Form]:
        """A cell is the sum of the cells it parts into."""
        groups: dict[tuple[object, ...], dict[frozenset[str], list[Elementary]]] = defaultdict(
            lambda: defaultdict(list)
        )
        for figure in self.numbers:
            key = (figure.measure, figure.months, figure.time, figure.label, figure.place)
            groups[key][frozenset(name for name, _ in figure.cell)].append(figure)
        for crossings in groups.values():
            for coarse in crossings:
                for fine in crossings:
                    between = any(coarse < other < fine for other in crossings)
                    if coarse < fine and not between:
                        parts = _gathered(crossings[fine], partial(_outer_cell, coarse))
                        yield from self._split(crossings[coarse], parts, lambda total: total.cell)

    def _years(self) -> Iterable[Form]:
        """A long period is the sum of the shorter ones in it, of what is summed over time."""
        groups: dict[tuple[object, ...], dict[int, list[Elementary]]] = defaultdict(lambda: defaultdict(list))
        for figure in self.numbers:
            if figure.time is TimeRule.SUM:
                groups[figure.measure, figure.place, figure.cell][figure.months].append(figure)
        for sizes in groups.values():
            for short, long in pairwise(sorted(sizes)):
                parts = _gathered(sizes[short], partial(_outer_period, long // short))
                yield from self._split(sizes[long], parts, lambda total: total.label)

    def _split(
        self,
        totals: Iterable[Elementary],
        parts: Mapping[object, Sequence[Elementary]],
        key: Callable[[Elementary], object],
    ) -> Iterable[Form]:
        for total in totals:
            inner = parts.get(key(total))
            if inner:
                yield {self.numbers[total]: -1, **{self.numbers[part]: 1 for part in inner}}


def _gathered(
    figures: Iterable[Elementary], key: Callable[[Elementary], object]
) -> Mapping[object, list[Elementary]]:
    gathered: dict[object, list[Elementary]] = defaultdict(list)
    for figure in figures:
        gathered[key(figure)].append(figure)
    return gathered


def _outer_place(level: int, figure: Elementary) -> str:
    return figure.place[:level]


def _outer_cell(names: frozenset[str], figure: Elementary) -> Cell:
    return frozenset(item for item in figure.cell if item[0] in names)


def _outer_period(length: int, figure: Elementary) -> int:
    return figure.label // length


def _linear(node: Node) -> dict[Operand, Fraction] | None:
    """Factors of the operands when the formula is a sum of multiples of them; None when it is not."""
    if isinstance(node, Reference):
        return {node.operand: Fraction(1)}
    if isinstance(node, Number):
        return {}
    if isinstance(node, Negation):
        inner = _linear(node.of)
        return None if inner is None else {operand: -factor for operand, factor in inner.items()}
    return _linear_calculation(node) if isinstance(node, Calculation) else {}


def _linear_calculation(node: Calculation) -> dict[Operand, Fraction] | None:
    left, right = _linear(node.left), _linear(node.right)
    if left is None or right is None:
        return None
    if node.sign in "+-":
        sign = 1 if node.sign == "+" else -1
        joined = defaultdict(Fraction, left)
        for operand, factor in right.items():
            joined[operand] += sign * factor
        return dict(joined)
    if isinstance(node.right, Number) and node.right.value:
        factor = Fraction(node.right.value).limit_denominator(10**9)
        return {operand: f * factor if node.sign == "*" else f / factor for operand, f in left.items()}
    if isinstance(node.left, Number) and node.sign == "*":
        factor = Fraction(node.left.value).limit_denominator(10**9)
        return {operand: f * factor for operand, f in right.items()}
    return None if left or right else {}


def _periods_back(card: Card, operand: Operand, period: str) -> Iterable[int]:
    window = window_of(operand, card.grain)
    if window is None or card.time is TimeRule.LAST:
        return range(1)
    if window is Window.ROLLING:
        return range(operand.window_months // card.grain.months)
    if window is Window.YEAR_TO_DATE and card.grain is not Grain.YEAR:
        label = read_period(period)[0] // card.grain.months
        return range(label % (12 // card.grain.months) + 1)
    return range(LARGEST_WINDOW)
