"""Reading formulas: a small part of Python's grammar, taken apart with `ast` and never run.

    total / 2                                arithmetic with + - * /, numbers, brackets
    only(m, sex="K")                         cells of a measure; several dimensions at once
    shift(m, years=-1)                       another period: years, quarters or months
    rolling(m, quarters=4)                   sum (or mean, by the card's rule of time) of the last periods
    cumulative(m)                            since the year began; of yearly cards since the first year
    edition(m, -1)                           the edition before, whatever year that was
    institutions(kind="CIS")                 units expected
    response_rate()                          share of expected units that answered
    measure("any code")                      a measure whose code is no plain word

The functions take measures and each other, not sums: rolling(only(m, sex="K"), quarters=4).
"""

import ast
import re
from collections.abc import Callable
from dataclasses import replace

from spoiwo.kernel.expressions.nodes import (
    Calculation,
    FormulaError,
    Institutions,
    Negation,
    Node,
    Number,
    Operand,
    Reference,
    ResponseRate,
    Window,
)

LONGEST = 500  # characters
DEEPEST = 100
FARTHEST = 1200  # months
LARGEST = 1e12
_TOKEN = re.compile(
    r"""\s+|[^\W\d]\w*|\d+(?:\.\d+)?(?![\w.])|"[^"\\\n]*"|'[^'\\\n]*'|[-+*/(),=]""", flags=re.UNICODE
)
_SIGNS: dict[type[ast.operator], str] = {ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/"}
_MONTHS = {"years": 12, "quarters": 3, "months": 1}
FUNCTIONS = (
    "only", "shift", "rolling", "cumulative", "edition", "institutions", "response_rate", "measure"
)  # fmt: skip


def parse(text: str) -> Node:
    """The formula of a text. Raises FormulaError, whatever the text."""
    _check_tokens(text)
    try:
        tree = ast.parse(text.strip(), mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        place = (getattr(error, "offset", None) or 1) - 1
        raise FormulaError("syntax", text.strip()[place : place + 20], place) from None
    return _node(tree, 0)


def _check_tokens(text: str) -> None:
    """Only characters that formulas are made of; Python's own reader would warn about some others."""
    if not text.strip():
        raise FormulaError("empty")
    if len(text) > LONGEST:
        raise FormulaError("long", str(LONGEST))
    place = 0
    while place < len(text):
        token = _TOKEN.match(text, place)
        if token is None:
            raise FormulaError("character", text[place : place + 10], place)
        place = token.end()


def _node(tree: ast.expr, depth: int) -> Node:
    if depth > DEEPEST:
        raise FormulaError("deep", str(DEEPEST), tree.col_offset)
    if isinstance(tree, ast.Constant):
        return Number(_number(tree))
    if isinstance(tree, ast.Name):
        return Reference(Operand(tree.id))
    if isinstance(tree, ast.UnaryOp) and isinstance(tree.op, ast.USub | ast.UAdd):
        inner = _node(tree.operand, depth + 1)
        return Negation(inner) if isinstance(tree.op, ast.USub) else inner
    if isinstance(tree, ast.BinOp) and type(tree.op) in _SIGNS:
        return Calculation(_SIGNS[type(tree.op)], _node(tree.left, depth + 1), _node(tree.right, depth + 1))
    if isinstance(tree, ast.Call) and isinstance(tree.func, ast.Name):
        return _function(tree, tree.func.id, depth)
    raise FormulaError("construct", type(tree).__name__, tree.col_offset)


def _number(tree: ast.Constant) -> float:
    value = tree.value
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise FormulaError("construct", str(value)[:20], tree.col_offset)
    if abs(value) > LARGEST:
        raise FormulaError("number", "", tree.col_offset)
    return float(value)


def _function(tree: ast.Call, name: str, depth: int) -> Node:
    if name == "institutions":
        return Institutions(_filters(_named(tree, positional=0)))
    if name == "response_rate":
        if _named(tree, positional=0):
            raise FormulaError("arguments", name, tree.col_offset)
        return ResponseRate()
    return Reference(_operand(tree, depth))


def _operand(tree: ast.expr, depth: int) -> Operand:
    """A measure, or a function of one."""
    if depth > DEEPEST:
        raise FormulaError("deep", str(DEEPEST), tree.col_offset)
    if isinstance(tree, ast.Name):
        return Operand(tree.id)
    if not (isinstance(tree, ast.Call) and isinstance(tree.func, ast.Name)):
        raise FormulaError("not_a_measure", "", tree.col_offset)
    name = tree.func.id
    if name == "measure":
        return Operand(_text(_only_argument(tree, name)))
    change = _CHANGES.get(name)
    if change is None:
        raise FormulaError("function", name, tree.col_offset)
    if not tree.args:
        raise FormulaError("arguments", name, tree.col_offset)
    return change(_operand(tree.args[0], depth + 1), tree)


def _only(inner: Operand, tree: ast.Call) -> Operand:
    given = dict(_filters(_named(tree, positional=1)))
    if not given or given.keys() & dict(inner.filters).keys():
        raise FormulaError("arguments", "only", tree.col_offset)
    return replace(inner, filters=tuple(sorted({**dict(inner.filters), **given}.items())))


def _shift(inner: Operand, tree: ast.Call) -> Operand:
    lag = inner.lag - _span(tree, "shift")
    if abs(lag) > FARTHEST or inner.editions:
        raise FormulaError("arguments", "shift", tree.col_offset)
    return replace(inner, lag=lag)


def _rolling(inner: Operand, tree: ast.Call) -> Operand:
    months = _span(tree, "rolling")
    if inner.window or not 0 < months <= FARTHEST:
        raise FormulaError("arguments", "rolling", tree.col_offset)
    return replace(inner, window=Window.ROLLING, window_months=months)


def _cumulative(inner: Operand, tree: ast.Call) -> Operand:
    named = _named(tree, positional=1)
    since = _text(named.pop("since")) if "since" in named else ""
    if named or inner.window or since not in {"", Window.YEAR_TO_DATE, Window.SINCE_START}:
        raise FormulaError("arguments", "cumulative", tree.col_offset)
    return replace(inner, window=Window(since or Window.YEAR_TO_DATE))


def _edition(inner: Operand, tree: ast.Call) -> Operand:
    if _named(tree, positional=2) or inner.is_past:
        raise FormulaError("arguments", "edition", tree.col_offset)
    back = -_whole(tree.args[1])
    if not 0 < back <= 50:
        raise FormulaError("arguments", "edition", tree.col_offset)
    return replace(inner, editions=back)


_CHANGES: dict[str, Callable[[Operand, ast.Call], Operand]] = {
    "only": _only,
    "shift": _shift,
    "rolling": _rolling,
    "cumulative": _cumulative,
    "edition": _edition,
}


def _named(tree: ast.Call, *, positional: int) -> dict[str, ast.expr]:
    """The named arguments, when there are as many unnamed ones as there should be."""
    name = tree.func.id if isinstance(tree.func, ast.Name) else ""
    named = {word.arg: word.value for word in tree.keywords if word.arg is not None}
    if len(tree.args) != positional or len(named) != len(tree.keywords):
        raise FormulaError("arguments", name, tree.col_offset)
    return named


def _only_argument(tree: ast.Call, name: str) -> ast.expr:
    if len(tree.args) != 1 or tree.keywords:
        raise FormulaError("arguments", name, tree.col_offset)
    return tree.args[0]


def _span(tree: ast.Call, name: str) -> int:
    """Months of the one argument years=, quarters= or months=."""
    named = _named(tree, positional=1)
    if len(named) != 1 or not named.keys() <= _MONTHS.keys():
        raise FormulaError("arguments", name, tree.col_offset)
    ((word, value),) = named.items()
    months = _whole(value) * _MONTHS[word]
    if not months:
        raise FormulaError("arguments", name, tree.col_offset)
    return months


def _filters(named: dict[str, ast.expr]) -> tuple[tuple[str, str], ...]:
    return tuple(sorted((word, _text(value)) for word, value in named.items()))


def _text(tree: ast.expr) -> str:
    if isinstance(tree, ast.Constant) and isinstance(tree.value, str):
        return tree.value
    raise FormulaError("text", "", tree.col_offset)


def _whole(tree: ast.expr) -> int:
    sign = 1
    if isinstance(tree, ast.UnaryOp) and isinstance(tree.op, ast.USub):
        sign, tree = -1, tree.operand
    if isinstance(tree, ast.Constant) and type(tree.value) is int and tree.value <= FARTHEST:
        return sign * tree.value
    raise FormulaError("whole", "", tree.col_offset)
