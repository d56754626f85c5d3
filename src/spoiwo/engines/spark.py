"""Spark for registers that one machine does not hold; Java and `spoiwo[spark]` are needed."""

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from spoiwo.engines.linkage import UnreadableTable
from spoiwo.kernel.errors import DomainError


class SparkAbsent(DomainError):
    """Spark, or the Java it runs on, is not installed."""


class Spark:
    """A session on this machine, or on the cluster that SPARK_MASTER names; partitions: of every shuffle."""

    def __init__(self, *, threads: int | None = None, partitions: int = 4):
        try:
            from pyspark.sql import SparkSession
        except ImportError:
            raise SparkAbsent from None
        master = os.environ.get("SPARK_MASTER")
        if not master:
            os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")
            os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
        settings = {
            "spark.ui.enabled": "false",
            "spark.ui.showConsoleProgress": "false",
            "spark.log.level": "ERROR",
            "spark.default.parallelism": str(partitions),
            "spark.sql.shuffle.partitions": str(partitions),
            # Hashes of texts decide where rows go; every worker has to find the same.
            "spark.executorEnv.PYTHONHASHSEED": "0",
        }
        builder = SparkSession.builder.master(master or f"local[{threads or '*'}]").appName("spoiwo match")
        for setting, value in settings.items():
            builder = builder.config(setting, value)
        os.environ.setdefault("PYTHONHASHSEED", "0")
        try:
            self._session = builder.getOrCreate()
        except Exception as error:  # noqa: BLE001 - without Java pyspark raises what it pleases
            raise SparkAbsent(str(error).split("\n", maxsplit=1)[0]) from None

    def __enter__(self) -> Self:
        """The session; leaving ends it."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End the session."""
        self._session.stop()

    def share(self, value: object) -> Any:
        """Hand a value to every worker; it is read from `.value`."""
        return self._session.sparkContext.broadcast(value)

    def read_csv(
        self, path: Path, *, delimiter: str, columns: Sequence[str], kept: Sequence[str], side: int
    ) -> Any:
        """An RDD of (side, row) of a CSV file as the port of linkage describes it; row: the kept columns that are
        not empty, by name. Raises UnreadableTable.
        """
        layout = ", ".join(f"c{at} STRING" for at in range(len(columns)))
        try:
            table = self._session.read.csv(
                f"file://{path.resolve()}", schema=f"{layout}, broken STRING", header=True, sep=delimiter,
                quote='"', escape='"', multiLine=True, enforceSchema=True, encoding="UTF-8",
                columnNameOfCorruptRecord="broken",
            ).cache()  # fmt: skip
            wrong = table.where("broken IS NOT NULL").limit(1).collect()
        except Exception as error:  # noqa: BLE001 - what Java throws differs by version
            raise UnreadableTable(path, str(error).split("\n", maxsplit=1)[0]) from None
        if wrong:
            raise UnreadableTable(path, f"a row has not {len(columns)} cells: {wrong[0]['broken'][:40]}")
        places = [(name, at) for at, name in enumerate(columns) if name in kept]
        return table.rdd.map(
            lambda row: (side, {name: row[at] for name, at in places if row[at] not in {None, ""}})
        )
