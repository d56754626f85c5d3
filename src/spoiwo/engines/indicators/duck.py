"""DuckDB behind the port of indicators: in this process, in memory, nothing spilled to disk."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from spoiwo.engines.indicators import files
from spoiwo.engines.indicators.batching import Surroundings
from spoiwo.engines.indicators.cards import RESERVED
from spoiwo.engines.indicators.port import Value
from spoiwo.engines.indicators.quoting import name, text

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

MEMORY = "1500MB"


class DuckIndicators:
    """threads, memory: limits; without threads, as many as there are cores."""

    dialect = "duckdb"

    def __init__(self, *, threads: int | None = None, memory: str = MEMORY):
        import duckdb  # a tenth of a second that only those who compute should pay

        options: dict[str, Any] = {
            "temp_directory": "",
            "autoload_known_extensions": False,
            "memory_limit": memory,
        }
        if threads:
            options["threads"] = threads
        self.connection: DuckDBPyConnection = duckdb.connect(config=options)
        self.connection.execute("SET preserve_insertion_order = false")
        self._failure: type[Exception] = duckdb.Error
        self._out_of_memory: type[Exception] = duckdb.OutOfMemoryException

    def close(self) -> None:
        """See the port."""
        self.connection.close()

    def load(self, observations: Path, frame: Path | None) -> Surroundings:
        """See the port."""
        types = self._types(observations)
        dimensions = files.dimensions_of(observations.name, list(types))
        self._view("raw_observations", observations, types, keep="value")
        self._check(observations.name, "raw_observations", status=True)
        self._periods(observations.name, "raw_observations")
        empty = self.answer("SELECT 1 FROM raw_observations WHERE status IS NULL LIMIT 1")
        status = "CASE WHEN value IS NULL THEN 'missing' ELSE 'ok' END"
        told = f"coalesce(status, {status})" if empty else "status"
        self.connection.execute(
            f"CREATE VIEW observations AS SELECT * REPLACE ({told} AS status) FROM raw_observations"
        )
        if frame is None:
            return Surroundings(dimensions=dimensions)
        return Surroundings(dimensions=dimensions, frame_columns=self._frame(frame))

    def answer(self, statement: str) -> list[tuple[Value, ...]]:
        """See the port."""
        try:
            return self.connection.execute(statement).fetchall()
        except self._out_of_memory:
            raise files.TooLarge from None

    def run(self, statement: str, values: Sequence[object] = ()) -> None:
        """Execute one statement that answers nothing. Raises TooLarge."""
        try:
            self.connection.execute(statement, list(values))
        except self._out_of_memory:
            raise files.TooLarge from None

    def write(self, query: str, path: Path) -> None:
        """The rows of a query, in their order, as a Parquet file. Raises ResultUnwritable."""
        self.connection.execute("SET preserve_insertion_order = true")
        try:
            self.connection.execute(f"COPY ({query}) TO {text(str(path))} (FORMAT parquet, COMPRESSION zstd)")
        except self._failure as error:
            raise files.ResultUnwritable(str(error).split("\n", maxsplit=1)[0]) from None

    def put(self, table: str, columns: Mapping[str, tuple[str, Sequence[object]]]) -> None:
        """A table of given columns: name -> (SQL type, values)."""
        parts = ", ".join(f"unnest(?::{kind}[]) AS {column}" for column, (kind, _) in columns.items())
        self.run(f"CREATE OR REPLACE TABLE {table} AS SELECT {parts}", [list(v) for _, v in columns.values()])

    def _types(self, path: Path) -> dict[str, str]:
        source = _source(path)
        try:
            described = self.connection.execute(f"DESCRIBE SELECT * FROM {source}").fetchall()
        except self._failure as error:
            raise files.FileUnusable(path.name, "unreadable", str(error).split("\n", maxsplit=1)[0]) from None
        return {row[0]: row[1] for row in described}

    def _view(self, title: str, path: Path, types: dict[str, str], *, keep: str = "") -> None:
        """All columns as text under names of ours, the one to keep as a number."""
        fixed = {*RESERVED, *files.FRAME}
        taken = []
        for column, kind in types.items():
            source = '"' + column.replace('"', '""') + '"'
            if column == keep:
                source = source if kind == "DOUBLE" else f"CAST({source} AS DOUBLE)"
            elif kind != "VARCHAR":
                source = f"CAST({source} AS VARCHAR)"
            taken.append(f"{source} AS {column if column in fixed else name(column)}")
        self.connection.execute(f"CREATE VIEW {title} AS SELECT {', '.join(taken)} FROM {_source(path)}")

    def _check(self, file: str, view: str, *, status: bool = False) -> None:
        try:
            files.check_territories(file, self._different(view, "territory"))
            if status:
                files.check_statuses(file, self._different(view, "status"))
                self.connection.execute(f"SELECT max(value) FROM {view}").fetchall()
        except self._failure as error:
            raise files.FileUnusable(file, "unreadable", str(error).split("\n", maxsplit=1)[0]) from None
        for column in ("unit_id", "measure") if status else ("unit_id",):
            if self.answer(f"SELECT 1 FROM {view} WHERE {column} IS NULL LIMIT 1"):
                raise files.FileUnusable(file, "empty", column)

    def _different(self, view: str, column: str) -> Iterable[str | None]:
        return (row[0] for row in self.connection.execute(f"SELECT DISTINCT {column} FROM {view}").fetchall())

    def _periods(self, file: str, view: str) -> None:
        found = files.read_periods(file, self._different(view, "period"))
        self.put(
            "periods",
            {
                "period": ("VARCHAR", [text for text, _, _ in found]),
                "m": ("INTEGER", [month for _, month, _ in found]),
                "w": ("INTEGER", [months for _, _, months in found]),
            },
        )

    def _frame(self, frame: Path) -> tuple[str, ...]:
        types = self._types(frame)
        columns = files.frame_columns_of(frame.name, list(types))
        self._view("raw_frame", frame, types)
        self._check(frame.name, "raw_frame")
        found = files.read_periods(frame.name, self._different("raw_frame", "period"))
        self.put(
            "frame_periods",
            {
                "period": ("VARCHAR", [text for text, _, _ in found]),
                "m": ("INTEGER", [month for _, month, _ in found]),
                "w": ("INTEGER", [months for _, _, months in found]),
            },
        )
        self.connection.execute(
            "CREATE VIEW expected AS SELECT f.*, p.m, p.w FROM raw_frame AS f "
            "JOIN frame_periods AS p ON f.period = p.period"
        )
        return columns


def _source(path: Path) -> str:
    pattern = text(files.pattern_of(path))
    return f"read_parquet({pattern}, union_by_name = true, hive_partitioning = false)"
