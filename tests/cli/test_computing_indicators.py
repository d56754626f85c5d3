"""spoiwo indicators compute."""

import json
from pathlib import Path

import duckdb
import pytest

from spoiwo.cli.commands.indicators_words import card_text, file_text
from spoiwo.cli.main import main
from spoiwo.cli.types import Language
from spoiwo.engines.indicators.cards import CardUnusable, card_of, read_cards
from spoiwo.engines.indicators.disclosure import solving
from spoiwo.engines.indicators.files import FileUnusable
from spoiwo.engines.indicators.observed import Expected
from tests.makers.observations import read, row, write_frame, write_observations

CARD = '[[card]]\ncode = "c"\nkind = "sum"\nnumerator = "m"\n'


def ready(folder: Path, *, cards: str = CARD, rows=None) -> list[str]:
    """The words of a command over a small file."""
    (folder / "cards.toml").write_text(cards, encoding="utf-8")
    write_observations(folder / "o.parquet", rows or [row(unit="A", value=3.0), row(unit="B", value=4.0)])
    return ["indicators", "compute", "--observations", str(folder / "o.parquet"),
            "--cards", str(folder / "cards.toml"), "--out", str(folder / "r.parquet")]  # fmt: skip


def test_figures_are_written_in_the_agreed_columns(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    words = ready(tmp_path)

    code = main([*words, "--json", "--threads", "1"])

    told = json.loads(capsys.readouterr().out)
    assert code == 0
    assert told == {
        **told,
        "rows": 1,
        "by_status": {"ok": 1},
        "engine": "duckdb",
        "policy": "none",
        "cards": 1,
    }
    assert read(tmp_path / "r.parquet") == [
        {
            "card": "c", "territory": "08", "level": 2, "period": "2024", "numerator": 7.0, "denominator": None,
            "value": 7.0, "n_units": 2, "coverage": None, "status": "ok",
        }
    ]  # fmt: skip


def test_a_folder_of_files_is_one_table(tmp_path: Path):
    words = ready(tmp_path)
    folder = tmp_path / "o"
    (folder / "year=2023").mkdir(parents=True)
    write_observations(folder / "year=2023" / "a.parquet", [row(period="2023", value=1.0, cell={"sex": "K"})])
    write_observations(folder / "b.parquet", [row(period="2024", value=2.0)])

    code = main([*words[:3], str(folder), *words[4:]])

    assert code == 0
    assert [told["value"] for told in read(tmp_path / "r.parquet")] == [1.0, 2.0]


def test_the_frame_gives_coverage_and_the_policy_leaves_out(tmp_path: Path):
    words = ready(tmp_path)
    frame = [Expected(unit=unit, territory="08", period="2024") for unit in "ABCD"]
    write_frame(tmp_path / "f.parquet", frame)

    main([*words, "--frame", str(tmp_path / "f.parquet")])
    covered = read(tmp_path / "r.parquet")
    main([*words, "--policy", "public"])

    assert covered[0]["coverage"] == 0.5
    assert read(tmp_path / "r.parquet")[0]["status"] == "suppressed"


def test_warnings_name_measures_nobody_reports_and_sides_that_never_meet(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    share = CARD.replace('"sum"', '"rate"') + 'denominator = "population"\nmissing = "skip"\n'
    rows = [row(), row(measure="population", unit="GUS")]
    words = ready(tmp_path, cards=share + CARD.replace('"c"', '"d"').replace('"m"', '"nobody"'), rows=rows)

    code = main([*words, "--json"])

    captured = capsys.readouterr()
    assert code == 0
    assert "nobody" in captured.err
    assert "pair = false" in captured.err
    assert json.loads(captured.out)["unpaired"] == ["c"]


@pytest.mark.parametrize(
    ("change", "named"),
    [
        pytest.param({"cards": "nothing"}, "TOML", id="no TOML"),
        pytest.param({"cards": "a = 1"}, "[[card]]", id="no cards"),
        pytest.param({"cards": CARD + CARD}, "two cards", id="a code twice"),
        pytest.param({"cards": CARD.replace('"m"', '"m +"')}, "c:", id="a formula that ends early"),
        pytest.param({"cards": CARD + 'by = ["sex"]'}, "sex", id="a dimension nobody has"),
        pytest.param({"cards": CARD.replace('"m"', '"institutions()"')}, "--frame", id="a frame is needed"),
        pytest.param({"rows": [row(territory="801")]}, "'801'", id="a territory that lost its zero"),
        pytest.param({"rows": [row(period="2024-13")]}, "'2024-13'", id="a thirteenth month"),
        pytest.param({"rows": [row(status="maybe")]}, "'maybe'", id="an unknown status"),
        pytest.param({"rows": [row(unit=None)]}, "unit_id", id="nobody's row"),
        pytest.param({"rows": [row(cell={"level": "x"})]}, "level", id="a dimension named as the result"),
    ],
)
def test_what_cannot_be_used_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str], change, named):
    words = ready(tmp_path, **change)

    code = main(words)

    assert code == 2
    assert named in capsys.readouterr().err
    assert not (tmp_path / "r.parquet").exists()


