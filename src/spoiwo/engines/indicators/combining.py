"""The last step of a statement: formulas over aggregated figures, status, texts of periods."""

from collections.abc import Callable, Sequence

from spoiwo.engines.indicators.cards import Card, MissingRule, SpaceRule, TimeRule, window_of
from spoiwo.engines.indicators.quoting import columns, same
from spoiwo.kernel.expressions.nodes import (
    Calculation,
    Institutions,
    Negation,
    Node,
    Number,
    Operand,
    Reference,
    Window,
)

NOTHING = "CAST(NULL AS DOUBLE)"


def final_columns(cards: Sequence[Card], by: Sequence[str], *, frame: bool, contributors: bool) -> str:
    """SELECT of card, level, territory, period, dimensions, numerator, denominator, value, n_units, coverage,
    status; with contributors also, per operand in order, v, n_v, max_v and abs_v.
    """
    card = cards[0]
    steps = _known(card, by, frame=frame)
    told = (
        "".join(f", v{s}, n_v{s}, max_v{s}, abs_v{s}" for s in range(len(card.operands)))
        if contributors
        else ""
    )
    value = _per_card(cards, _value)
    status = "CASE WHEN value IS NOT NULL THEN 'ok' WHEN y = 0 OR whole = 1 THEN 'na' ELSE 'missing' END"
    return (
        f"SELECT card, level, territory, period{columns(by)}, numerator, denominator, value, n_units, coverage, "
        f"{status} AS status{told} FROM (SELECT *, {value} AS value FROM (SELECT *, "
        f"{_per_card(cards, _above)} AS numerator, {_per_card(cards, _below)} AS denominator, "
        f"{_whole(card)} AS whole FROM ({steps}) AS k) AS n) AS r"
    )


def _known(card: Card, by: Sequence[str], *, frame: bool) -> str:
    """Operands t0, t1, ..., empty where they cannot be told, and parts f0, f1, ... of the frame."""
    strict = " AND p.x = 0" if card.missing is MissingRule.REQUIRE_ALL else ""
    known = "".join(
        f", CASE WHEN {_is_known(card, slot, operand)}{strict} THEN p.v{slot}{_share(card, operand)} END AS t{slot}"
        for slot, operand in enumerate(card.operands)
    )
    joined = ""
    if card.has_windows:
        joined = (
            " JOIN complete AS q ON p.level = q.level AND p.territory = q.territory AND p.g = q.g"
            + same("p", "q", by)
        )
    parts = ""
    for number, _ in enumerate(card.frame_parts if frame else ()):
        table = f"a{number}"
        parts += f", {table}.f AS f{number}"
        joined += (
            f" LEFT JOIN part{number} AS {table} ON p.level = {table}.level AND p.territory = {table}.territory "
            f"AND p.g = {table}.g{same('p', table, by)}"
        )
    return f"SELECT p.*{known}{parts}, {_period(card)} AS period FROM places AS p{joined}"


def _is_known(card: Card, slot: int, operand: Operand) -> str:
    tests = [f"p.n_v{slot} = 1" if card.space is SpaceRule.NONE else f"p.n_v{slot} > 0"]
    if card.has_windows:
        tests.append(f"q.c_v{slot} = {_wanted(card, operand)}")
    return " AND ".join(tests)


def _share(card: Card, operand: Operand) -> str:
    """Means over windows are means of their periods."""
    wanted = _wanted(card, operand)
    return f" / {wanted}" if card.time is TimeRule.AVERAGE and wanted != "1" else ""


def _wanted(card: Card, operand: Operand) -> str:
    """How many periods the window of an operand has."""
    size = card.grain.months
    window = window_of(operand, card.grain)
    if window is None or card.time is TimeRule.LAST:
        return "1"
    if window is Window.ROLLING:
        return str(operand.window_months // size)
    if window is Window.YEAR_TO_DATE:
        return f"(p.g % {12 // size} + 1)"
    return "(p.g - (SELECT min(shown) FROM shown) + 1)"


def _period(card: Card) -> str:
    if card.grain.months == 12:
        return "lpad(CAST(p.g AS VARCHAR), 4, '0')"
    size = 12 // card.grain.months
    year = f"lpad(CAST(CAST(floor(p.g / {size}) AS INTEGER) AS VARCHAR), 4, '0')"
    inner = f"CAST(p.g % {size} + 1 AS VARCHAR)"
    return f"concat({year}, '-Q', {inner})" if size == 4 else f"concat({year}, '-', lpad({inner}, 2, '0'))"


def _whole(card: Card) -> str:
    """1 when every operand is known: without a value only a division by zero is left as the reason."""
    tests = [f"t{slot} IS NOT NULL" for slot in range(len(card.operands))]
    return f"CASE WHEN {' AND '.join(tests) or '1 = 1'} THEN 1 ELSE 0 END"


def _per_card(cards: Sequence[Card], write: Callable[[Card], str]) -> str:
    texts: dict[str, list[int]] = {}
    for number, card in enumerate(cards):
        texts.setdefault(write(card), []).append(number)
    if len(texts) == 1:
        return next(iter(texts))
    choices = " ".join(
        f"WHEN card IN ({', '.join(map(str, numbers))}) THEN {said}" for said, numbers in texts.items()
    )
    return f"CASE {choices} END"


def _above(card: Card) -> str:
    return _strictly(card, _written(card.numerator, card))


def _below(card: Card) -> str:
    if card.is_mean:
        return f"CASE WHEN {_above(card)} IS NOT NULL THEN CAST(n_units AS DOUBLE) END"
    return NOTHING if card.base is None else _strictly(card, _written(card.base, card))


def _strictly(card: Card, formula: str) -> str:
    """Under require_all a missing cell on one side hides both."""
    return f"CASE WHEN x = 0 THEN {formula} END" if card.missing is MissingRule.REQUIRE_ALL else formula


def _value(card: Card) -> str:
    factor = f" * {_number(card.multiplier)}"
    if card.is_difference:
        return f"(numerator - denominator){factor}"
    if card.base is None and not card.is_mean:
        return f"numerator{factor}"
    above = "(numerator - denominator)" if card.is_growth else "numerator"
    return f"CAST({above} AS DOUBLE) / nullif(denominator, 0){factor}"


def _written(node: Node, card: Card) -> str:
    if isinstance(node, Number):
        return _number(node.value)
    if isinstance(node, Reference):
        return f"t{card.operands.index(node.operand)}"
    if isinstance(node, Negation):
        return f"(-{_written(node.of, card)})"
    if isinstance(node, Calculation):
        left, right = _written(node.left, card), _written(node.right, card)
        if node.sign == "/":
            return f"(CAST({left} AS DOUBLE) / nullif({right}, 0))"
        return f"({left} {node.sign} {right})"
    part = f"f{card.frame_parts.index(node)}"
    return f"coalesce({part}, 0.0)" if isinstance(node, Institutions) else part


def _number(value: float) -> str:
    """A constant as a double, so that whole numbers are never divided as such."""
    return f"CAST({value!r} AS DOUBLE)"
