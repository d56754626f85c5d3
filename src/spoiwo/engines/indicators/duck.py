"""DuckDB behind the port of indicators: in this process, in memory, nothing spilled to disk."""

from collections.abc import Collection, Iterable, Mapping, Sequence
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
CHECKED = ("territory", "status", "measure", "period")
FEW = 12  # measures; of more, reading all rows is cheaper than choosing


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
        self.connection.execute("SET enable_progress_bar = false")  # standard output is for the result
        self._failure: type[Exception] = duckdb.Error
        self._out_of_memory: type[Exception] = duckdb.OutOfMemoryException

    def close(self) -> None:
        """See the port."""
        self.connection.close()

    def load(self, observations: Path, frame: Path | None, measures: Collection[str]) -> Surroundings:
        """See the port."""
        types = self._types(observations)
        dimensions = files.dimensions_of(observations.name, list(types))
        self._view("raw_observations", observations, types, keep="value")
        cast = types["value"] != "DOUBLE"
        known, statuses, shortest = self._check_observations(observations.name, measures, cast=cast)
        status = "CASE WHEN value IS NULL THEN 'missing' ELSE 'ok' END"
        told = f"coalesce(status, {status})" if None in statuses else "status"
        self.connection.execute(
            f"CREATE VIEW observations AS SELECT * REPLACE ({told} AS status) FROM raw_observations"
        )
        return Surroundings(
            dimensions=dimensions,
            measures=known,
            others=len(measures) <= FEW or not known <= {*measures},
            statuses=files.statuses_behind(statuses),
            shortest=shortest,
            frame_columns=None if frame is None else self._frame(frame),
        )

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
        """The rows of a query, in their order, as a Parquet file. Raises ResultUnwritable, TooLarge."""
        try:
            self.connection.execute(f"COPY ({query}) TO {text(str(path))} (FORMAT parquet, COMPRESSION zstd)")
        except self._out_of_memory:
            raise files.TooLarge from None
        except self._failure as error:
            raise files.ResultUnwritable(str(error).split("\n", maxsplit=1)[0]) from None

    def read(self, path: Path) -> list[tuple[Value, ...]]:
        """All rows of a Parquet file."""
        return self.answer(f"SELECT * FROM read_parquet({text(str(path))})")

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

    def _check_observations(
        self, file: str, measures: Collection[str], *, cast: bool
    ) -> tuple[frozenset[str], set[str | None], int]:
        """Codes of the measures, the statuses, and how many digits the shortest code of a territory has.

        Column by column: texts that are kept in a dictionary are then told apart by their numbers.
        """
        view = "raw_observations"
        if 0 < len(measures) <= FEW:
            view += f" WHERE measure IN ({', '.join(text(measure) for measure in measures)})"
        try:
            found = self._different(view)
            if cast:
                self.answer(f"SELECT max(value) FROM {view}")
        except self._failure as error:
            raise files.FileUnusable(file, "unreadable", str(error).split("\n", maxsplit=1)[0]) from None
        files.check_territories(file, found["territory"])
        files.check_statuses(file, found["status"])
        self._put_periods(file, "periods", found["period"])
        self._check_empty(file, "raw_observations")
        known = frozenset(measure for measure in found["measure"] if measure is not None)
        if len(known) < len(found["measure"]):
            raise files.FileUnusable(file, "empty", "measure")
        return known, found["status"], min((len(str(code)) for code in found["territory"]), default=0)

    def _different(self, view: str) -> dict[str, set[str | None]]:
        """The different values of the columns that are checked."""
        lists = ", ".join(f"list(DISTINCT {column})" for column in CHECKED)
        (row,) = self.answer(f"SELECT {lists} FROM {view}")
        return {
            column: {_text(value) for value in values or ()}  # type: ignore[union-attr]
            for column, values in zip(CHECKED, row, strict=True)
        }

    def _check_empty(self, file: str, view: str) -> None:
        if self.answer(f"SELECT 1 FROM {view} WHERE unit_id IS NULL LIMIT 1"):
            raise files.FileUnusable(file, "empty", "unit_id")

    def _put_periods(self, file: str, table: str, texts: Iterable[str | None]) -> None:
        found = files.read_periods(file, texts)
        self.put(
            table,
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
        told = self.answer("SELECT DISTINCT territory, period FROM raw_frame")
        files.check_territories(frame.name, (_text(row[0]) for row in told))
        self._check_empty(frame.name, "raw_frame")
        self._put_periods(frame.name, "frame_periods", {_text(row[1]) for row in told})
        self.connection.execute(
            "CREATE VIEW expected AS SELECT f.*, p.m, p.w FROM raw_frame AS f "
            "JOIN frame_periods AS p ON f.period = p.period"
        )
        return columns


def _source(path: Path) -> str:
    pattern = text(files.pattern_of(path))
    return f"read_parquet({pattern}, union_by_name = true, hive_partitioning = false)"


def _text(value: Value) -> str | None:
    return None if value is None else str(value)
