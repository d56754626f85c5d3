"""One meaning: DuckDB and Spark compute what plain Python computes, on any observations and cards."""

import math
import os
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from spoiwo.engines.indicators.cards import card_of
from spoiwo.engines.indicators.observed import Row
from spoiwo.engines.indicators.reference import compute
from spoiwo.engines.indicators.spark import SparkIndicators
from tests.makers.observations import any_case, computed

SAME = 1e-9


def close(left, right) -> bool:
    if left is None or right is None:
        return left is right
    return math.isclose(left, right, rel_tol=SAME, abs_tol=SAME)


def check(folder: Path, seed: int, engine=None, *, how_many: int = 6) -> int:
    """Compare both ways for one case; answers how many figures there were."""
    cards, rows, frame = any_case(seed, how_many)
    if not cards:
        return 0

    found, _ = computed(folder, cards, rows, frame, engine=engine)
    expected = [(card, figure) for card in cards for figure in compute(card, rows, frame)]

    assert [(f["card"], f["level"], f["territory"], f["period"]) for f in found] == [
        (card.code, figure.level, figure.territory, figure.period) for card, figure in expected
    ]
    for told, (card, figure) in zip(found, expected, strict=True):
        assert tuple(told[name] for name in card.by) == figure.cell
        assert (told["n_units"], told["status"]) == (figure.n_units, figure.status), (card, figure)
        for name in ("numerator", "denominator", "value", "coverage"):
            assert close(told[name], getattr(figure, name)), (name, card, figure, told)
    return len(found)


@settings(max_examples=40, deadline=None)
@given(seed=st.integers(0, 1_000_000))
def test_duckdb_computes_what_the_card_means(seed):
    with tempfile.TemporaryDirectory() as folder:
        check(Path(folder), seed)


@pytest.mark.parametrize("first", ["a + b", "a + shift(b, years=-1)"])
def test_cards_worked_out_together_keep_their_own_periods(tmp_path: Path, first: str):
    formulas = sorted(["a + b", "a + shift(b, years=-1)"], key=lambda formula: formula != first)
    cards = [
        card_of({"code": f"c{at}", "kind": "sum", "numerator": formula, "missing": "skip", "levels": [2]})
        for at, formula in enumerate(formulas)
    ]
    rows = [
        Row(measure=measure, unit=unit, territory="0804", period=str(year), value=year % 10 + len(unit))
        for measure in "ab"
        for unit in ("u", "vv")
        for year in (2023, 2024)
    ]

    found, _ = computed(tmp_path, cards, rows)

    assert [(told["card"], told["period"], told["numerator"]) for told in found] == [
        (card.code, figure.period, figure.numerator) for card in cards for figure in compute(card, rows)
    ]


@pytest.fixture(scope="module")
def spark():
    os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")
    session = SparkIndicators(threads=2, partitions=1, small=True)
    yield session
    session.close()


@pytest.mark.slow
@pytest.mark.enable_socket
@pytest.mark.parametrize("seed", range(3))
def test_spark_computes_what_the_card_means(tmp_path, spark, seed):
    assert check(tmp_path, seed, engine=spark, how_many=1) > 0
