"""Cards into SQL: one statement for cards that are worked out alike.

The statement is written in DuckDB's dialect and brought into the wanted one by sqlglot. It reads three relations:

    observations  measure, unit_id, territory, period, status (text), value (double) and the dimensions
    periods       period, m (month it ends in), w (months it has)
    expected      unit_id, territory, m, w and whatever else the frame tells; only with a frame

Every step is a query of its own, in the order in which a card is read: rows, operands, pairs, time, windows,
units, places, formula. `reference` says the same in Python.
"""

from collections.abc import Iterable, Sequence

from spoiwo.engines.indicators.adding import place_steps, straight_steps, unit_steps
from spoiwo.engines.indicators.batching import Surroundings, is_plain, is_short
from spoiwo.engines.indicators.cards import Card, MissingRule, SpaceRule, TimeRule, window_of
from spoiwo.engines.indicators.combining import final_columns
from spoiwo.engines.indicators.framing import frame_steps
from spoiwo.engines.indicators.quoting import columns, label, name, text
from spoiwo.kernel.expressions.nodes import Operand, Window, operands

FINITE = "abs(o.value) <= 1.7976931348623157e308"  # neither infinite nor NaN, which is above all numbers


def statement(cards: Sequence[Card], around: Surroundings) -> str:
    """The query of one batch in DuckDB's dialect. Its columns: combining.final_columns."""
    return _Statement(list(cards), around).written()


