"""Conditions of XLSForm (a subset of XPath) as conditions of ours, and back."""

import ast
import re
from collections.abc import Mapping
from dataclasses import dataclass

from spoiwo.kernel.errors import DomainError
from spoiwo.surveys.rules.conditions import NotACondition, parse

_TOKENS = re.compile(
    r"\s*(?:(?P<name>\$\{\s*[A-Za-z_][\w.\-]*\s*\})|(?P<number>\d+(?:\.\d+)?)|(?P<text>'[^']*'|\"[^\"]*\")"
    r"|(?P<op><=|>=|!=|=|<|>|\(|\)|,|-)|(?P<word>[A-Za-z][A-Za-z\-]*)|(?P<self>\.))"
)
SELF = "self"  # the question's own value, in constraints
_COMPARISONS = {"=": "==", "!=": "!=", "<": "<", "<=": "<=", ">": ">", ">=": ">="}
_BACK: Mapping[type[ast.cmpop], str] = {
    ast.Eq: "=", ast.NotEq: "!=", ast.Lt: "<", ast.LtE: "<=", ast.Gt: ">", ast.GtE: ">=",
}  # fmt: skip
MOST_TOKENS = 200


class NotUnderstood(DomainError):
    """An expression outside the subset."""


@dataclass(slots=True)
class _Reader:
    tokens: list[tuple[str, str]]
    place: int = 0

    def peek(self) -> tuple[str, str]:
        return self.tokens[self.place] if self.place < len(self.tokens) else ("", "")

    def take(self, text: str = "") -> str:
        kind, token = self.peek()
        if not kind or (text and token != text):
            raise NotUnderstood(token)
        self.place += 1
        return token


def to_condition(expression: str) -> str:
    """The condition that says the same. Raises NotUnderstood.

    Understood: ${code}, texts, numbers, comparisons, and, or, not(), selected(), count-selected(), string-length(),
    true(), false(); ${code} != '' becomes answered(code).
    """
    reader = _Reader(_tokens(expression))
    condition = _either(reader)
    if reader.peek()[0]:
        raise NotUnderstood(reader.peek()[1])
    try:
        parse(condition)
    except NotACondition:  # too long, or too deep
        raise NotUnderstood(expression) from None
    return condition


def limits_of(constraint: str) -> tuple[str | None, str | None]:
    """Smallest and largest value of a constraint like ". >= 0 and . <= 100". Raises NotUnderstood."""
    tree = parse(to_condition(constraint))
    parts = tree.values if isinstance(tree, ast.BoolOp) and isinstance(tree.op, ast.And) else [tree]
    low: str | None = None
    high: str | None = None
    for part in parts:
        if not (isinstance(part, ast.Compare) and isinstance(part.left, ast.Name) and part.left.id == SELF):
            raise NotUnderstood(constraint)
        bound = ast.unparse(part.comparators[0])
        if isinstance(part.ops[0], ast.GtE) and low is None:
            low = bound
        elif isinstance(part.ops[0], ast.LtE) and high is None:
            high = bound
        else:
            raise NotUnderstood(constraint)
    return low, high


def to_xpath(condition: str, multiple: frozenset[str]) -> str:
    """A condition of ours as XLSForm writes it. multiple: codes of questions with several answers."""
    return _out(parse(condition), multiple) if condition.strip() else ""


def _tokens(expression: str) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    place = 0
    text = expression.strip()
    while place < len(text):
        match = _TOKENS.match(text, place)
        if match is None or match.lastgroup is None or len(found) >= MOST_TOKENS:
            raise NotUnderstood(text[place : place + 40])
        found.append((match.lastgroup, match.group(match.lastgroup)))
        place = match.end()
    return found


def _either(reader: _Reader) -> str:
    parts = [_both(reader)]
    while reader.peek() == ("word", "or"):
        reader.take()
        parts.append(_both(reader))
    return " or ".join(parts)


def _both(reader: _Reader) -> str:
    parts = [_one(reader)]
    while reader.peek() == ("word", "and"):
        reader.take()
        parts.append(_one(reader))
    return " and ".join(parts)


def _one(reader: _Reader) -> str:
    kind, said = reader.peek()
    if said == "(":
        reader.take("(")
        inner = _either(reader)
        reader.take(")")
        return f"({inner})"
    if (kind, said) == ("word", "not"):
        reader.take()
        reader.take("(")
        inner = _either(reader)
        reader.take(")")
        return f"not ({inner})"
    if (kind, said) == ("word", "selected"):
        return _selected(reader)
    return _comparison(reader)


