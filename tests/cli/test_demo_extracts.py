"""The files of two offices: alike on every machine, truthful about who is who, readable by their mappings."""

import csv
import os
import subprocess
import sys
from collections import Counter
from datetime import date, datetime
from pathlib import Path

import pytest
from openpyxl import load_workbook

from spoiwo.cli.demo.extracts import in_encoding
from spoiwo.cli.demo.generate import GenerationReport, generate
from spoiwo.cli.demo.mappings import DATE_COLUMNS, OPS_MAPPING, PUP_MAPPING, OfficeMapping
from spoiwo.clients.types import FACT_CATEGORIES, DocumentKind, FactKind, Status

DAY = date(2026, 11, 2)
SCRIPT = """
import sys
from datetime import date
from pathlib import Path
from spoiwo.cli.demo.generate import generate
formats = ("offices", "xlsx", "standard")
generate(9, Path(sys.argv[1]), day=date(2026, 11, 2), pup=300, ops=200, common=80, formats=formats)
"""


def write(folder: Path, seed: int = 9, *, noise: str = "realistic", common: int = 80) -> GenerationReport:
    """A small pair of registers in every format."""
    formats = ("offices", "xlsx", "standard")
    return generate(seed, folder, day=DAY, pup=300, ops=200, common=common, noise=noise, formats=formats)


def read(path: Path, *, encoding: str = "utf-8", delimiter: str = ",") -> list[dict[str, str]]:
    with path.open(encoding=encoding, newline="") as stream:
        return list(csv.DictReader(stream, delimiter=delimiter, strict=True))


def through_mapping(path: Path, mapping: OfficeMapping) -> list[dict[str, str]]:
    """The office's file read back into standard columns, as an importer with this mapping would."""
    rows = []
    for record in read(path, encoding=mapping.encoding, delimiter=mapping.delimiter):
        row = {name: record[header] for name, header in mapping.columns.items()}
        for name, table in mapping.values.items():
            row[name] = table[row[name]] if row[name] else ""
        for name in DATE_COLUMNS:
            row[name] = (
                datetime.strptime(row[name], mapping.date_format).date().isoformat() if row[name] else ""
            )
        rows.append(row)
    return rows


def truth(folder: Path, kind: str) -> set[tuple[str, str]]:
    return {
        (pair["left_id"], pair["right_id"]) for pair in read(folder / "truth.csv") if pair["kind"] == kind
    }


def test_the_same_arguments_write_the_same_bytes_whatever_the_process(tmp_path: Path):
    for hash_seed in ("1", "2"):
        folder = tmp_path / hash_seed
        environment = {**os.environ, "PYTHONHASHSEED": hash_seed, "TZ": f"UTC{hash_seed}"}
        subprocess.run([sys.executable, "-c", SCRIPT, str(folder)], check=True, env=environment)

    names = sorted(path.name for path in (tmp_path / "1").iterdir())
    assert len(names) == 9
    for name in names:
        assert (tmp_path / "1" / name).read_bytes() == (tmp_path / "2" / name).read_bytes()


def test_another_seed_writes_other_people(tmp_path: Path):
    write(tmp_path / "one", seed=1)
    write(tmp_path / "two", seed=2)

    assert (tmp_path / "one" / "pup.csv").read_bytes() != (tmp_path / "two" / "pup.csv").read_bytes()


def test_registers_have_the_rows_asked_for_under_unique_local_ids(tmp_path: Path):
    report = write(tmp_path)

    pup, ops = read(tmp_path / "pup_standard.csv"), read(tmp_path / "ops_standard.csv")
    assert (len(pup), len(ops)) == (report.pup_rows, report.ops_rows) == (300, 200)
    assert len({row["local_id"] for row in pup}) == 300
    assert len({row["local_id"] for row in ops}) == 200
    assert report.common_people == 80


