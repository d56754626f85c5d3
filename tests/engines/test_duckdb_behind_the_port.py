from pathlib import Path

import pytest

from spoiwo.engines.linkage import DuckDB, UnreadableTable, UnwritableTable


def test_a_file_becomes_a_table_of_the_columns_that_are_needed(tmp_path: Path):
    path = tmp_path / "it's.csv"
    path.write_text('a,b,c\n1,"x, ""y""",ż\n2,,z\n', encoding="utf-8")

    with DuckDB(threads=1) as engine:
        engine.make_register("read", ["a", "b", "d"])
        for side in (0, 1):
            engine.load_csv("read", path, delimiter=",", columns=["a", "b", "c"], kept=["a", "b"], side=side)

        assert sorted(engine.rows("SELECT side, a, b, d FROM read")) == [
            (0, "1", 'x, "y"', None),
            (0, "2", None, None),
            (1, "1", 'x, "y"', None),
            (1, "2", None, None),
        ]
        assert sorted(engine.rows("SELECT id FROM read")) == [(1,), (2,), (3,), (4,)]


@pytest.mark.parametrize(
    "content", [pytest.param(b"a,b\n1\n", id="too few cells"), pytest.param(b"a,b\n1,\xb3\n", id="not UTF-8")]
)
def test_what_is_no_table_is_refused_by_name(tmp_path: Path, content: bytes):
    path = tmp_path / "broken.csv"
    path.write_bytes(content)

    with DuckDB(threads=1) as engine:
        engine.make_register("read", ["a", "b"])

        with pytest.raises(UnreadableTable, match=r"broken\.csv"):
            engine.load_csv("read", path, delimiter=",", columns=["a", "b"], kept=["a", "b"], side=0)


def test_columns_made_here_are_a_table_like_any_other(tmp_path: Path):
    out = tmp_path / "out.csv"

    with DuckDB(threads=1) as engine:
        engine.put("numbers", {"n": ("INTEGER", [2, 1]), "word": ("VARCHAR", ["dwa", "jeden"])})
        engine.write_csv("SELECT word, n FROM numbers ORDER BY n", out)

    assert out.read_text("utf-8") == "word,n\njeden,1\ndwa,2\n"


def test_a_place_where_nothing_can_be_written_is_named(tmp_path: Path):
    with DuckDB(threads=1) as engine, pytest.raises(UnwritableTable, match=r"out\.csv"):
        engine.write_csv("SELECT 1 AS n", tmp_path / "nowhere" / "out.csv")


def test_nothing_is_spilled_to_disk():
    with DuckDB(threads=1) as engine:
        assert engine.rows("SELECT current_setting('temp_directory')") == [("",)]
