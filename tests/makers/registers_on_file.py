"""Register files for the matching engine, and what it says about them."""

import csv
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple

from spoiwo.cli.demo.codes import STANDARD_COLUMNS
from spoiwo.cli.demo.generate import generate
from spoiwo.engines.linkage import DuckDB
from spoiwo.matching.services.files import match_files

Row = Mapping[str, str]
Pair = tuple[str, str]
_WEIGHTS = (1, 3, 7, 9, 1, 3, 7, 9, 1, 3)
_CENTURIES = {18: 80, 19: 0, 20: 20}


class Said(NamedTuple):
    """What stands in the file of pairs about one pair."""

    decision: str
    probability: float
    rule: str
    evidence: str


def pesel(born: str, serial: str) -> str:
    """The number of a birth date (ISO) with a serial of four digits; the last is odd for men."""
    year, month, day = born.split("-")
    digits = f"{year[2:]}{int(month) + _CENTURIES[int(year[:2])]:02}{day}{serial}"
    control = -sum(int(digit) * weight for digit, weight in zip(digits, _WEIGHTS, strict=True)) % 10
    return f"{digits}{control}"


def person(local_id: str, first: str, last: str, born: str, **other: str) -> Row:
    """A row with an address and no number, unless told otherwise."""
    woman = first.lower().endswith("a")
    home = {
        "teryt": "0861011",
        "place": "Gorzów Wielkopolski",
        "street": "Zacisze",
        "house": "7",
        "flat": "3",
    }
    names = {"local_id": local_id, "first_name": first, "last_name": last, "birth_date": born}
    return {**home, "sex": "K" if woman else "M", **names, **other}


def away(**other: str) -> dict[str, str]:
    """Another address, for those who moved."""
    return {"teryt": "0804011", "place": "Nowa Sól", "street": "Polna", "house": "91", "flat": "", **other}


def write(path: Path, rows: Iterable[Row], columns: Sequence[str] = STANDARD_COLUMNS) -> Path:
    """A register file of these rows."""
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, columns, restval="", extrasaction="ignore")
        writer.writeheader()
        writer.writerows(rows)
    return path


def read(path: Path) -> list[dict[str, str]]:
    """Rows of a file."""
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def town(folder: Path, seed: int = 5) -> tuple[list[dict[str, str]], list[dict[str, str]], set[Pair]]:
    """Two registers of a small town and the pairs of their common people; the background of what is tested."""
    generate(seed, folder, day=date(2026, 1, 15), pup=1200, ops=800, common=300, formats=("standard",))
    truth = {
        (row["left_id"], row["right_id"]) for row in read(folder / "truth.csv") if row["kind"] == "cross"
    }
    return read(folder / "pup_standard.csv"), read(folder / "ops_standard.csv"), truth


def said(path: Path) -> dict[Pair, Said]:
    """The file of pairs."""
    return {
        (row["left_id"], row["right_id"]): Said(
            row["decision"], float(row["probability"]), row["rule"], row["evidence"]
        )
        for row in read(path)
    }


def judged(folder: Path, left: Iterable[Row], right: Iterable[Row] | None = None) -> dict[Pair, Said]:
    """What the engine says about two registers, or about the duplicates in one."""
    out = folder / "pairs.csv"
    with DuckDB(threads=1) as engine:
        match_files(
            engine,
            write(folder / "left.csv", left),
            write(folder / "right.csv", right) if right is not None else None,
            out,
        )
    return said(out)