def test_in_clean_registers_the_truth_is_exactly_who_has_the_same_pesel(tmp_path: Path):
    write(tmp_path, noise="clean")
    pup = {row["local_id"]: row for row in read(tmp_path / "pup_standard.csv")}
    ops = {row["local_id"]: row for row in read(tmp_path / "ops_standard.csv")}

    cross = truth(tmp_path, "cross")

    numbered = {pair for pair in cross if pup[pair[0]]["pesel"]}
    by_pesel = {row["pesel"]: local_id for local_id, row in ops.items() if row["pesel"]}
    same = {(left, by_pesel[row["pesel"]]) for left, row in pup.items() if row["pesel"] in by_pesel}
    assert numbered == same
    assert len(cross) == 80
    for left, right in cross:
        for column in ("pesel", "document_no", "first_name", "last_name", "birth_date", "sex"):
            assert pup[left][column] == ops[right][column]
    assert truth(tmp_path, "within_pup") == truth(tmp_path, "within_ops") == set()


def test_duplicates_in_a_register_are_told_in_the_truth(tmp_path: Path):
    report = write(tmp_path, noise="hostile")
    pup = {row["local_id"]: row for row in read(tmp_path / "pup_standard.csv")}

    within = truth(tmp_path, "within_pup")

    assert len(within) == report.pairs["within_pup"] == 300 - report.pup_people == 18
    for left, right in within:
        assert left != right
        assert pup[left]["sex"] == pup[right]["sex"]
        assert pup[left]["status_from"] == pup[right]["status_from"]


def test_every_cross_pair_is_one_person_even_when_offices_err(tmp_path: Path):
    report = write(tmp_path, noise="hostile")
    pup = {row["local_id"]: row for row in read(tmp_path / "pup_standard.csv")}
    ops = {row["local_id"]: row for row in read(tmp_path / "ops_standard.csv")}

    cross = truth(tmp_path, "cross")

    assert len(cross) == report.pairs["cross"] >= report.common_people
    for left, right in cross:
        for column in ("sex", "citizenship", "document_no"):
            assert pup[left][column] == ops[right][column]


@pytest.mark.parametrize(("name", "mapping"), [("pup", PUP_MAPPING), ("ops", OPS_MAPPING)])
def test_an_offices_file_read_through_its_mapping_is_the_standard_file(
    tmp_path: Path, name: str, mapping: OfficeMapping
):
    write(tmp_path)

    mapped = through_mapping(tmp_path / f"{name}.csv", mapping)

    standard = read(tmp_path / f"{name}_standard.csv")
    expected = [
        {column: in_encoding(row[column], mapping.encoding) for column in mapping.columns} for row in standard
    ]
    assert mapped == expected


def test_columns_that_an_office_does_not_keep_are_empty_or_absent_from_its_mapping():
    assert "household_id" not in PUP_MAPPING.columns
    assert "email" not in OPS_MAPPING.columns


@pytest.mark.parametrize("mapping", [PUP_MAPPING, OPS_MAPPING])
def test_mappings_point_at_known_codes_one_to_one(mapping: OfficeMapping):
    assert set(mapping.values["status"].values()) <= set(Status)
    assert set(mapping.values["document_kind"].values()) == set(DocumentKind)
    assert len(set(mapping.columns.values())) == len(mapping.columns)
    for table in mapping.values.values():
        assert len(set(table.values())) == len(table)


def test_the_workbook_holds_the_same_cells_as_the_text_file(tmp_path: Path):
    write(tmp_path)

    book = load_workbook(tmp_path / "ops.xlsx", read_only=True)
    cells = [[str(cell or "") for cell in row] for row in book["Lista"].iter_rows(values_only=True)]
    book.close()

    with (tmp_path / "ops.csv").open(encoding="utf-8", newline="") as stream:
        assert cells == list(csv.reader(stream))


