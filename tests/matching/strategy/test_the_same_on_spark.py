"""Spark says of every pair what DuckDB says, to the letter of the file."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from benchmarks.linkage_registers import second
from spoiwo.cli.main import main
from spoiwo.engines.linkage import DuckDB, UnreadableTable, UnwritableTable
from spoiwo.engines.spark import Spark
from spoiwo.matching.services import spread_files
from spoiwo.matching.services.files import RegisterUnusable, match_files
from spoiwo.matching.services.spread_files import match_files_on

HEADER = "local_id,first_name,last_name,birth_date,pesel\n"


@pytest.fixture(scope="module")
def spark() -> Iterator[Spark]:
    with Spark(threads=2, partitions=2) as session:
        yield session


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("registers")
    second.write("second hostile", 3, made, left=300, right=240, common=110)
    # Fillers that everybody has, so that keys of a crowd are left out on both.
    rows = "".join(f"T{at},Jan,Nowak{at},,{at % 10}0000000000\n" for at in range(120))
    (made / "crowd.csv").write_text(
        f"{HEADER}{rows}K1,Ewa,Kępa,1980-02-29,\nK2,EWA,Kepa,1980-02-29,\n", "utf-8"
    )
    return made


@pytest.mark.slow
@pytest.mark.enable_socket
@pytest.mark.parametrize(
    ("left", "right", "language"),
    [("left.csv", "right.csv", ""), ("left.csv", None, "pl"), ("crowd.csv", None, "en")],
)
def test_the_file_of_pairs_is_the_same(
    spark: Spark, folder: Path, left: str, right: str | None, language: str
):
    files = folder / left, folder / right if right else None

    there = match_files_on(spark, *files, folder / "spark.csv", language=language)
    with DuckDB(threads=2) as engine:
        here = match_files(engine, *files, folder / "duckdb.csv", language=language)

    assert here.auto > 0
    assert there == here
    assert (folder / "spark.csv").read_text("utf-8") == (folder / "duckdb.csv").read_text("utf-8")


@pytest.mark.slow
@pytest.mark.enable_socket
@pytest.mark.parametrize(
    ("rows", "reason"), [("1,Ewa,Lis,,\n1,Ewa,Lis,,\n", "id_twice"), (",Ewa,Lis,,\n", "empty_id")]
)
def test_rows_that_cannot_be_told_apart_are_refused(spark: Spark, tmp_path: Path, rows: str, reason: str):
    path = tmp_path / "bad.csv"
    path.write_text(f"{HEADER}{rows}", encoding="utf-8")

    with pytest.raises(RegisterUnusable) as refused:
        match_files_on(spark, path, None, tmp_path / "pairs.csv")

    assert refused.value.reason == reason


@pytest.mark.slow
@pytest.mark.enable_socket
def test_a_row_with_a_cell_too_few_is_refused(spark: Spark, tmp_path: Path):
    path = tmp_path / "ragged.csv"
    path.write_text(f"{HEADER}1,Ewa\n", encoding="utf-8")

    with pytest.raises(UnreadableTable, match=r"ragged\.csv"):
        match_files_on(spark, path, None, tmp_path / "pairs.csv")


def test_without_spark_the_command_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    monkeypatch.setitem(sys.modules, "pyspark.sql", None)
    path = tmp_path / "register.csv"
    path.write_text(f"{HEADER}1,Ewa,Lis,,\n", encoding="utf-8")

    code = main(["match", str(path), "--dedupe", "--out", str(tmp_path / "pairs.csv"), "--engine", "spark"])

    assert code == 1
    assert "spoiwo[spark]" in capsys.readouterr().err


def test_a_file_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    out = tmp_path / "missing" / "pairs.csv"

    with pytest.raises(UnwritableTable) as refused:
        spread_files._write({}, out, "pl")

    assert str(refused.value).startswith("pairs.csv")