def _selected(reader: _Reader) -> str:
    reader.take("selected")
    reader.take("(")
    name = _operand(reader)
    reader.take(",")
    choice = _operand(reader)
    reader.take(")")
    return f"{choice} in {name}"


def _comparison(reader: _Reader) -> str:
    left = _operand(reader)
    sign = reader.take()
    if sign not in _COMPARISONS:
        raise NotUnderstood(sign)
    right = _operand(reader)
    if right == '""' and sign in {"=", "!="}:
        return f"answered({left})" if sign == "!=" else f"not answered({left})"
    return f"{left} {_COMPARISONS[sign]} {right}"


def _operand(reader: _Reader) -> str:
    kind, said = reader.peek()
    if kind == "word" and said in {"count-selected", "string-length"}:
        reader.take()
        reader.take("(")
        name = _operand(reader)
        reader.take(")")
        return f"{'count' if said == 'count-selected' else 'length'}({name})"
    if said == "-":
        reader.take()
        return "-" + reader.take()
    reader.take()
    if kind == "name":
        return said[2:-1].strip()
    if kind == "text":
        return '"' + said[1:-1].replace("\\", "\\\\").replace('"', '\\"') + '"'
    if kind == "number":
        return said
    if kind == "self":
        return SELF
    raise NotUnderstood(said)


def _out(node: ast.expr, multiple: frozenset[str], answered: frozenset[str] = frozenset()) -> str:
    """One node. answered: names that a neighbour joined by "and" asks to be answered already."""
    if isinstance(node, ast.BoolOp):
        if isinstance(node.op, ast.And):
            answered |= {ast.unparse(part.args[0]) for part in node.values if isinstance(part, ast.Call)}
        word = " and " if isinstance(node.op, ast.And) else " or "
        parts = [(part, _out(part, multiple, answered)) for part in node.values]
        return word.join(f"({text})" if isinstance(part, ast.BoolOp) else text for part, text in parts)
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        if isinstance(node.operand, ast.Call):
            return f"{_side(node.operand.args[0])} = ''"
        return f"not({_out(node.operand, multiple)})"
    if isinstance(node, ast.Call):
        return f"{_side(node.args[0])} != ''"
    assert isinstance(node, ast.Compare)
    left, right, op = node.left, node.comparators[0], node.ops[0]
    if isinstance(op, ast.In | ast.NotIn):
        text = _membership(left, right, multiple)
        return text if isinstance(op, ast.In) else _if_answered(node, f"not({text})", answered)
    text = f"{_side(left)} {_BACK[type(op)]} {_side(right)}"
    return _if_answered(node, text, answered) if isinstance(op, ast.NotEq) else text


def _if_answered(node: ast.Compare, text: str, answered: frozenset[str]) -> str:
    """XPath finds an empty answer different from everything; here it is neither equal nor different."""
    sides = (side for side in (node.left, *node.comparators) if isinstance(side, ast.Name | ast.Attribute))
    guards = [f"{_side(side)} != ''" for side in sides if ast.unparse(side) not in answered]
    return f"({' and '.join([*guards, text])})" if guards else text


def _membership(left: ast.expr, right: ast.expr, multiple: frozenset[str]) -> str:
    if isinstance(right, ast.Tuple | ast.List):
        is_multiple = ast.unparse(left) in multiple
        parts = [
            f"selected({_side(left)}, {_side(one)})" if is_multiple else f"{_side(left)} = {_side(one)}"
            for one in right.elts
        ]
        return " or ".join(parts) if len(parts) == 1 else f"({' or '.join(parts)})"
    return f"selected({_side(right)}, {_side(left)})"


def _side(node: ast.expr) -> str:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return f"'{node.value}'" if "'" not in node.value else f'"{node.value}"'
    if isinstance(node, ast.Call):
        assert isinstance(node.func, ast.Name)
        names = {"count": "count-selected", "length": "string-length"}
        return f"{names[node.func.id]}({_side(node.args[0])})"
    if isinstance(node, ast.Name | ast.Attribute):
        return "${" + ast.unparse(node) + "}"
    return ast.unparse(node)
