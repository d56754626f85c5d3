"""Units of formulas: people are not added to money. Units are codes; the empty one is a plain number."""

from collections.abc import Mapping

from spoiwo.kernel.errors import DomainError
from spoiwo.kernel.expressions.nodes import Calculation, Institutions, Negation, Node, Reference
from spoiwo.kernel.expressions.printing import canonical

INSTITUTION = "entity"
Unit = tuple[tuple[str, int], ...]  # code and power, sorted; nothing for plain numbers


class UnitsDiffer(DomainError):
    """Two parts that are added or taken away have different units."""

    def __init__(self, left: str, left_unit: Unit, right: str, right_unit: Unit):
        super().__init__(f"{left} and {right}")
        self.left, self.left_unit, self.right, self.right_unit = left, left_unit, right, right_unit


def unit_of(node: Node, units: Mapping[str, str]) -> Unit:
    """The unit of a formula, from those of its measures. Raises UnitsDiffer; KeyError for an unknown measure.

    A plain number fits only plain numbers when it is added: people plus 5 says nothing.
    """
    if isinstance(node, Reference):
        return _plain(units[node.operand.measure])
    if isinstance(node, Institutions):
        return _plain(INSTITUTION)
    if isinstance(node, Negation):
        return unit_of(node.of, units)
    if isinstance(node, Calculation):
        return _calculated(node, units)
    return ()  # numbers and shares


def _calculated(node: Calculation, units: Mapping[str, str]) -> Unit:
    left, right = unit_of(node.left, units), unit_of(node.right, units)
    if node.sign in "+-":
        if left != right:
            raise UnitsDiffer(canonical(node.left), left, canonical(node.right), right)
        return left
    power = 1 if node.sign == "*" else -1
    powers = dict(left)
    for code, times in right:
        powers[code] = powers.get(code, 0) + power * times
    return tuple(sorted((code, times) for code, times in powers.items() if times))


def _plain(code: str) -> Unit:
    return ((code, 1),) if code else ()
