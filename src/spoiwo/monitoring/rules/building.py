"""From what is counted, of what and for whom, to formulas: most people never write one."""

from spoiwo.kernel.expressions.nodes import Operand, Reference
from spoiwo.kernel.expressions.printing import canonical


def formula_for(measure: str, *, dimension: str = "", value: str = "") -> str:
    """The formula of one measure, of some of its cells when both a dimension and a value are given."""
    filters = ((dimension, value),) if dimension and value else ()
    return canonical(Reference(Operand(measure, filters)))


def kind_for(*, denominator: str, multiplier: float) -> str:
    """The kind of a card built from choices."""
    if not denominator:
        return "count"
    return {1.0: "ratio", 100.0: "share"}.get(multiplier, "rate")
