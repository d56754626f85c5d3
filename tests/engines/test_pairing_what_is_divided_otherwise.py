"""Two measures of which one is broken down further are paired by what both tell."""

from pathlib import Path

import pytest

from spoiwo.engines.indicators.cards import loosened
from spoiwo.engines.indicators.reference import compute
from tests.makers.observations import card, computed, row

SHARE = {
    "kind": "share",
    "numerator": "finished",
    "denominator": "attended",
    "multiplier": 100,
    "missing": "skip",
}


def told(measure: str, unit: str, value: float | None, **cell: str):
    return row(measure=measure, unit=unit, value=value, cell=cell)


# A: 3 + 1 of 10 women, 2 of 5 men; B: its men did not say what they took up; C has no answer about those who attended.
ROWS = [
    told("finished", "A", 3.0, sex="K", activity="job"),
    told("finished", "A", 1.0, sex="K", activity="none"),
    told("finished", "A", 2.0, sex="M", activity="job"),
    told("attended", "A", 10.0, sex="K"),
    told("attended", "A", 5.0, sex="M"),
    told("finished", "B", 4.0, sex="K", activity="job"),
    told("finished", "B", 1.0, sex="M", activity="job"),
    told("finished", "B", None, sex="M", activity="none"),
    told("attended", "B", 6.0, sex="K"),
    told("attended", "B", 9.0, sex="M"),
    told("finished", "C", 7.0, sex="K", activity="job"),
    told("attended", "C", None, sex="K"),
]


def both(folder: Path, made):
    """What the engine and what plain Python come to, which is the same."""
    found, _done = computed(folder, [made], ROWS)
    plain = compute(made, ROWS)
    assert [(one["numerator"], one["denominator"], one["n_units"], one["status"]) for one in found] == [
        (one.numerator, one.denominator, one.n_units, one.status) for one in plain
    ]
    return [(*one.cell, one.numerator, one.denominator, one.n_units) for one in plain]


def test_a_division_that_only_one_side_has_keeps_nobody_out(tmp_path: Path):
    assert both(tmp_path, card(**SHARE)) == [(3 + 1 + 2 + 4, 10 + 5 + 6, 2)]


def test_a_division_that_both_sides_have_still_keeps_them_apart(tmp_path: Path):
    assert both(tmp_path, card(**SHARE, by=["sex"])) == [("K", 3 + 1 + 4, 10 + 6, 2), ("M", 2, 5, 1)]


def test_a_card_by_what_one_side_does_not_tell_has_no_figure(tmp_path: Path):
    figures = both(tmp_path, card(**SHARE, by=["activity"]))

    assert [(cell, below, units) for cell, _above, below, units in figures] == [
        ("job", None, 0),
        ("none", None, 0),
        (None, None, 0),
    ]


@pytest.mark.parametrize(
    ("status", "said"),
    [pytest.param("ok", "missing", id="told"), pytest.param("na", "na", id="does not apply")],
)
def test_a_year_without_the_one_it_looks_back_to_lacks_it(tmp_path: Path, status, said):
    rows = [row(period="2019", value=1.0, status=status), row(period="2024", value=4.0)]
    made = card(numerator="shift(m, years=-5)")

    found, _done = computed(tmp_path, [made], rows)

    assert [(one["period"], one["status"]) for one in found] == [
        (one.period, one.status) for one in compute(made, rows)
    ]
    assert found[0]["status"] == said


@pytest.mark.parametrize(
    ("given", "divided", "loose"),
    [
        pytest.param(
            {}, {"finished": {"sex", "activity"}, "attended": {"sex"}}, ("activity",), id="one side"
        ),
        pytest.param({"by": ["activity"]}, {"finished": {"activity"}, "attended": ()}, (), id="in the card"),
        pytest.param({"pair": False}, {"finished": {"activity"}, "attended": ()}, (), id="not paired"),
        pytest.param({}, {"finished": {"activity"}}, (), id="nothing known of the other"),
        pytest.param({}, {}, (), id="nothing known"),
        pytest.param(
            {"numerator": 'only(finished, sex="K")'},
            {"finished": {"sex"}, "attended": ()},
            (),
            id="in a filter",
        ),
    ],
)
def test_which_divisions_do_not_part_what_belongs_together(given, divided, loose):
    assert loosened(card(**{**SHARE, **given}), divided).loose == loose
