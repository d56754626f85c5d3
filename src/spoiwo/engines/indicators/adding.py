"""The short way through a card: sums of single measures that need no pairing, no windows and no other periods.

Most cards are like that, and most of the work on them is the same: every measure is added up once per place and
period, whichever cards take it.
"""

from collections.abc import Sequence

from spoiwo.engines.indicators.batching import Surroundings
from spoiwo.engines.indicators.cards import Card, SpaceRule
from spoiwo.engines.indicators.quoting import columns, text

TOLD = "CASE WHEN o.status <> 'na' THEN 1 END"
YEAR = 12  # months
Steps = list[tuple[str, str]]


def unit_steps(cards: Sequence[Card], value: str, around: Surroundings) -> Steps:
    """Steps up to `units`: one row per measure, unit, place, cell and period. value: SQL of the value that counts."""
    card = cards[0]
    single = len(card.levels) == 1
    place = f"substr(o.territory, 1, {card.levels[0]})" if single else "o.territory"
    measures = dict.fromkeys(measure for each in cards for measure in each.measures)
    tests = [f"o.measure IN ({', '.join(map(text, measures))})"] if around.others else []
    yearly = card.grain.months == YEAR  # every period tells its year
    period = "substr(o.period, 1, 4)" if yearly else "p.g"
    joined = "" if yearly else " JOIN labels AS p ON o.period = p.period"
    rows = (
        f"SELECT o.measure, o.unit_id, {place} AS territory{columns(card.by, 'o')}, {period} AS g, {value} AS v, "
        f"{TOLD} AS told FROM observations AS o{joined}"
        f"{_where([*tests, *_reaching(card, around, exactly=single)])}"
    )
    key = f"r.measure, r.unit_id, r.territory{columns(card.by, 'r')}, r.g"
    numbers = f"sum(r.v) AS v, count(r.v) AS n, {_count_told(around)} AS y"
    counts = f"SELECT {key}, {numbers} FROM counting AS r GROUP BY {key}"
    level = f", {card.levels[0]} AS level" if single else ""
    added = (
        f"SELECT c.measure, c.unit_id, c.territory{columns(card.by, 'c')}, CAST(c.g AS INTEGER) AS g, c.v, c.n, c.y"
        f"{level} FROM counts AS c"
    )
    steps = [("labels", _labels(card.grain.months)), ("counting", rows), ("counts", counts)]
    if single:
        return [*steps, ("units", added)]
    reaches = "=" if card.space is SpaceRule.NONE else ">="
    place = "substr(t.territory, 1, l.level)"
    key = f"t.measure, l.level, t.unit_id, {place}{columns(card.by, 't')}, t.g"
    spread = (
        f"SELECT t.measure, l.level, t.unit_id, {place} AS territory{columns(card.by, 't')}, t.g, sum(t.v) AS v, "
        f"sum(t.n) AS n, sum(t.y) AS y FROM added AS t JOIN levels AS l ON length(t.territory) {reaches} l.level "
        f"GROUP BY {key}"
    )
    return [*steps, ("added", added), ("units", spread)]


def straight_steps(card: Card, value: str, around: Surroundings) -> Steps:
    """Steps from `ops` to `units` for plain cards of one level: one row per card, unit, place, cell and period, an
    operand in each column. value: SQL of the value that counts.
    """
    (level,) = card.levels
    rows = (
        f"SELECT w.card, w.slot, o.unit_id, substr(o.territory, 1, {level}) AS territory{columns(card.by, 'o')}, p.g, "
        f"{value} AS v, {TOLD} AS told FROM observations AS o JOIN labels AS p ON o.period = p.period "
        f"JOIN ops AS w ON o.measure = w.measure{_where(_reaching(card, around, exactly=True))}"
    )
    key = f"r.card, r.unit_id, r.territory{columns(card.by, 'r')}, r.g"
    sums = "".join(
        f", sum(r.v) FILTER (WHERE r.slot = {slot}) AS v{slot}" for slot in range(len(card.operands))
    )
    added = (
        f"SELECT {level} AS level, {key}{sums}, {_count_told(around)} - count(r.v) AS x, count(r.told) AS y, 1 AS b "
        f"FROM counting AS r GROUP BY {key}"
    )
    return [("labels", _labels(card.grain.months)), ("counting", rows), ("units", added)]


def _count_told(around: Surroundings) -> str:
    """How many rows were told or should have been."""
    return "count(r.told)" if "na" in around.statuses else "count(*)"


def _reaching(card: Card, around: Surroundings, *, exactly: bool) -> list[str]:
    """The test of rows that reach a level of the card. exactly: whether they may have to be of that level itself."""
    least = min(card.levels)
    if exactly and card.space is SpaceRule.NONE:
        return [f"length(o.territory) = {least}"]
    return [f"length(o.territory) >= {least}"] if around.shortest < least else []


def _where(tests: Sequence[str]) -> str:
    return f" WHERE {' AND '.join(tests)}" if tests else ""


def _labels(size: int) -> str:
    """The query of the periods of the data, and of the period of the result that each lies in."""
    return f"SELECT period, CAST(floor(m / {size}) AS INTEGER) AS g FROM periods WHERE w <= {size}"


def place_steps(cards: Sequence[Card], *, frame: bool, contributors: bool) -> Steps:
    """Steps from `units` to `places`."""
    card = cards[0]
    by = columns(card.by, "u")
    key = f"u.measure, u.level, u.territory{by}, u.g"
    most = ", max(abs(u.v)) AS most, sum(abs(u.v)) AS whole" if contributors else ""
    inside, joined = "0", ""
    if frame:
        inside = "count(CASE WHEN u.v IS NOT NULL AND w.unit_id IS NOT NULL THEN 1 END)"
        joined = (
            " LEFT JOIN awaited_units AS w ON u.unit_id = w.unit_id AND u.g = w.g AND u.level = w.level "
            "AND u.territory = w.territory"
        )
    sums = (
        f"SELECT {key}, sum(u.v) AS v, count(u.v) AS n, count(CASE WHEN u.y > u.n THEN 1 END) AS x, "
        f"count(CASE WHEN u.y > 0 THEN 1 END) AS y, {inside} AS inside{most} "
        f"FROM units AS u{joined} GROUP BY {key}"
    )
    return [
        ("sums", sums),
        ("taking", _taking(cards)),
        ("counted", _counted(card, contributors=contributors)),
    ]


def _taking(cards: Sequence[Card]) -> str:
    rows = ", ".join(
        f"({number}, {slot}, {text(operand.measure)})"
        for number, card in enumerate(cards)
        for slot, operand in enumerate(card.operands)
    )
    return f"SELECT * FROM (VALUES {rows}) AS t(card, slot, measure)"


def _counted(card: Card, *, contributors: bool) -> str:
    parts = {"v": "v{}", "n": "n_v{}"} | ({"most": "max_v{}", "whole": "abs_v{}"} if contributors else {})
    slots = "".join(
        f", max(CASE WHEN k.slot = {slot} THEN s.{part} END) AS {title.format(slot)}"
        for slot in range(len(card.operands))
        for part, title in parts.items()
    )
    key = f"k.card, s.level, s.territory{columns(card.by, 's')}, s.g"
    return (
        f"SELECT {key}{slots}, sum(s.x) AS x, sum(s.y) AS y, "
        "coalesce(max(CASE WHEN k.slot = 0 THEN s.n END), 0) AS n_units, "
        "coalesce(max(CASE WHEN k.slot = 0 THEN s.inside END), 0) AS inside "
        f"FROM sums AS s JOIN taking AS k ON s.measure = k.measure GROUP BY {key}"
    )
