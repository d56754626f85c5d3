"""When a question or a page is asked: a small language read with `ast`, evaluated by hand, never by eval.

    type == "CIS" and jobs > 0
    funding == "grant" or "loan" in sources     (membership: of a multiple answer, or of a list in brackets)
    kind in ("CIS", "KIS") and not answered(closed_on)
    count(sources) >= 2

Names are field codes; a cell of a matrix is written matrix.row or matrix.row.column. `answered`, `count` and `length`
are the only functions. What was not answered compares as false, whatever the comparison.
"""

import ast
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal, InvalidOperation
from functools import lru_cache

from spoiwo.kernel.errors import DomainError
from spoiwo.surveys.types import UNKNOWN, Value, Values

LONGEST = 500
DEEPEST = 20
MOST_NODES = 150
FUNCTIONS = ("answered", "count", "length")
_COMPARISONS: Mapping[type[ast.cmpop], Callable[[Decimal, Decimal], bool]] = {
    ast.Lt: lambda a, b: a < b,
    ast.LtE: lambda a, b: a <= b,
    ast.Gt: lambda a, b: a > b,
    ast.GtE: lambda a, b: a >= b,
}
Operand = Value | Decimal | tuple[str, ...] | None


class NotACondition(DomainError):
    """The text is not a condition. part: what was not understood, empty for the whole."""

    def __init__(self, part: str = ""):
        super().__init__(part)
        self.part = part


def names_in(text: str) -> frozenset[str]:
    """Field codes that the condition asks for. Raises NotACondition."""
    return frozenset(_names(parse(text)))


def holds(text: str, values: Values) -> bool:
    """Whether the condition holds for these answers; the empty condition does. Raises NotACondition."""
    return not text.strip() or _truth(parse(text), values)


def choices_compared(text: str) -> list[tuple[str, str]]:
    """Pairs (field code, text) that the condition compares, so that misspelt choices are noticed."""
    found: list[tuple[str, str]] = []
    for node in ast.walk(parse(text)):
        if isinstance(node, ast.Compare):
            sides = [node.left, *node.comparators]
            names = [name for side in sides if (name := _name(side))]
            texts = [
                leaf.value
                for side in sides
                for leaf in ast.walk(side)
                if isinstance(leaf, ast.Constant) and isinstance(leaf.value, str)
            ]
            found += [(name, text_) for name in names for text_ in texts]
    return found


@lru_cache(maxsize=2000)
def parse(text: str) -> ast.expr:
    """The tree of a condition, in which only what the language has can occur. Raises NotACondition."""
    if len(text) > LONGEST or text.count("(") > DEEPEST or text.count("not ") > DEEPEST:
        raise NotACondition
    try:
        tree = ast.parse(text.strip(), mode="eval").body
    except (SyntaxError, ValueError, MemoryError, RecursionError) as error:
        raise NotACondition from error
    if sum(1 for _node in ast.walk(tree)) > MOST_NODES:
        raise NotACondition
    _check(tree)
    return tree


def _check(node: ast.expr) -> None:
    """A condition is a comparison, answered(...), or several of them with and, or, not."""
    if isinstance(node, ast.BoolOp):
        for part in node.values:
            _check(part)
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        _check(node.operand)
    elif isinstance(node, ast.Compare):
        if len(node.ops) != 1 or isinstance(node.ops[0], ast.Is | ast.IsNot):
            raise NotACondition(ast.unparse(node))
        is_membership = isinstance(node.ops[0], ast.In | ast.NotIn)
        _check_operand(node.left)
        _check_operand(node.comparators[0], may_be_list=is_membership)
    elif not (_is_call(node) and _call_name(node) == "answered"):
        raise NotACondition(ast.unparse(node))


