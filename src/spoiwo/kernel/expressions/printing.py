"""A formula as text again, in one canonical form, and what differs between two."""

from dataclasses import replace

from spoiwo.kernel.expressions.nodes import (
    Calculation,
    Institutions,
    Negation,
    Node,
    Number,
    Operand,
    ResponseRate,
    Window,
)

_STRENGTH = {"+": 1, "-": 1, "*": 2, "/": 2}


def canonical(node: Node) -> str:
    """The one way of writing the formula; reading it again gives an equal formula."""
    return _written(node, 0)


def _written(node: Node, outer: int) -> str:
    if isinstance(node, Number):
        return f"{node.value:.15g}" if "e" not in f"{node.value:.15g}" else f"{node.value:f}"
    if isinstance(node, Negation):
        inner = f"-{_written(node.of, 3)}"
        return f"({inner})" if outer else inner
    if isinstance(node, Calculation):
        own = _STRENGTH[node.sign]
        # The right side of - and / needs brackets even at equal strength: a - (b - c).
        text = f"{_written(node.left, own)} {node.sign} {_written(node.right, own + 1)}"
        return f"({text})" if own < outer else text
    if isinstance(node, Institutions):
        return f"institutions({_filters(node.filters)})"
    if isinstance(node, ResponseRate):
        return "response_rate()"
    return written_operand(node.operand)


def written_operand(operand: Operand) -> str:
    """One operand as text: only innermost, then the window, then the shift."""
    name = operand.measure
    text = name if name.isidentifier() else f"measure({_quoted(name)})"
    if operand.filters:
        text = f"only({text}, {_filters(operand.filters)})"
    if operand.window is Window.ROLLING:
        text = f"rolling({text}, {_span(operand.window_months)})"
    elif operand.window is Window.YEAR_TO_DATE:
        text = f"cumulative({text})"
    elif operand.window is Window.SINCE_START:
        text = f'cumulative({text}, since="start")'
    if operand.lag:
        text = f"shift({text}, {_span(-operand.lag)})"
    return f"edition({text}, -{operand.editions})" if operand.editions else text


def bare(operand: Operand) -> Operand:
    """The operand in its own period."""
    return replace(operand, lag=0, editions=0)


def _filters(filters: tuple[tuple[str, str], ...]) -> str:
    return ", ".join(f"{name}={_quoted(value)}" for name, value in filters)


def _quoted(text: str) -> str:
    return f"'{text}'" if '"' in text else f'"{text}"'


def _span(months: int) -> str:
    for word, size in (("years", 12), ("quarters", 3)):
        if months % size == 0:
            return f"{word}={months // size}"
    return f"months={months}"
