"""Spark behind the port of indicators, for more than one machine holds; Java and `spoiwo[spark]` are needed."""

import contextlib
import os
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path
from typing import Any

from spoiwo.engines.indicators import files
from spoiwo.engines.indicators.batching import Surroundings
from spoiwo.engines.indicators.cards import RESERVED
from spoiwo.engines.indicators.port import Value
from spoiwo.kernel.errors import DomainError


class SparkAbsent(DomainError):
    """Spark, or the Java it runs on, is not installed."""


class SparkIndicators:
    """A session on this machine, or on the cluster that SPARK_MASTER names; partitions: of every shuffle;
    small: whether the tables have a handful of rows.
    """

    dialect = "spark"

    def __init__(self, *, threads: int | None = None, partitions: int = 4, small: bool = False):
        try:
            from pyspark.sql import SparkSession
        except ImportError:
            raise SparkAbsent from None
        master = os.environ.get("SPARK_MASTER") or f"local[{threads or 2}]"
        with _quietly():
            builder = SparkSession.builder.master(master).appName("spoiwo indicators")
            settings = {
                "spark.ui.enabled": "false",
                "spark.sql.shuffle.partitions": str(partitions),
                "spark.sql.session.timeZone": "UTC",
                "spark.log.level": "ERROR",
            }
            if small:  # compiling code for a handful of rows takes longer than reading them
                settings |= {
                    "spark.sql.codegen.wholeStage": "false",
                    "spark.sql.codegen.factoryMode": "NO_CODEGEN",
                    "spark.sql.adaptive.enabled": "false",
                }
            for setting, value in settings.items():
                builder = builder.config(setting, value)
            try:
                self._session = builder.getOrCreate()
            except Exception as error:  # noqa: BLE001 - pyspark's own errors differ by version
                raise SparkAbsent(str(error).split("\n", maxsplit=1)[0]) from None

    def close(self) -> None:
        """See the port."""
        self._session.stop()

    def load(self, observations: Path, frame: Path | None, measures: Collection[str]) -> Surroundings:
        """See the port."""
        table = self._read(observations)
        dimensions = files.dimensions_of(observations.name, table.columns)
        taken = self._as_text(table, keep="value")
        used = taken.where(taken.measure.isin(list(measures)) | taken.measure.isNull()) if measures else taken
        self._check(observations.name, used, status=True)
        status = "coalesce(status, CASE WHEN value IS NULL THEN 'missing' ELSE 'ok' END)"
        taken = taken.selectExpr(
            *(f"{status} AS status" if c == "status" else f"`{c}`" for c in taken.columns)
        )
        taken.createOrReplaceTempView("observations")
        self._put_periods(observations.name, used, "periods")
        known = frozenset(str(found) for found in self._different(taken, "measure"))
        framed = self._frame(frame) if frame is not None else None
        return Surroundings(dimensions=dimensions, measures=known, frame_columns=framed)

    def answer(self, statement: str) -> list[tuple[Value, ...]]:
        """See the port."""
        return [tuple(row) for row in self._session.sql(statement).collect()]

    def _read(self, path: Path) -> Any:
        files.pattern_of(path)
        reader = self._session.read.option("recursiveFileLookup", "true").option("mergeSchema", "true")
        try:
            return reader.parquet(str(path))
        except Exception as error:  # noqa: BLE001 - see above
            raise files.FileUnusable(path.name, "unreadable", str(error).split("\n", maxsplit=1)[0]) from None

    @staticmethod
    def _as_text(table: Any, *, keep: str = "") -> Any:
        fixed = {*RESERVED, *files.FRAME}
        taken = []
        for column in table.columns:
            source = "`" + column.replace("`", "``") + "`"
            title = column if column in fixed else "d_" + column
            kind = "DOUBLE" if column == keep else "STRING"
            taken.append(f"CAST({source} AS {kind}) AS `{title.replace('`', '``')}`")
        return table.selectExpr(*taken)

    @staticmethod
    def _different(table: Any, column: str) -> Iterable[str | None]:
        return (row[0] for row in table.select(column).distinct().collect())

    def _check(self, file: str, table: Any, *, status: bool = False) -> None:
        files.check_territories(file, self._different(table, "territory"))
        if status:
            files.check_statuses(file, self._different(table, "status"))
        for column in ("unit_id", "measure") if status else ("unit_id",):
            if table.where(f"{column} IS NULL").limit(1).count():
                raise files.FileUnusable(file, "empty", column)

    def _put_periods(self, file: str, table: Any, view: str) -> None:
        found = files.read_periods(file, self._different(table, "period"))
        rows = " UNION ALL ".join(f"SELECT '{text}' AS period, {m} AS m, {w} AS w" for text, m, w in found)
        empty = "SELECT '' AS period, 0 AS m, 0 AS w WHERE 1 = 0"
        self._session.sql(rows or empty).createOrReplaceTempView(view)

    def _frame(self, frame: Path) -> tuple[str, ...]:
        table = self._read(frame)
        columns = files.frame_columns_of(frame.name, table.columns)
        taken = self._as_text(table)
        self._check(frame.name, taken)
        taken.createOrReplaceTempView("raw_frame")
        self._put_periods(frame.name, taken, "frame_periods")
        joined = "SELECT f.*, p.m, p.w FROM raw_frame AS f JOIN frame_periods AS p ON f.period = p.period"
        self._session.sql(joined).createOrReplaceTempView("expected")
        return columns


@contextlib.contextmanager
def _quietly() -> Iterator[None]:
    """Spark's launcher greets on standard error, which belongs to our messages."""
    kept = os.dup(2)
    try:
        with Path(os.devnull).open("w", encoding="utf-8") as nowhere:
            os.dup2(nowhere.fileno(), 2)
            yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)
