"""Observations, frames and figures as plain Python has them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from math import isfinite

from spoiwo.engines.indicators.cards import MissingRule

Cell = tuple[str | None, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One observation."""

    measure: str
    unit: str
    territory: str
    period: str
    value: float | None
    status: str = "ok"
    cell: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """One row of the frame."""

    unit: str
    territory: str
    period: str
    cell: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One row of the result."""

    card: str
    territory: str
    level: int
    period: str
    cell: Cell
    numerator: float | None
    denominator: float | None
    value: float | None
    n_units: int
    coverage: float | None
    status: str


def value_of(row: Row, rule: MissingRule) -> float | None:
    """The value that counts: none for what is missing or does not apply."""
    known = row.value is not None and isfinite(row.value)
    if row.status == "ok":
        return row.value if known else None
    if row.status == "zero_reported" and (known or rule is MissingRule.ZERO):
        return 0.0
    return None