def test_files_that_are_not_there_or_no_tables_are_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    words = ready(tmp_path)
    (tmp_path / "text.parquet").write_text("a,b\n", encoding="utf-8")
    (tmp_path / "empty").mkdir()

    codes = [
        main([*words[:3], str(tmp_path / name), *words[4:]]) for name in ("none", "text.parquet", "empty")
    ]

    told = capsys.readouterr().err
    assert codes == [2, 2, 2]
    assert all(name in told for name in ("none", "text.parquet", "empty"))


def test_columns_that_are_missing_are_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    words = ready(tmp_path)
    duckdb.sql(f"COPY (SELECT 'm' AS measure, 1 AS value) TO '{tmp_path}/o.parquet'")

    assert main(words) == 2
    assert "unit_id, territory, period, status" in capsys.readouterr().err


def test_a_result_that_cannot_be_written_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    words = ready(tmp_path)

    assert main([*words[:-1], str(tmp_path / "no" / "such" / "r.parquet")]) == 1
    assert "Cannot write" in capsys.readouterr().err


def test_tables_too_entangled_to_be_checked_are_not_published(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
):
    rows = [row(unit=unit, territory=f"08{county:02}", value=3.0) for county in range(1, 5) for unit in "AB"]
    words = ready(tmp_path, cards=CARD + "levels = [2, 4]", rows=rows)
    monkeypatch.setattr(solving, "LARGEST_SYSTEM", 1)

    assert main([*words, "--policy", "public"]) == 1
    assert "break them down less" in capsys.readouterr().err


def test_numbers_and_codes_of_other_types_are_read(tmp_path: Path):
    words = ready(tmp_path)
    duckdb.sql(
        "COPY (SELECT 'm' AS measure, 7 AS unit_id, 14 AS territory, 2024 AS period, 5::DECIMAL(9,2) AS value, "
        f"NULL::VARCHAR AS status, 1 AS \"Płeć\") TO '{tmp_path}/o.parquet' (FORMAT parquet)"
    )
    (tmp_path / "cards.toml").write_text(CARD + 'by = ["Płeć"]', encoding="utf-8")

    assert main(words) == 0
    (told,) = read(tmp_path / "r.parquet")
    assert (told["territory"], told["Płeć"], told["value"], told["status"]) == ("14", "1", 5.0, "ok")


GOOD = {"code": "c", "kind": "ratio", "numerator": "m", "denominator": "n"}


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"code": " "}, "no_code"),
        ({"kind": "median"}, "field"),
        ({"kind": "count"}, "no_denominator"),
        ({"denominator": ""}, "needs_denominator"),
        ({"numerator": "1", "denominator": "2"}, "constant"),
        ({"numerator": "shift(m, months=-1)"}, "finer_than_grain"),
        ({"numerator": "rolling(m, quarters=2)"}, "finer_than_grain"),
        ({"numerator": "m; drop"}, "formula_character"),
        ({"numerator": ["m"]}, "field"),
        ({"by": ["status"]}, "reserved"),
        ({"by": "sex"}, "field"),
        ({"by": ["sex", "sex"]}, "field"),
        ({"levels": [3]}, "field"),
        ({"levels": []}, "field"),
        ({"multiplier": "100"}, "field"),
        ({"multiplier": float("nan")}, "field"),
        ({"decimals": -1}, "field"),
        ({"pair": "no"}, "field"),
        ({"grain": "week"}, "field"),
    ],
)
def test_a_card_that_contradicts_itself_is_refused(change, reason):
    with pytest.raises(CardUnusable) as refused:
        card_of(GOOD | change)

    assert refused.value.reason == reason
    for language in Language:
        assert card_text(refused.value).to(language)


def test_a_cards_file_that_is_not_there_is_refused(tmp_path: Path):
    with pytest.raises(CardUnusable) as refused:
        read_cards(tmp_path / "none.toml")

    assert "none.toml" in card_text(refused.value).to(Language.POLISH)


def test_every_reason_has_its_sentence_in_both_languages():
    for reason in (
        "missing",
        "no_parquet",
        "unreadable",
        "columns",
        "reserved",
        "territory",
        "status",
        "period",
        "empty",
    ):
        told = file_text(FileUnusable("o.parquet", reason, "x"))

        assert told.english != told.polish