def _check_operand(node: ast.expr, *, may_be_list: bool = False) -> None:
    if may_be_list and isinstance(node, ast.Tuple | ast.List):
        for part in node.elts:
            if not (isinstance(part, ast.Constant) and isinstance(part.value, str)):
                raise NotACondition(ast.unparse(part))
        return
    is_known = isinstance(node, ast.Constant) and type(node.value) in {str, int, float}
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        is_known = isinstance(node.operand, ast.Constant) and type(node.operand.value) in {int, float}
    is_number = _is_call(node) and _call_name(node) != "answered"
    if not (is_known or _name(node) or is_number):
        raise NotACondition(ast.unparse(node))


def _is_call(node: ast.expr) -> bool:
    return (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id in FUNCTIONS
        and not node.keywords
        and len(node.args) == 1
        and bool(_name(node.args[0]))
    )


def _call_name(node: ast.expr) -> str:
    assert isinstance(node, ast.Call)
    assert isinstance(node.func, ast.Name)
    return node.func.id


def _name(node: ast.expr) -> str:
    """The field code that a node names, empty for anything else."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        left = _name(node.value)
        return f"{left}.{node.attr}" if left else ""
    return ""


def _names(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.Call):
        yield from (_name(argument) for argument in node.args)
        return
    if isinstance(node, ast.Name | ast.Attribute):
        yield _name(node)
        return
    for child in ast.iter_child_nodes(node):
        yield from _names(child)


def _truth(node: ast.expr, values: Values) -> bool:
    if isinstance(node, ast.BoolOp):
        parts = (_truth(part, values) for part in node.values)
        return all(parts) if isinstance(node.op, ast.And) else any(parts)
    if isinstance(node, ast.UnaryOp):
        return not _truth(node.operand, values)
    if isinstance(node, ast.Call):
        return bool(_operand(node, values))
    assert isinstance(node, ast.Compare)
    return _compare(node.ops[0], _operand(node.left, values), _operand(node.comparators[0], values))


def _compare(op: ast.cmpop, left: Operand, right: Operand) -> bool:
    if left is None or right is None or UNKNOWN in (left, right):
        return False
    if isinstance(op, ast.In | ast.NotIn):
        return _is_among(left, right) == isinstance(op, ast.In)
    one, other = _number(left), _number(right)
    if isinstance(op, ast.Eq | ast.NotEq):
        same = one == other if one is not None and other is not None else left == right
        return same == isinstance(op, ast.Eq)
    if one is not None and other is not None:
        return _COMPARISONS[type(op)](one, other)
    if isinstance(left, str) and isinstance(right, str):  # days are written year first, so that texts compare
        return _COMPARISONS[type(op)](Decimal((left > right) - (left < right)), Decimal(0))
    return False


def _is_among(left: Operand, right: Operand) -> bool:
    if isinstance(left, list):
        return isinstance(right, list | tuple) and any(one in right for one in left)
    if isinstance(right, list | tuple):
        return str(left) in right
    return left == right  # membership in a single answer is being it


def _operand(node: ast.expr, values: Values) -> Operand:
    if isinstance(node, ast.Constant):
        return Decimal(str(node.value)) if isinstance(node.value, int | float) else str(node.value)
    if isinstance(node, ast.UnaryOp):
        assert isinstance(node.operand, ast.Constant)
        return -Decimal(str(node.operand.value))
    if isinstance(node, ast.Tuple | ast.List):
        return tuple(str(part.value) for part in node.elts if isinstance(part, ast.Constant))
    if isinstance(node, ast.Call):
        value = values.get(_name(node.args[0]))
        return _function(_call_name(node), value)
    return values.get(_name(node))


def _function(name: str, value: Value | None) -> Decimal:
    if value in {None, UNKNOWN} if not isinstance(value, list) else not value:
        return Decimal(0)
    if name == "answered":
        return Decimal(1)
    if name == "count":
        return Decimal(len(value) if isinstance(value, list) else 1)
    return Decimal(len(str(value)))


def _number(value: Operand) -> Decimal | None:
    if isinstance(value, Decimal):
        return value
    if isinstance(value, int):
        return Decimal(value)
    if isinstance(value, str):
        try:
            number = Decimal(value)
        except InvalidOperation:
            return None
        return number if number.is_finite() else None
    return None
