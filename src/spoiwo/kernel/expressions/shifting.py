"""Formulas moved in time."""

from dataclasses import replace

from spoiwo.kernel.expressions.nodes import Calculation, Negation, Node, Reference


def a_year_before(node: Node) -> Node:
    """The same formula for the period twelve months earlier."""
    if isinstance(node, Reference):
        return Reference(replace(node.operand, lag=node.operand.lag + 12))
    if isinstance(node, Negation):
        return Negation(a_year_before(node.of))
    if isinstance(node, Calculation):
        return Calculation(node.sign, a_year_before(node.left), a_year_before(node.right))
    return node
