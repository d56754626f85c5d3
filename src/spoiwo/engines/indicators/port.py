"""Port for computing cards: what an engine does with the statements that cards become."""

from collections.abc import Collection
from pathlib import Path
from typing import Protocol

from spoiwo.engines.indicators.batching import Surroundings

Value = str | int | float | None


class IndicatorEngine(Protocol):
    """Reads files of observations and answers statements in the dialect it names."""

    dialect: str

    def load(self, observations: Path, frame: Path | None, measures: Collection[str]) -> Surroundings:
        """Make the relations that statements read, and check what stands in the rows of these measures, of all
        when none is named. Raises FileUnusable.
        """

    def answer(self, statement: str) -> list[tuple[Value, ...]]:
        """All rows of a statement. Raises TooLarge."""

    def close(self) -> None:
        """Let go of the memory."""


def dialect_of(statement: str, dialect: str) -> str:
    """The statement, written in DuckDB's dialect, in another one; the same statement gives the same text."""
    import sqlglot  # a tenth of a second that only those who compile should pay

    return sqlglot.transpile(statement, read="duckdb", write=dialect)[0]