def test_nothing_looks_like_a_formula_even_in_hostile_registers(tmp_path: Path):
    for path in write(tmp_path, noise="hostile").files:
        if path.suffix == ".csv":
            encoding, delimiter = ("cp1250", ";") if path.name == "pup.csv" else ("utf-8", ",")
            values = [v for row in read(path, encoding=encoding, delimiter=delimiter) for v in row.values()]

            assert values
            assert not [value for value in values if value.startswith(("=", "+", "-", "@", "\t", "\r"))]


@pytest.mark.parametrize(
    ("told", "written"),
    [("Nguyễn", "Nguyen"), ("Łęcka", "Łęcka"), ("Thảo", "Thao"), ("Mazur", "Mazur")],
)
def test_letters_outside_cp1250_are_written_plainly_and_polish_ones_kept(told: str, written: str):
    assert in_encoding(told, "cp1250") == written
    assert in_encoding(told, "utf-8") == told


def test_facts_hang_on_rows_of_their_register_and_use_the_vocabulary(tmp_path: Path):
    report = write(tmp_path)

    count = 0
    for office in ("pup", "ops"):
        local_ids = {row["local_id"] for row in read(tmp_path / f"{office}_standard.csv")}
        facts = read(tmp_path / f"{office}_facts.csv")
        count += len(facts)
        assert {fact["local_id"] for fact in facts} <= local_ids
        assert all(fact["category"] == FACT_CATEGORIES[FactKind(fact["kind"])] for fact in facts)
    assert count == report.facts > 500


def test_a_note_beside_the_files_says_that_the_data_are_invented(tmp_path: Path):
    report = write(tmp_path)

    note = (tmp_path / "README.txt").read_text(encoding="utf-8")

    assert "dane fikcyjne" in note.lower()
    for path in report.files:
        assert path.is_file()
        assert path.name == "README.txt" or path.name in note


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("offices", {"pup.csv", "ops.csv"}),
        ("xlsx", {"ops.xlsx"}),
        ("standard", {"pup_standard.csv", "ops_standard.csv"}),
    ],
)
def test_only_the_formats_asked_for_are_written(tmp_path: Path, name: str, written: set[str]):
    generate(3, tmp_path, day=DAY, pup=40, ops=30, common=10, formats=[name])

    always = {"pup_facts.csv", "ops_facts.csv", "truth.csv", "README.txt"}
    assert {path.name for path in tmp_path.iterdir()} == written | always


def test_the_truth_can_be_left_out(tmp_path: Path):
    generate(3, tmp_path, day=DAY, pup=40, ops=30, common=10, with_truth=False)

    assert not (tmp_path / "truth.csv").exists()


def test_a_welfare_centre_can_serve_one_commune_only(tmp_path: Path):
    generate(3, tmp_path, day=DAY, pup=200, ops=60, common=20, noise="clean", ops_communes=["0801042"])

    served = Counter(row["teryt"] for row in read(tmp_path / "ops_standard.csv"))
    labour = {row["teryt"] for row in read(tmp_path / "pup_standard.csv")}
    assert served == {"0801042": 60}
    assert len(labour) > 1


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        pytest.param({"common": 500}, "do not fit", id="more common clients than clients"),
        pytest.param({"common": -1}, "do not fit", id="fewer than none"),
        pytest.param({"noise": "loud"}, "noise must be", id="unknown noise"),
        pytest.param({"formats": ["pdf"]}, "formats must be", id="unknown format"),
        pytest.param({"formats": []}, "formats must be", id="no format"),
        pytest.param({"ops_communes": ["3064011"]}, "nobody lives", id="commune outside"),
    ],
)
def test_nonsense_is_refused_before_anything_is_written(
    tmp_path: Path, arguments: dict[str, object], complaint: str
):
    wanted: dict[str, object] = {"pup": 300, "ops": 200, "common": 80, **arguments}

    with pytest.raises(ValueError, match=complaint):
        generate(1, tmp_path / "out", day=DAY, **wanted)  # type: ignore[arg-type]

    assert not (tmp_path / "out").exists()
