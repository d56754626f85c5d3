"""Observations of a database as Parquet files that never change, and their checksums."""

import hashlib
from collections.abc import Iterable, Sequence
from pathlib import Path

from spoiwo.engines.indicators.duck import DuckIndicators
from spoiwo.engines.indicators.observed import Row

FIXED = ("measure", "unit_id", "territory", "period", "value", "status")


def write_rows(path: Path, rows: Sequence[Row], dimensions: Iterable[str] = ()) -> str:
    """Write observations as one file, sorted; answers its SHA-256 in hexadecimal digits.

    dimensions: which have a column even when no row is broken down by them.
    """
    dimensions = sorted({*dimensions, *(dimension for row in rows for dimension in row.cell)})
    fixed = [(r.measure, r.unit, r.territory, r.period, r.value, r.status) for r in rows]
    values: list[list[object]] = [[told[at] for told in fixed] for at in range(len(FIXED))]
    values += [[row.cell.get(dimension) for row in rows] for dimension in dimensions]
    names = [f"c{at}" for at in range(len(values))]
    kinds = ["DOUBLE" if at == FIXED.index("value") else "VARCHAR" for at in range(len(values))]
    engine = DuckIndicators(threads=1)
    engine.put("kept", {n: (kind, v) for n, kind, v in zip(names, kinds, values, strict=True)})
    titles = [*FIXED, *dimensions]
    taken = ", ".join(
        f'{n} AS "{title.replace(chr(34), chr(34) * 2)}"' for n, title in zip(names, titles, strict=True)
    )
    engine.write(f"SELECT {taken} FROM kept ORDER BY c0, c2, c3, c1", path)
    engine.close()
    return digest_of(path)


def digest_of(path: Path) -> str:
    """SHA-256 of a file in hexadecimal digits."""
    return hashlib.sha256(path.read_bytes()).hexdigest()
