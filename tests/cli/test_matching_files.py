"""spoiwo match."""

import json
from pathlib import Path

import pytest

from spoiwo.cli.main import main
from tests.makers.registers_on_file import person, pesel, read, write

ANNA = pesel("1980-01-02", "1122")
PAIRS_HEADER = ["left_id", "right_id", "decision", "probability", "rule", "evidence"]


def registers(folder: Path) -> tuple[Path, Path]:
    left = [person("L1", "Anna", "Nowak", "1980-01-02", pesel=ANNA), person("L2", "Jan", "Lis", "1970-03-04")]
    right = [
        person("R1", "ANNA", "NOWAK", "1980-01-02", pesel=ANNA),
        person("R2", "Ewa", "Kos", "1990-05-06"),
    ]
    return write(folder / "left.csv", left), write(folder / "right.csv", right)


def test_pairs_of_two_files_are_written_in_the_agreed_columns(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    left, right = registers(tmp_path)
    out = tmp_path / "pairs.csv"

    code = main(["match", str(left), str(right), "--out", str(out), "--json"])

    captured = capsys.readouterr()
    told = json.loads(captured.out)
    rows = read(out)
    assert code == 0
    assert list(rows[0]) == PAIRS_HEADER
    assert [(row["left_id"], row["right_id"], row["decision"], row["rule"]) for row in rows] == [
        ("L1", "R1", "auto", "pesel")
    ]
    assert told == {**told, "left": 2, "right": 2, "auto": 1, "review": 0, "engine": "duckdb"}
    assert captured.err.count("\n") >= 5


def test_duplicates_are_found_in_one_file(tmp_path: Path):
    rows = [
        person("B", "Anna", "Nowak", "1980-01-02", pesel=ANNA),
        person("A", "Anna", "Nowak", "1980-01-02", pesel=ANNA),
    ]
    out = tmp_path / "pairs.csv"

    code = main(["match", str(write(tmp_path / "one.csv", rows)), "--dedupe", "--out", str(out)])

    assert code == 0
    assert [(row["left_id"], row["right_id"]) for row in read(out)] == [("A", "B")]


def test_evidence_is_told_in_polish_sentences(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    left, right = registers(tmp_path)
    monkeypatch.setenv("SPOIWO_LANGUAGE", "pl")

    main(["match", str(left), str(right), "--out", str(tmp_path / "pairs.csv"), "--explain"])

    assert read(tmp_path / "pairs.csv")[0]["evidence"] == (
        "ten sam PESEL; to samo imię; to samo nazwisko; ta sama data urodzenia; ten sam adres"
    )


def test_semicolons_a_byte_order_mark_and_unknown_columns_are_no_obstacle(tmp_path: Path):
    left, _ = registers(tmp_path)
    path = tmp_path / "other.csv"
    path.write_text(
        f"\ufeffNazwa;LOCAL_ID;Nazwa;last_name;first_name;pesel\nx;R9;y;Nowak;Anna;{ANNA}\n", encoding="utf-8"
    )

    code = main(["match", str(left), str(path), "--out", str(tmp_path / "pairs.csv")])

    assert code == 0
    assert [(row["left_id"], row["right_id"]) for row in read(tmp_path / "pairs.csv")] == [("L1", "R9")]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        pytest.param(None, "there is no such file", id="absent"),
        pytest.param(b"", "the file is empty", id="empty"),
        pytest.param(b"id,pesel\n1,2\n", "the column local_id is missing", id="no local_id"),
        pytest.param(b"local_id,phone\n1,2\n", "none of the columns", id="nothing to know people by"),
        pytest.param(b"local_id,pesel,pesel\n1,2,3\n", "a column stands twice", id="column twice"),
        pytest.param(b"local_id,pesel\n1,2\n1,3\n", "the same local_id", id="id twice"),
        pytest.param(b"local_id,pesel\n,2\n", "a row has no local_id", id="no id"),
        pytest.param(b"local_id,pesel\n1,2,3,4\n", "no readable table", id="ragged"),
        pytest.param("local_id,imię\n1,x\n".encode("cp1250"), "not in UTF-8", id="another encoding"),
    ],
)
def test_unusable_input_ends_with_code_2_and_a_reason(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], content: bytes | None, reason: str
):
    left, _ = registers(tmp_path)
    bad = tmp_path / "bad.csv"
    if content is not None:
        bad.write_bytes(content)

    code = main(["match", str(left), str(bad), "--out", str(tmp_path / "pairs.csv")])

    assert code == 2
    assert "bad.csv" in (said := capsys.readouterr().err)
    assert reason in said
    assert not (tmp_path / "pairs.csv").exists()


def test_a_folder_in_the_place_of_a_file_ends_with_code_2(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    left, _ = registers(tmp_path)
    (tmp_path / "folder.csv").mkdir()

    code = main(["match", str(left), str(tmp_path / "folder.csv"), "--out", str(tmp_path / "pairs.csv")])

    assert code == 2
    assert "folder.csv" in capsys.readouterr().err


@pytest.mark.parametrize(
    "extra", [[], ["right.csv", "--dedupe"]], ids=["one file alone", "two files and --dedupe"]
)
def test_it_must_be_clear_what_is_matched(tmp_path: Path, extra: list[str]):
    left, _ = registers(tmp_path)

    assert main(["match", str(left), *extra, "--out", str(tmp_path / "pairs.csv")]) == 2


def test_registers_without_rows_have_no_pairs(tmp_path: Path):
    left, right = (write(tmp_path / name, []) for name in ("left.csv", "right.csv"))

    assert main(["match", str(left), str(right), "--out", str(tmp_path / "pairs.csv")]) == 0
    assert read(tmp_path / "pairs.csv") == []
