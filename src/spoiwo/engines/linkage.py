"""Port for linking whole registers, and DuckDB behind it.

A strategy speaks SQL over tables it names; the port loads files, runs statements and writes results. Nothing is
spilled to disk: what a register says of people stays in memory.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Protocol, Self

from spoiwo.kernel.errors import DomainError

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

Value = str | int | float | None


class UnreadableTable(DomainError):
    """A file is no table: wrong encoding, ragged rows, no such file. `reason` is the
    engine's own first line.
    """

    def __init__(self, path: Path, reason: str):
        super().__init__(f"{path.name}: {reason}")
        self.path = path
        self.reason = reason


class UnwritableTable(UnreadableTable):
    """The result cannot be written where it should go."""


class LinkageEngine(Protocol):
    """What a strategy asks of whatever executes it."""

    def make_register(self, table: str, columns: Sequence[str]) -> None:
        """Make an empty table of texts with a number `id` for each row, whatever its order, and a `side`."""

    def load_csv(
        self,
        table: str,
        path: Path,
        *,
        delimiter: str,
        columns: Sequence[str],
        kept: Sequence[str],
        side: int,
    ) -> None:
        """Add a CSV file (UTF-8, one header line, quotes doubled) to a table of make_register; empty cells are NULL.

        columns: names in the order of the file, whatever its header says; kept: those that are needed.
        Raises UnreadableTable.
        """

    def run(self, statement: str) -> None:
        """Execute one statement."""

    def rows(self, query: str) -> list[tuple[Value, ...]]:
        """All rows of a query; for small answers."""

    def put(self, table: str, columns: Mapping[str, tuple[str, Sequence[Value]]]) -> None:
        """Make a table of given columns: name -> (SQL type, values)."""

    def write_csv(self, query: str, path: Path) -> None:
        """Write the rows of a query as CSV with a header, in their order."""


class DuckDB:
    """Runs in this process. threads, memory: limits; the default is what the machine has."""

    def __init__(self, *, threads: int | None = None, memory: str | None = None):
        import duckdb  # a tenth of a second that only those who link should pay

        options: dict[str, str | bool | int | float | list[str]] = {
            "temp_directory": "",
            "autoload_known_extensions": False,
        }
        if threads:
            options["threads"] = threads
        if memory:
            options["memory_limit"] = memory
        self._connection: DuckDBPyConnection = duckdb.connect(config=options)
        self._failure: type[Exception] = duckdb.Error
        # Results are ordered where order matters; without this every insertion would be held back to keep one.
        self._connection.execute("SET preserve_insertion_order = false")

    def __enter__(self) -> Self:
        """The engine; closing it frees everything it holds."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Let go of the memory."""
        self._connection.close()

    def make_register(self, table: str, columns: Sequence[str]) -> None:
        """See the port."""
        texts = ", ".join(f"{name} VARCHAR" for name in columns)
        self._connection.execute(f"CREATE SEQUENCE {table}_ids")
        self._connection.execute(
            f"CREATE TABLE {table} (id INTEGER DEFAULT nextval('{table}_ids'), side TINYINT, {texts})"
        )

    def load_csv(
        self,
        table: str,
        path: Path,
        *,
        delimiter: str,
        columns: Sequence[str],
        kept: Sequence[str],
        side: int,
    ) -> None:
        """See the port."""
        names = {name: name if name in kept else f"unread_{at}" for at, name in enumerate(columns)}
        layout = ", ".join(f"{_quoted(name)}: 'VARCHAR'" for name in names.values())
        try:
            self._connection.execute(
                f"INSERT INTO {table} BY NAME SELECT {side} AS side, {', '.join(kept)} "
                f"FROM read_csv({_quoted(str(path))}, header = true, auto_detect = false, "
                f"delim = {_quoted(delimiter)}, quote = '\"', escape = '\"', columns = {{{layout}}})"
            )
        except self._failure as error:
            raise UnreadableTable(path, str(error).split("\n", maxsplit=1)[0]) from None

    def run(self, statement: str) -> None:
        """See the port."""
        self._connection.execute(statement)

    def rows(self, query: str) -> list[tuple[Value, ...]]:
        """See the port."""
        return self._connection.execute(query).fetchall()

    def put(self, table: str, columns: Mapping[str, tuple[str, Sequence[Value]]]) -> None:
        """See the port."""
        parts = ", ".join(f"unnest(?::{kind}[]) AS {name}" for name, (kind, _) in columns.items())
        self._connection.execute(
            f"CREATE TABLE {table} AS SELECT {parts}", [list(values) for _, values in columns.values()]
        )

    def write_csv(self, query: str, path: Path) -> None:
        """See the port."""
        try:
            self._connection.execute(f"COPY ({query}) TO {_quoted(str(path))} (FORMAT csv, HEADER true)")
        except self._failure as error:
            raise UnwritableTable(path, str(error).split("\n", maxsplit=1)[0]) from None


def _quoted(text: str) -> str:
    """The text as a string of SQL."""
    return "'" + text.replace("'", "''") + "'"
