"""What a card means, in plain Python: slow, and meant to be read. Engines are compared with it.

A card is worked out in the order of its parts here: rows, operands, pairs, time, windows, space, formula.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from spoiwo.engines.indicators.cards import Card, MissingRule, SpaceRule, TimeRule, loosened, window_of
from spoiwo.engines.indicators.observed import Cell, Expected, Figure, Row, value_of
from spoiwo.engines.indicators.periods import read_period, written_period
from spoiwo.kernel.expressions.nodes import (
    Calculation,
    Institutions,
    Negation,
    Node,
    Number,
    Operand,
    Reference,
    ResponseRate,
    Window,
    operands,
)

Slots = dict[int, float]


@dataclass(slots=True)
class _Heap:
    """What has been added up for one key: a sum per operand, and counts of rows."""

    sums: Slots = field(default_factory=dict)
    missing: int = 0
    told: int = 0  # rows that are not na
    own: int = 0  # rows of the period itself, not brought from another

    def add(self, sums: Slots, missing: int = 0, told: int = 0, own: int = 0) -> None:
        for slot, value in sums.items():
            self.sums[slot] = self.sums.get(slot, 0.0) + value
        self.missing += missing
        self.told += told
        self.own += own


def compute(card: Card, rows: Sequence[Row], frame: Sequence[Expected] | None = None) -> list[Figure]:
    """All figures of a card, in the order of level, territory, period and cell."""
    names = sorted({name for row in rows for name in row.cell})
    card = loosened(card, _divided(rows))
    used = [row for row in rows if row.measure in card.measures]
    usable = [row for row in used if read_period(row.period)[1] <= card.grain.months]
    series = _paired(card, names, _rows_of_operands(card, usable, names))
    spread = _windowed(card, _over_time(card, names, series))
    return [
        figure
        for level in card.levels
        for figure in _at_level(card, level, spread, frame, rows if not card.measures else usable)
    ]


def _divided(rows: Sequence[Row]) -> dict[str, set[str]]:
    """By measure, the dimensions that it is broken down by anywhere."""
    found: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        found[row.measure] |= set(row.cell)
    return found


Series = dict[tuple[str, str, Cell, int], _Heap]


def _rows_of_operands(card: Card, rows: Sequence[Row], names: Sequence[str]) -> Series:
    """Rows of every operand at the month they are shown for, by unit, territory, cell and month."""
    heaps: Series = defaultdict(_Heap)
    for slot, operand in enumerate(card.operands):
        for row in rows:
            if row.measure != operand.measure or any(row.cell.get(n) != v for n, v in operand.filters):
                continue
            month, _ = read_period(row.period)
            cell = tuple(row.cell.get(name) for name in names)
            told = row.status != "na"
            heaps[row.unit, row.territory, cell, month].add({}, told=told, own=1)
            shown = _shown_for(card, operand, month, rows)
            if shown is None:
                continue
            value = value_of(row, card.missing)
            heaps[row.unit, row.territory, cell, shown].add(
                {slot: value} if value is not None else {}, missing=told and value is None, told=told
            )
    return heaps


def _shown_for(card: Card, operand: Operand, month: int, rows: Sequence[Row]) -> int | None:
    """The month that a row of this month counts for."""
    if not operand.editions:
        return month + operand.lag
    size = card.grain.months
    editions = sorted({read_period(row.period)[0] // size for row in rows if row.measure == operand.measure})
    at = editions.index(month // size) + operand.editions
    return month + (editions[at] - month // size) * size if at < len(editions) else None


def _paired(card: Card, names: Sequence[str], series: Series) -> Series:
    """Without what units gave for one side only, when the card pairs them."""
    if not card.is_paired:
        return series
    beside = {*card.filtered, *card.loose}
    groups: dict[tuple[str, Cell, int], Series] = defaultdict(dict)
    for (unit, territory, cell, month), heap in series.items():
        key = tuple(value for name, value in zip(names, cell, strict=True) if name not in beside)
        groups[unit, key, month][unit, territory, cell, month] = heap
    paired: Series = defaultdict(_Heap)
    for group in groups.values():
        place = max(territory for _, territory, _, _ in group)  # the finer of 0801 and 0801011 is the greater
        answered = {slot for heap in group.values() for slot in heap.sums}
        complete = len(answered) == len(card.operands) and not any(heap.missing for heap in group.values())
        for (unit, _, cell, month), heap in group.items():
            sums = heap.sums if complete else {}
            paired[unit, place, cell, month].add(sums, heap.missing, heap.told, heap.own)
    return paired


def _over_time(card: Card, names: Sequence[str], series: Series) -> Series:
    """By unit, territory, cell of the result and period of the result."""
    size = card.grain.months
    if card.time is not TimeRule.SUM:
        series = _at_last_place(series, size)
    by_period: dict[tuple[str, str, Cell, int], list[tuple[int, _Heap]]] = defaultdict(list)
    for (unit, territory, cell, month), heap in series.items():
        by_period[unit, territory, cell, month // size].append((month, heap))
    heaps: Series = defaultdict(_Heap)
    for (unit, territory, cell, label), inner in by_period.items():
        known = dict(zip(names, cell, strict=True))
        result = heaps[unit, territory, tuple(known.get(name) for name in card.by), label]
        result.add(
            {
                slot: value
                for slot in range(len(card.operands))
                if (value := _one(card, slot, inner)) is not None
            },
            missing=sum(heap.missing for _, heap in inner),
            told=sum(heap.told for _, heap in inner),
            own=sum(heap.own for _, heap in inner),
        )
    return heaps


def _one(card: Card, slot: int, inner: list[tuple[int, _Heap]]) -> float | None:
    """One figure of one unit and cell out of those of the finer periods."""
    known = sorted((month, heap.sums[slot]) for month, heap in inner if slot in heap.sums)
    if not known:
        return None
    if card.time is TimeRule.LAST:
        return known[-1][1]
    total = sum(value for _, value in known)
    return total / len(known) if card.time is TimeRule.AVERAGE else total


def _at_last_place(series: Series, size: int) -> Series:
    """States belong to where the unit was at the end of the period."""
    place: dict[tuple[str, int], tuple[int, str]] = {}
    for unit, territory, _, month in series:
        key = unit, month // size
        place[key] = max(place.get(key, (month, territory)), (month, territory))
    moved: Series = defaultdict(_Heap)
    for (unit, _, cell, month), heap in series.items():
        moved[unit, place[unit, month // size][1], cell, month].add(
            heap.sums, heap.missing, heap.told, heap.own
        )
    return moved


Spread = dict[tuple[str, str, Cell, int, int], _Heap]  # unit, territory, cell, period shown for, periods back


def _windowed(card: Card, series: Series) -> Spread:
    """Every figure at all periods whose windows take it in."""
    labels = {label for (*_, label), heap in series.items() if heap.own}
    spread: Spread = {}
    for (unit, territory, cell, label), heap in series.items():
        for shown in labels if card.has_windows else {label} & labels:
            back = shown - label
            slots = [s for s, operand in enumerate(card.operands) if _takes_in(card, operand, shown, back)]
            if slots or not back:
                kept = {slot: heap.sums[slot] for slot in slots if slot in heap.sums}
                spread[unit, territory, cell, shown, back] = _Heap(
                    kept, heap.missing, heap.told, heap.own if not back else 0
                )
    return spread


def _takes_in(card: Card, operand: Operand, shown: int, back: int) -> bool:
    window = window_of(operand, card.grain)
    if window is None or card.time is TimeRule.LAST:
        return back == 0
    if window is Window.ROLLING:
        return 0 <= back < operand.window_months // card.grain.months
    if window is Window.YEAR_TO_DATE:
        return 0 <= back <= shown % (12 // card.grain.months)
    return back >= 0


def _periods_of(card: Card, operand: Operand, shown: int, first: int) -> int:
    """How many periods the window of an operand has."""
    window = window_of(operand, card.grain)
    if window is None or card.time is TimeRule.LAST:
        return 1
    if window is Window.ROLLING:
        return operand.window_months // card.grain.months
    return shown % (12 // card.grain.months) + 1 if window is Window.YEAR_TO_DATE else shown - first + 1


@dataclass(slots=True)
class _Group:
    """One row of the result in the making."""

    units: dict[str, Slots] = field(default_factory=lambda: defaultdict(dict))
    periods: dict[int, set[int]] = field(default_factory=lambda: defaultdict(set))
    counts: _Heap = field(default_factory=_Heap)


def _at_level(
    card: Card, level: int, spread: Spread, frame: Sequence[Expected] | None, rows: Sequence[Row]
) -> Iterable[Figure]:
    if not card.operands:
        yield from _of_frame_alone(card, level, frame or (), rows)
        return
    groups: dict[tuple[str, int, Cell], _Group] = defaultdict(_Group)
    for (unit, territory, cell, shown, back), heap in spread.items():
        reaches = len(territory) == level if card.space is SpaceRule.NONE else len(territory) >= level
        if not reaches:
            continue
        group = groups[territory[:level], shown, cell]
        group.counts.add({}, heap.missing, heap.told, heap.own)
        for slot, value in heap.sums.items():
            group.units[unit][slot] = group.units[unit].get(slot, 0.0) + value
            group.periods[slot].add(back)
    first = min((key[3] for key, heap in spread.items() if heap.own), default=0)
    for (place, shown, cell), group in sorted(groups.items(), key=lambda item: _order(item[0])):
        if group.counts.own:
            known = _Known(card, level, place, shown, cell, frame, rows)
            yield _figure(known, group, first)


def _order(key: tuple[str, int, Cell]) -> tuple[object, ...]:
    place, shown, cell = key
    return place, shown, tuple((value is None, value or "") for value in cell)


@dataclass(frozen=True, slots=True)
class _Known:
    """Where a figure stands, and what the frame says there."""

    card: Card
    level: int
    place: str
    shown: int
    cell: Cell
    frame: Sequence[Expected] | None
    rows: Sequence[Row]

    def expected(self, filters: Iterable[tuple[str, str]] = (), *, in_cell: bool = False) -> set[str]:
        return {
            row.unit
            for row in self.frame or ()
            if self._overlaps(row.period)
            and len(row.territory) >= self.level
            and row.territory[: self.level] == self.place
            and all(row.cell.get(name) == value for name, value in filters)
            and (not in_cell or tuple(row.cell.get(name) for name in self.card.by) == self.cell)
        }

    def _overlaps(self, period: str) -> bool:
        size = self.card.grain.months
        end, months = read_period(period)
        return end >= self.shown * size and end - months + 1 <= self.shown * size + size - 1

    def answered(self) -> set[str]:
        size = self.card.grain.months
        return {
            row.unit
            for row in self.rows
            if value_of(row, self.card.missing) is not None
            and read_period(row.period)[1] <= size
            and read_period(row.period)[0] // size == self.shown
        }


def _figure(known: _Known, group: _Group, first: int) -> Figure:
    card = known.card
    sums: Slots = {}
    for slot, operand in enumerate(card.operands):
        values = [slots[slot] for slots in group.units.values() if slot in slots]
        wanted = _periods_of(card, operand, known.shown, first)
        if not values or len(group.periods[slot]) != wanted:
            continue
        if card.space is SpaceRule.NONE and len(values) > 1:
            continue
        is_mean = card.time is TimeRule.AVERAGE and wanted > 1
        sums[slot] = sum(values) / wanted if is_mean else sum(values)
    above = {card.operands.index(operand) for operand in operands(card.numerator)}
    above = above or set(range(len(card.operands)))
    units = {unit for unit, slots in group.units.items() if above & slots.keys()}
    expected = known.expected()
    coverage = len(units & expected) / len(expected) if expected else None
    strict = card.missing is MissingRule.REQUIRE_ALL and group.counts.missing > 0
    return _combined(known, sums, units, coverage, strict=strict, told=group.counts.told)


def _of_frame_alone(
    card: Card, level: int, frame: Sequence[Expected], rows: Sequence[Row]
) -> Iterable[Figure]:
    size = card.grain.months
    keys = set()
    for row in frame:
        end, months = read_period(row.period)
        cell = tuple(row.cell.get(name) for name in card.by)
        if len(row.territory) >= level:
            keys |= {
                (row.territory[:level], label, cell)
                for label in range((end - months + 1) // size, end // size + 1)
            }
    for place, shown, cell in sorted(keys, key=_order):
        known = _Known(card, level, place, shown, cell, frame, rows)
        yield _combined(known, {}, known.expected(in_cell=True), None, strict=False, told=1)


def _combined(
    known: _Known, sums: Slots, units: set[str], coverage: float | None, *, strict: bool, told: int
) -> Figure:
    card = known.card
    above = None if strict else _evaluate(card.numerator, known, sums)
    base: float | None = None
    if card.is_mean:
        base = float(len(units)) if above is not None else None
    elif card.base is not None and not strict:
        base = _evaluate(card.base, known, sums)
    divides = card.is_mean or (card.base is not None and not card.is_difference)
    value = _value(card, above, base, divides=divides)
    status = "ok"
    if value is None:
        complete = len(sums) == len(card.operands) and not strict
        status = "na" if complete or not told else "missing"
    return Figure(
        card=card.code,
        territory=known.place,
        level=known.level,
        period=written_period(known.shown, card.grain.months),
        cell=known.cell,
        numerator=above,
        denominator=base,
        value=value,
        n_units=len(units),
        coverage=coverage,
        status=status,
    )


def _value(card: Card, above: float | None, base: float | None, *, divides: bool) -> float | None:
    if above is None:
        return None
    if card.is_difference:
        return None if base is None else (above - base) * card.multiplier
    if not divides:
        return above * card.multiplier
    if base is None or base == 0:
        return None
    return ((above - base) if card.is_growth else above) / base * card.multiplier


def _evaluate(node: Node, known: _Known, sums: Slots) -> float | None:
    """The formula over aggregated figures; None when a part is unknown or divided by zero."""
    if isinstance(node, Number):
        return node.value
    if isinstance(node, Reference):
        return sums.get(known.card.operands.index(node.operand))
    if isinstance(node, Negation):
        inner = _evaluate(node.of, known, sums)
        return None if inner is None else -inner
    if isinstance(node, Calculation):
        return _calculated(node.sign, _evaluate(node.left, known, sums), _evaluate(node.right, known, sums))
    expected = known.expected(node.filters if isinstance(node, Institutions) else (), in_cell=True)
    if isinstance(node, ResponseRate):
        return len(expected & known.answered()) / len(expected) if expected else None
    return float(len(expected))


def _calculated(sign: str, left: float | None, right: float | None) -> float | None:
    if left is None or right is None:
        return None
    if sign == "/":
        return left / right if right else None
    return {"+": left + right, "-": left - right, "*": left * right}[sign]
