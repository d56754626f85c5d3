"""Observations of a database as Parquet files that never change, and their checksums."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from spoiwo.engines.indicators.duck import DuckIndicators
from spoiwo.engines.indicators.observed import Expected, Row

FIXED = ("measure", "unit_id", "territory", "period", "value", "status")


def write_rows(path: Path, rows: Sequence[Row], dimensions: Iterable[str] = ()) -> str:
    """Write observations as one file, sorted; answers its SHA-256 in hexadecimal digits.

    dimensions: which have a column even when no row is broken down by them.
    """
    dimensions = sorted({*dimensions, *(dimension for row in rows for dimension in row.cell)})
    fixed = [(r.measure, r.unit, r.territory, r.period, r.value, r.status) for r in rows]
    columns: dict[str, list[object]] = {title: [told[at] for told in fixed] for at, title in enumerate(FIXED)}
    columns |= {dimension: [row.cell.get(dimension) for row in rows] for dimension in dimensions}
    return _write(path, columns, order="c0, c2, c3, c1")


def write_expected(path: Path, rows: Sequence[Expected]) -> str:
    """Write a frame as one file, sorted; answers its SHA-256 in hexadecimal digits."""
    columns: dict[str, list[object]] = {
        "unit_id": [row.unit for row in rows],
        "territory": [row.territory for row in rows],
        "period": [row.period for row in rows],
    }
    for name in sorted({name for row in rows for name in row.cell}):
        columns[name] = [row.cell.get(name) for row in rows]
    return _write(path, columns, order="c0, c2, c1")


def _write(path: Path, columns: Mapping[str, Sequence[object]], *, order: str) -> str:
    kinds = ["DOUBLE" if title == "value" else "VARCHAR" for title in columns]
    engine = DuckIndicators(threads=1)
    given = zip(kinds, columns.values(), strict=True)
    engine.put("kept", {f"c{at}": (kind, values) for at, (kind, values) in enumerate(given)})
    taken = ", ".join(f'c{at} AS "{title.replace(chr(34), chr(34) * 2)}"' for at, title in enumerate(columns))
    engine.write(f"SELECT {taken} FROM kept ORDER BY {order}", path)
    engine.close()
    return digest_of(path)


def digest_of(path: Path) -> str:
    """SHA-256 of a file in hexadecimal digits."""
    return hashlib.sha256(path.read_bytes()).hexdigest()
