"""Matching registers that lie in files on a Spark cluster; the same pairs as `files` on one machine."""

import csv
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

from spoiwo.engines.linkage import UnwritableTable
from spoiwo.engines.spark import Spark
from spoiwo.matching.services.files import FileMatch, Progress, RegisterUnusable, layout
from spoiwo.matching.strategy import STRATEGY, Judged, deciding, explaining, spread
from spoiwo.matching.strategy.spread import Pair

_COLUMNS = ("left_id", "right_id", "decision", "probability", "rule", "evidence")


def match_files_on(
    spark: Spark,
    left: Path,
    right: Path | None,
    out: Path,
    *,
    language: str = "",
    progress: Progress = lambda _: None,
) -> FileMatch:
    """Write judged pairs to `out`, as files.match_files does.

    Raises RegisterUnusable, UnreadableTable, UnwritableTable.
    """
    progress("reading")
    sizes = [0, 0]
    rows = None
    for side, path in enumerate(path for path in (left, right) if path is not None):
        register = layout(path)
        read = spark.read_csv(
            path, delimiter=register.delimiter, columns=register.names, kept=register.known, side=side
        )
        sizes[side] = _checked(path, read)
        rows = read if rows is None else rows.union(read)
    judged, _ = spread.judge(rows, spark.share, dedupe=right is None, progress=progress)
    progress("writing")
    _write(judged, out, language)
    found = Counter(one.verdict for one in judged.values())
    return FileMatch(
        strategy=STRATEGY,
        left=sizes[0],
        right=sizes[1],
        auto=found[deciding.AUTO],
        review=found[deciding.REVIEW],
    )


def _checked(path: Path, read: spread.Spread) -> int:
    """How many rows there are; refuses rows that cannot be told apart."""
    met = read.map(lambda row: (row[1].get("local_id"), 1)).reduceByKey(lambda one, other: one + other)
    size, most, empty = met.map(lambda one: (one[1], one[1], int(one[0] is None))).fold(
        (0, 0, 0), lambda one, other: (one[0] + other[0], max(one[1], other[1]), one[2] + other[2])
    )
    if empty:
        raise RegisterUnusable(path.name, "empty_id")
    if most > 1:
        raise RegisterUnusable(path.name, "id_twice")
    return int(size)


def _write(judged: Mapping[Pair, Judged], out: Path, language: str) -> None:
    try:
        with out.open("w", encoding="utf-8", newline="") as stream:
            writer = csv.writer(stream, lineterminator="\n")
            writer.writerow(_COLUMNS)
            for one, other in sorted(judged, key=lambda pair: (pair[0][1], pair[1][1])):
                found = judged[one, other]
                told = explaining.evidence(found.levels, language)
                writer.writerow(
                    (one[1], other[1], found.verdict, f"{found.probability:.6f}", found.rule, told)
                )
    except OSError as error:
        raise UnwritableTable(out, error.strerror or "") from None