class _Statement:
    def __init__(self, cards: list[Card], around: Surroundings):
        self.cards = cards
        self.card = cards[0]
        self.around = around
        self.size = self.card.grain.months
        self.slots = [f"v{slot}" for slot in range(len(self.card.operands))]
        self.series = self.card.time is not TimeRule.SUM
        needs_all = self.card.is_paired or self.series
        needed = {*self.card.by, *self.card.filtered}
        self.dims = [d for d in around.dimensions if needs_all or d in needed]
        self.by = list(self.card.by)
        self.at_once = len(self.card.levels) == 1 and not self.card.has_windows
        self.steps: list[tuple[str, str]] = []

    def written(self) -> str:
        self._small_tables()
        if is_short(self.card):
            self.steps += unit_steps(self.cards, self._value(), self.around)
        elif self.slots and self.at_once and not self.card.frame_parts and all(map(is_plain, self.cards)):
            self.steps += straight_steps(self.card, self._value(), self.around)
        elif self.slots:
            self._rows()
            self._operands()
            self._cells()
            self._time()
            if self.card.has_windows:
                self._windows()
            if not self.at_once:
                self._units()
        self._frame()
        self._places()
        final = final_columns(
            self.cards,
            self.by,
            frame=self.around.frame_columns is not None,
            contributors=self.around.contributors and bool(self.slots),
        )
        steps = ",\n".join(f"{title} AS ({query})" for title, query in self.steps)
        return f"WITH {steps}\n{final}"

    def step(self, title: str, query: str) -> None:
        self.steps.append((title, query))

    def _small_tables(self) -> None:
        rows = [
            f"SELECT {number} AS card, {slot} AS slot, {text(operand.measure)} AS measure, {lag} AS lag, "
            f"{editions} AS editions, {self._filter_number(operand)} AS f, {own} AS own"
            for number, card in enumerate(self.cards)
            for slot, operand, lag, editions, own in _operand_rows(card)
        ]
        if rows and not is_short(self.card):
            self.step("ops", " UNION ALL ".join(rows))
        self.step("levels", " UNION ALL ".join(f"SELECT {level} AS level" for level in self.card.levels))

    def _filter_number(self, operand: Operand) -> int:
        return self._all_filters().index(operand.filters)

    def _all_filters(self) -> list[tuple[tuple[str, str], ...]]:
        found = dict.fromkeys(operand.filters for card in self.cards for operand in card.operands)
        return [(), *(filters for filters in found if filters)]

    def _value(self) -> str:
        """The value of a row that counts, if any; what is not finite is no answer."""
        zero = ""
        if "zero_reported" in self.around.statuses:
            finite = "" if self.card.missing is MissingRule.ZERO else f" AND {FINITE}"
            zero = f"WHEN o.status = 'zero_reported'{finite} THEN 0.0 "
        return f"CASE WHEN o.status = 'ok' AND {FINITE} THEN o.value {zero}END"

    def _rows(self) -> None:
        value = self._value()
        measures = ", ".join(text(m) for m in dict.fromkeys(m for card in self.cards for m in card.measures))
        self.step(
            "told",
            f"SELECT o.measure, o.unit_id, o.territory{columns(self.dims, 'o')}, p.m, o.status, {value} AS v "
            f"FROM observations AS o JOIN periods AS p ON o.period = p.period "
            f"WHERE o.measure IN ({measures}) AND p.w <= {self.size}",
        )
        told = "CASE WHEN status = 'na' THEN 0 ELSE 1 END"
        missing = "CASE WHEN status <> 'na' AND v IS NULL THEN 1 ELSE 0 END"
        if self.card.is_paired or self.series:
            self.step(
                "taken",
                f"SELECT measure, unit_id, territory{columns(self.dims)}, m, v, {missing} AS x, {told} AS y "
                "FROM told",
            )
            return
        end = f"{self._label('m')} * {self.size} + {self.size - 1}"
        self.step(
            "taken",  # already added up over time: fewer rows for everything that follows
            f"SELECT measure, unit_id, territory{columns(self.dims)}, {end} AS m, sum(v) AS v, "
            f"sum({missing}) AS x, sum({told}) AS y FROM told "
            f"GROUP BY measure, unit_id, territory{columns(self.dims)}, {end}",
        )

    def _operands(self) -> None:
        month, joined = "r.m + o.lag", ""
        if any(operand.editions for operand in self.card.operands):
            self._editions(max(operand.editions for card in self.cards for operand in card.operands))
            joined = (
                f" LEFT JOIN edition_of AS e ON o.editions = e.k AND r.measure = e.measure "
                f"AND {self._label('r.m')} = e.g"
            )
            month = f"CASE WHEN o.editions > 0 THEN r.m + (e.shown - e.g) * {self.size} ELSE r.m + o.lag END"
        self.step(
            "operands",
            f"SELECT o.card, o.slot, o.own, r.unit_id, r.territory{columns(self.dims, 'r')}, {month} AS m, "
            f"r.v, r.x, r.y FROM taken AS r JOIN ops AS o ON r.measure = o.measure{joined}"
            f"{self._filter()}",
        )

    def _editions(self, back: int) -> None:
        """For every measure and period: the k-th period after it that the measure has."""
        leads = " UNION ALL ".join(
            f"SELECT measure, g, {k} AS k, lead(g, {k}) OVER (PARTITION BY measure ORDER BY g) AS shown "
            f"FROM (SELECT DISTINCT measure, {self._label('m')} AS g FROM taken) AS d{k}"
            for k in range(1, back + 1)
        )
        self.step("edition_of", leads)

    def _filter(self) -> str:
        choices = self._all_filters()
        if len(choices) == 1:
            return ""
        tests = ["o.f = 0"]
        for number, filters in enumerate(choices[1:], start=1):
            cells = " AND ".join(f"r.{name(dim)} = {text(value)}" for dim, value in filters)
            tests.append(f"(o.f = {number} AND {cells})")
        return f" WHERE {' OR '.join(tests)}"

    def _cells(self) -> None:
        """One row per unit, cell and month, an operand in each column."""
        sums = "".join(f", sum(v) FILTER (WHERE slot = {slot}) AS v{slot}" for slot in range(len(self.slots)))
        past = any(operand.is_past for card in self.cards for operand in card.operands)
        # Rows of slot -1 only show that something is told of their period; nothing is missing because of them.
        missing = _some(("x",), " AND slot >= 0" if past else "")
        counts = f"{missing}, {_some(('y',))}, {_any('own') if past else '1'} AS b"
        key = f"card, unit_id{columns(self.dims)}, m"
        where = " WHERE m IS NOT NULL"
        if not self.card.is_paired:
            self.step(
                "cells",
                f"SELECT {key}, territory{sums}, {counts} FROM operands{where} GROUP BY {key}, territory",
            )
            return
        self.step(
            "gathered",
            f"SELECT {key}, max(territory) AS territory{sums}, {counts} FROM operands{where} GROUP BY {key}",
        )
        beside = {*self.card.filtered, *self.card.loose}
        inner = [d for d in self.dims if d not in beside]
        if not beside:
            whole = " AND ".join(f"{slot} IS NOT NULL" for slot in self.slots) + " AND x = 0"
            source, place = "gathered", "territory"
        else:
            over = f"OVER (PARTITION BY card, unit_id{columns(inner)}, m)"
            counted = "".join(f", count({slot}) {over} AS n_{slot}" for slot in self.slots)
            self.step(
                "groups",
                f"SELECT *{counted}, sum(x) {over} AS n_x, max(territory) {over} AS place FROM gathered",
            )
            whole = " AND ".join(f"n_{slot} > 0" for slot in self.slots) + " AND n_x = 0"
            source, place = "groups", "place"
        kept = "".join(f", CASE WHEN {whole} THEN {slot} END AS {slot}" for slot in self.slots)
        self.step("cells", f"SELECT {key}, {place} AS territory{kept}, x, y, b FROM {source}")

    def _time(self) -> None:
        period = self._label("m")
        counts = _some(("x", "y", "b"))
        source = "cells"
        if self.series:
            self._states(period)
            source, period = "states", "g"
        sums = "".join(f", sum({slot}) AS {slot}" for slot in self.slots)
        place, level, where, title = "territory", "", "", "timed"
        if self.at_once:  # one level only: straight to the units of its places
            reaches = "=" if self.card.space is SpaceRule.NONE else ">="
            (one,) = self.card.levels
            place, level, title = f"substr(territory, 1, {one})", f"{one} AS level, ", "units"
            where = f" WHERE length(territory) {reaches} {one}"
        self.step(
            title,
            f"SELECT card, {level}unit_id, {place} AS territory{columns(self.by)}, {period} AS g{sums}, {counts} "
            f"FROM {source}{where} GROUP BY card, unit_id, {place}{columns(self.by)}, {period}",
        )

    def _states(self, period: str) -> None:
        """The last figure, or the mean, of every unit and cell, where the unit was at the end."""
        self.step(
            "lasting",
            f"SELECT *, {period} AS g, max(m) OVER (PARTITION BY card, unit_id, {period}) AS last_m FROM cells",
        )
        self.step(
            "homes",
            "SELECT card, unit_id, g, max(territory) AS home FROM lasting WHERE m = last_m "
            "GROUP BY card, unit_id, g",
        )
        key = f"l.card, l.unit_id, h.home{columns(self.dims, 'l')}, l.g"
        summed = "".join(f", sum(l.{slot}) AS {slot}" for slot in self.slots)
        self.step(
            "settled",
            f"SELECT l.card, l.unit_id, h.home AS territory{columns(self.dims, 'l')}, l.g, l.m{summed}, "
            "sum(l.x) AS x, sum(l.y) AS y, sum(l.b) AS b FROM lasting AS l JOIN homes AS h ON l.card = h.card "
            f"AND l.unit_id = h.unit_id AND l.g = h.g GROUP BY {key}, l.m",
        )
        if self.card.time is TimeRule.AVERAGE:
            taken = "".join(f", avg({slot}) AS {slot}" for slot in self.slots)
        else:
            taken = "".join(
                f", arg_max({slot}, m) FILTER (WHERE {slot} IS NOT NULL) AS {slot}" for slot in self.slots
            )
        key = f"card, unit_id, territory{columns(self.dims)}, g"
        self.step(
            "states",
            f"SELECT {key}{taken}, sum(x) AS x, sum(y) AS y, sum(b) AS b FROM settled GROUP BY {key}",
        )

    def _windows(self) -> None:
        """Every figure at all periods that take it in; only one card at a time."""
        self.step("shown", "SELECT DISTINCT g AS shown FROM timed WHERE b > 0")
        tests = [self._takes_in(operand) for operand in self.card.operands]
        kept = "".join(
            f", CASE WHEN {test} THEN t.{slot} END AS {slot}"
            for slot, test in zip(self.slots, tests, strict=True)
        )
        self.step(
            "spread",
            f"SELECT t.card, t.unit_id, t.territory{columns(self.by, 't')}, s.shown AS g, s.shown - t.g AS back"
            f"{kept}, t.x, t.y, CASE WHEN s.shown = t.g THEN t.b ELSE 0 END AS b FROM timed AS t JOIN shown AS s "
            f"ON s.shown = t.g OR {' OR '.join(tests)}",
        )

    def _takes_in(self, operand: Operand) -> str:
        window = window_of(operand, self.card.grain)
        if window is None or self.card.time is TimeRule.LAST:
            return "(s.shown = t.g)"
        if window is Window.ROLLING:
            return f"(s.shown >= t.g AND s.shown < t.g + {operand.window_months // self.size})"
        if window is Window.YEAR_TO_DATE:
            year = 12 // self.size
            return f"(s.shown >= t.g AND floor(s.shown / {year}) = floor(t.g / {year}))"
        return "(s.shown >= t.g)"

    def _units(self) -> None:
        """One row per unit in every place of the result that it counts for."""
        source = "spread" if self.card.has_windows else "timed"
        reaches = "=" if self.card.space is SpaceRule.NONE else ">="
        sums = "".join(f", sum({slot}) AS {slot}" for slot in self.slots)
        counts = _some(("x", "y", "b"))
        place = "substr(t.territory, 1, l.level)"
        key = f"t.card, l.level, {place}, t.unit_id{columns(self.by, 't')}, t.g"
        joined = f"FROM {source} AS t JOIN levels AS l ON length(t.territory) {reaches} l.level"
        self.step(
            "units",
            f"SELECT t.card, l.level, {place} AS territory, t.unit_id{columns(self.by, 't')}, t.g{sums}, {counts} "
            f"{joined} GROUP BY {key}",
        )
        if self.card.has_windows:
            taken = "".join(
                f", count(DISTINCT CASE WHEN t.{slot} IS NOT NULL THEN t.back END) AS c_{slot}"
                for slot in self.slots
            )
            self.step(
                "complete",
                f"SELECT l.level, {place} AS territory{columns(self.by, 't')}, t.g{taken} {joined} "
                f"GROUP BY l.level, {place}{columns(self.by, 't')}, t.g",
            )

    def _frame(self) -> None:
        if self.around.frame_columns is not None:
            self.steps += frame_steps(self.card, self.around.frame_columns, self._value())

    def _places(self) -> None:
        """One row per figure."""
        if not self.slots:
            key = f"level, territory{columns(self.by)}, g"
            self.step(
                "places",
                f"SELECT 0 AS card, {key}, 0 AS x, 1 AS y, count(DISTINCT unit_id) AS n_units, "
                f"CAST(NULL AS DOUBLE) AS coverage FROM awaited GROUP BY {key}",
            )
            return
        framed = self.around.frame_columns is not None
        if is_short(self.card):
            self.steps += place_steps(self.cards, frame=framed, contributors=self.around.contributors)
            self._covered(framed=framed)
            return
        key = f"u.card, u.level, u.territory{columns(self.by, 'u')}, u.g"
        answered, told = self._has_numerator(), self.around.contributors
        sums = "".join(
            f", sum(u.{slot}) AS {slot}, count(u.{slot}) AS n_{slot}"
            + (f", max(abs(u.{slot})) AS max_{slot}, sum(abs(u.{slot})) AS abs_{slot}" if told else "")
            for slot in self.slots
        )
        inside = f"count(CASE WHEN {answered} AND w.unit_id IS NOT NULL THEN 1 END)" if framed else "0"
        joined = (
            " LEFT JOIN awaited_units AS w ON u.unit_id = w.unit_id AND u.g = w.g AND u.level = w.level "
            "AND u.territory = w.territory"
            if framed
            else ""
        )
        self.step(
            "counted",
            f"SELECT {key}{sums}, {_some(('x', 'y'))}, count(CASE WHEN {answered} THEN 1 END) AS n_units, "
            f"{inside} AS inside FROM units AS u{joined} GROUP BY {key} HAVING sum(u.b) > 0",
        )
        self._covered(framed=framed)

    def _covered(self, *, framed: bool) -> None:
        rest = "CAST(NULL AS DOUBLE) AS coverage FROM counted AS c"
        if framed:
            rest = (
                "CAST(c.inside AS DOUBLE) / w.e AS coverage FROM counted AS c LEFT JOIN awaited_counts AS w "
                "ON c.g = w.g AND c.level = w.level AND c.territory = w.territory"
            )
        self.step("places", f"SELECT c.*, {rest}")

    def _has_numerator(self) -> str:
        """Whether a unit has answered something that the numerator takes."""
        tests: dict[str, list[int]] = {}
        for number, card in enumerate(self.cards):
            above = {card.operands.index(operand) for operand in operands(card.numerator)}
            test = " OR ".join(f"u.v{slot} IS NOT NULL" for slot in sorted(above) or range(len(self.slots)))
            tests.setdefault(test, []).append(number)
        if len(tests) == 1:
            return f"({next(iter(tests))})"
        return (
            "("
            + " OR ".join(
                f"(u.card IN ({', '.join(map(str, numbers))}) AND ({test}))"
                for test, numbers in tests.items()
            )
            + ")"
        )

    def _label(self, month: str) -> str:
        """The period of the result that a month lies in."""
        return label(month, self.size)


def _some(counts: Sequence[str], more: str = "") -> str:
    """Columns of how many rows have any; whether there are any is all that is ever asked of them."""
    return ", ".join(f"{_any(count, more)} AS {count}" for count in counts)


def _any(count: str, more: str = "") -> str:
    """A count stays in 64 bits, where a sum would be added in 128."""
    return f"count(CASE WHEN {count} > 0{more} THEN 1 END)"


def _operand_rows(card: Card) -> Iterable[tuple[int, Operand, int, int, int]]:
    """Slot, operand, months to move, editions to move, whether the row shows that its period is there."""
    present = {(operand.measure, operand.filters) for operand in card.operands if not operand.is_past}
    for slot, operand in enumerate(card.operands):
        yield slot, operand, operand.lag, operand.editions, int(not operand.is_past)
        if operand.is_past and (operand.measure, operand.filters) not in present:
            present.add((operand.measure, operand.filters))
            yield -1, operand, 0, 0, 1
