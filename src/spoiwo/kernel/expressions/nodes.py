"""What a formula is made of once it has been read."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from spoiwo.kernel.errors import DomainError


class FormulaError(DomainError):
    """The text is no formula. `reason` is a code, `detail` the part of the text it is about, `place` its
    position counted from 0.
    """

    def __init__(self, reason: str, detail: str = "", place: int = 0):
        super().__init__(f"{reason}: {detail}" if detail else reason)
        self.reason = reason
        self.detail = detail
        self.place = place


class Window(StrEnum):
    """Which periods before the own one a figure takes in."""

    ROLLING = "rolling"  # the last n months
    YEAR_TO_DATE = "year"
    SINCE_START = "start"  # from the first period in the data


@dataclass(frozen=True, slots=True)
class Operand:
    """One measure, with the cells, the period and the window it is taken for.

    filters: (dimension, value) in the order of dimensions; lag: months back, positive is earlier; editions: how
    many editions back; window_months: of a rolling window, else 0.
    """

    measure: str
    filters: tuple[tuple[str, str], ...] = ()
    lag: int = 0
    editions: int = 0
    window: Window | None = None
    window_months: int = 0

    @property
    def is_past(self) -> bool:
        """Whether it is taken from an earlier or later period than the one it is shown for."""
        return bool(self.lag or self.editions)


@dataclass(frozen=True, slots=True)
class Number:
    """A constant."""

    value: float


@dataclass(frozen=True, slots=True)
class Reference:
    """A figure of the observations."""

    operand: Operand


@dataclass(frozen=True, slots=True)
class Institutions:
    """How many units are expected, of a kind when filtered."""

    filters: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class ResponseRate:
    """The share of expected units that gave any answer, 0 to 1."""


@dataclass(frozen=True, slots=True)
class Negation:
    """Minus."""

    of: "Node"


@dataclass(frozen=True, slots=True)
class Calculation:
    """Two parts joined by one of + - * /."""

    sign: str
    left: "Node"
    right: "Node"


Node = Number | Reference | Institutions | ResponseRate | Negation | Calculation


def parts(node: Node) -> Iterator[Node]:
    """The node and everything below it, left to right."""
    yield node
    if isinstance(node, Negation):
        yield from parts(node.of)
    elif isinstance(node, Calculation):
        yield from parts(node.left)
        yield from parts(node.right)


def operands(node: Node) -> tuple[Operand, ...]:
    """The different operands in the order of the text."""
    return tuple(dict.fromkeys(part.operand for part in parts(node) if isinstance(part, Reference)))


def measures(node: Node) -> tuple[str, ...]:
    """Codes of the different measures in the order of the text."""
    return tuple(dict.fromkeys(operand.measure for operand in operands(node)))
