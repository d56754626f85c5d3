"""Names and texts in SQL."""

from collections.abc import Iterable


def text(value: str) -> str:
    """A text as a literal."""
    return "'" + value.replace("'", "''") + "'"


def name(column: str) -> str:
    """The name of a column of a file; letters of both cases are told apart by our own prefix."""
    return '"d_' + column.replace('"', '""') + '"'


def columns(dimensions: Iterable[str], table: str = "") -> str:
    """Columns to follow others, each with its comma."""
    prefix = f"{table}." if table else ""
    return "".join(f", {prefix}{name(dimension)}" for dimension in dimensions)


def same(left: str, right: str, dimensions: Iterable[str]) -> str:
    """Conditions to follow others: equal in all dimensions, empty cells equal to empty ones."""
    return "".join(
        f" AND {left}.{name(dimension)} IS NOT DISTINCT FROM {right}.{name(dimension)}"
        for dimension in dimensions
    )


def label(month: str, size: int) -> str:
    """The period of so many months that a month lies in."""
    return month if size == 1 else f"CAST(floor(({month}) / {size}) AS INTEGER)"
