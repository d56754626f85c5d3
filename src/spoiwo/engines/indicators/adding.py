"""The short way through a card: sums of single measures that need no pairing, no windows and no other periods.

Most cards are like that, and most of the work on them is the same: every measure is added up once per place and
period, whichever cards take it.
"""

from collections.abc import Sequence

from spoiwo.engines.indicators.cards import Card, SpaceRule, TimeRule
from spoiwo.engines.indicators.quoting import columns, text
from spoiwo.kernel.expressions.nodes import operands

Steps = list[tuple[str, str]]


def is_short(card: Card) -> bool:
    """Whether a card can go the short way."""
    plain = not any(operand.is_past or operand.window or operand.filters for operand in card.operands)
    return (
        plain
        and not card.is_paired
        and not card.frame_parts
        and card.time is TimeRule.SUM
        and len(operands(card.numerator)) == 1
    )


def unit_steps(cards: Sequence[Card], value: str) -> Steps:
    """Steps up to `units`: one row per measure, unit, place, cell and period. value: SQL of the value that counts."""
    card = cards[0]
    reaches = "=" if card.space is SpaceRule.NONE else ">="
    measures = dict.fromkeys(measure for each in cards for measure in each.measures)
    wanted = " UNION ALL ".join(
        f"SELECT {text(measure)} AS measure, {number} AS mid" for number, measure in enumerate(measures)
    )
    single = len(card.levels) == 1
    place = f"substr(o.territory, 1, {card.levels[0]})" if single else "o.territory"
    key = f"w.mid, o.unit_id, {place}{columns(card.by, 'o')}, p.g"
    level = f"{card.levels[0]} AS level, " if single else ""
    rows = (
        f"SELECT w.mid, {level}o.unit_id, {place} AS territory{columns(card.by, 'o')}, p.g, sum({value}) AS v, "
        f"count({value}) AS n, count(CASE WHEN o.status <> 'na' THEN 1 END) AS y "
        "FROM observations AS o JOIN labels AS p ON o.period = p.period JOIN wanted AS w ON o.measure = w.measure "
        f"WHERE length(o.territory) {reaches if single else '>='} {min(card.levels)} GROUP BY {key}"
    )
    size = card.grain.months
    labels = f"SELECT period, CAST(floor(m / {size}) AS INTEGER) AS g FROM periods WHERE w <= {size}"
    steps = [("wanted", wanted), ("labels", labels)]
    if single:
        return [*steps, ("units", rows)]
    place = "substr(t.territory, 1, l.level)"
    key = f"t.mid, l.level, t.unit_id, {place}{columns(card.by, 't')}, t.g"
    spread = (
        f"SELECT t.mid, l.level, t.unit_id, {place} AS territory{columns(card.by, 't')}, t.g, sum(t.v) AS v, "
        f"sum(t.n) AS n, sum(t.y) AS y FROM added AS t JOIN levels AS l ON length(t.territory) {reaches} l.level "
        f"GROUP BY {key}"
    )
    return [*steps, ("added", rows), ("units", spread)]


def place_steps(cards: Sequence[Card], *, frame: bool, contributors: bool) -> Steps:
    """Steps from `units` to `places`."""
    card = cards[0]
    by = columns(card.by, "u")
    key = f"u.mid, u.level, u.territory{by}, u.g"
    most = ", max(abs(u.v)) AS most, sum(abs(u.v)) AS whole" if contributors else ""
    inside, joined = "0", ""
    if frame:
        inside = "count(CASE WHEN u.v IS NOT NULL AND w.unit_id IS NOT NULL THEN 1 END)"
        joined = (
            " LEFT JOIN awaited_units AS w ON u.unit_id = w.unit_id AND u.g = w.g AND u.level = w.level "
            "AND u.territory = w.territory"
        )
    sums = (
        f"SELECT {key}, sum(u.v) AS v, count(u.v) AS n, sum(u.y - u.n) AS x, sum(u.y) AS y, {inside} AS inside{most} "
        f"FROM units AS u{joined} GROUP BY {key}"
    )
    return [
        ("sums", sums),
        ("taking", _taking(cards)),
        ("counted", _counted(card, contributors=contributors)),
    ]


def _taking(cards: Sequence[Card]) -> str:
    measures = list(dict.fromkeys(measure for card in cards for measure in card.measures))
    return " UNION ALL ".join(
        f"SELECT {number} AS card, {slot} AS slot, {measures.index(operand.measure)} AS mid"
        for number, card in enumerate(cards)
        for slot, operand in enumerate(card.operands)
    )


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
        f"FROM sums AS s JOIN taking AS k ON s.mid = k.mid GROUP BY {key}"
    )
