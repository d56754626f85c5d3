"""What may not be shown, and what would give it away."""

import sys
from pathlib import Path

import pytest

from spoiwo.engines.indicators.cards import Protects
from spoiwo.engines.indicators.computing import Earlier
from spoiwo.engines.indicators.disclosure import auditing
from spoiwo.engines.indicators.disclosure.auditing import Audit, TableTooLarge, intervals, narrow
from spoiwo.engines.indicators.disclosure.solving import TooEntangled, given_away
from spoiwo.engines.indicators.disclosure.suppressing import Release, rows_to_hide
from spoiwo.engines.indicators.releasing import Policy, threshold
from tests.makers.observations import card, computed, row, went_out


def shown(found, **where):
    return [told["value"] for told in found if all(told[name] == value for name, value in where.items())]


def county(code: str, *values: float, **cell):
    return [row(unit=f"{code}-{n}", territory=code, value=value, **cell) for n, value in enumerate(values)]


@pytest.mark.parametrize(
    ("values", "status"),
    [
        pytest.param((5.0, 5.0), "suppressed", id="two units"),
        pytest.param((5.0, 5.0, 5.0), "ok", id="three units"),
        pytest.param((76.0, 12.0, 12.0), "suppressed", id="one has more than three quarters"),
        pytest.param((75.0, 13.0, 12.0), "ok", id="one has three quarters"),
        pytest.param((-76.0, 12.0, 12.0), "suppressed", id="a large loss is large too"),
        pytest.param((0.0, 0.0, 0.0), "ok", id="three times nothing"),
    ],
)
def test_too_few_units_or_too_large_a_one_are_not_shown(tmp_path: Path, values, status):
    found, _ = computed(tmp_path, [card(missing="skip")], county("0801", *values), policy=Policy.NETWORK)

    assert [told["status"] for told in found] == [status]


def test_everything_about_a_suppressed_figure_is_empty(tmp_path: Path):
    found, done = computed(tmp_path, [card()], county("0801", 5.0), policy=Policy.NETWORK)

    assert found == [
        {
            "card": "c", "territory": "08", "level": 2, "period": "2024", "numerator": None, "denominator": None,
            "value": None, "n_units": None, "coverage": None, "status": "suppressed",
        }
    ]  # fmt: skip
    assert done.by_status == {"suppressed": 1}


@pytest.mark.parametrize(("protects", "total", "status"), [
    ("persons", 4, "suppressed"), ("persons", 5, "ok"), ("sensitive", 9, "suppressed"), ("sensitive", 10, "ok"),
    ("entities", 1, "ok"), ("persons", 0, "ok"),
])  # fmt: skip
def test_small_numbers_of_people_are_not_shown(tmp_path: Path, protects, total, status):
    parts = (float(total // 3 + (total % 3 > 0)), float(total // 3 + (total % 3 > 1)), float(total // 3))
    rows = county("0801", *parts) if total != 1 else county("0801", 0.4, 0.3, 0.3)

    found, _ = computed(tmp_path, [card(protects=protects)], rows, policy=Policy.NETWORK)

    assert [told["status"] for told in found] == [status]


def test_a_threshold_can_only_be_raised():
    assert threshold(card(protects="persons", at_least=2)) == 5
    assert threshold(card(protects="persons", at_least=20)) == 20
    assert threshold(card(protects=Protects.ENTITIES)) == 0


def test_a_ratio_is_judged_on_both_its_counts(tmp_path: Path):
    rows = [*county("0801", 50.0, 50.0, 50.0), *county("0801", 1.0, 1.0, 1.0, measure="n")]
    small = card(kind="share", numerator="n", denominator="m", protects="persons", missing="skip")

    found, _ = computed(tmp_path, [small], rows, policy=Policy.NETWORK)

    assert [told["status"] for told in found] == ["suppressed"]


def test_a_total_does_not_give_its_one_hidden_part_away(tmp_path: Path):
    rows = [*county("0801", 9.0), *county("0802", 3.0, 3.0, 3.0), *county("0803", 7.0, 7.0, 7.0)]

    network, _ = computed(tmp_path, [card(levels=[2, 4])], rows, policy=Policy.NETWORK)
    public, _ = computed(tmp_path, [card(levels=[2, 4])], rows, policy=Policy.PUBLIC)

    assert shown(network, level=4) == [None, 9.0, 21.0]
    assert shown(public, level=4) == [None, None, 21.0]
    assert shown(public, level=2) == [39.0]


def test_two_cards_do_not_give_away_what_each_hides(tmp_path: Path):
    rows = [*county("0801", 5.0, 5.0, 5.0, cell={"sex": "K"}), *county("0801", 2.0, cell={"sex": "M"})]
    cards = [card(code="all"), card(code="women", numerator='only(m, sex="K")')]

    found, _ = computed(tmp_path, cards, rows, policy=Policy.PUBLIC)

    assert [told["status"] for told in found].count("suppressed") == 1


def test_a_card_does_not_give_away_what_one_published_before_it_hides(tmp_path: Path):
    rows = [*county("0801", 5.0, 5.0, 5.0, cell={"sex": "K"}), *county("0801", 2.0, cell={"sex": "M"})]
    by_sex, together = card(code="sexes", by=["sex"]), card(code="all")
    first, _ = computed(tmp_path, [by_sex], rows, policy=Policy.PUBLIC)

    alone, _ = computed(tmp_path, [together], rows, policy=Policy.PUBLIC)
    known = went_out(tmp_path, [by_sex], rows, first, beside=[together])
    after, _ = computed(
        tmp_path, [together], rows, policy=Policy.PUBLIC, earlier=Earlier(cards=[by_sex], editions=[known])
    )

    here = Earlier(cards=[by_sex], here=[{("08", "2024", ("K",))}])
    beside, _ = computed(tmp_path, [together], rows, policy=Policy.PUBLIC, earlier=here)

    assert shown(first, sex="K") + shown(first, sex="M") == [15.0, None]
    assert shown(alone) == [17.0]
    assert shown(after) == shown(beside) == [None]


def test_new_data_do_not_give_away_by_what_has_not_changed(tmp_path: Path):
    steady = [*county("0801", 5.0), *county("0802", 3.0, 3.0, 3.0), *county("0803", 7.0, 7.0, 7.0)]
    earlier = [*steady, *county("0804", 6.0, 6.0, 6.0)]
    now = [*steady, *county("0804", 6.0, 6.0, 8.0)]
    both, parts = card(levels=[2, 4]), card(code="d", levels=[4])
    first, _ = computed(tmp_path, [both], earlier, policy=Policy.PUBLIC)
    known = went_out(tmp_path, [both], earlier, first, beside=[parts])

    second, _ = computed(
        tmp_path, [parts], now, policy=Policy.PUBLIC, earlier=Earlier(cards=[both], editions=[known])
    )

    assert shown(first, territory="0801") + shown(first, territory="0802") == [None, None]
    assert shown(second, territory="0802") == [None], (
        "0801 would follow from the total of the first publication"
    )
    assert shown(second, territory="0804") == [20.0]


def test_what_has_changed_since_gives_nothing_away(tmp_path: Path):
    hidden, changed = county("0801", 5.0), county("0803", 7.0, 7.0, 7.0)
    both, parts = card(levels=[2, 4]), card(code="d", levels=[4])
    earlier = [*hidden, *county("0802", 3.0, 3.0, 3.0), *changed]
    now = [*hidden, *county("0802", 3.0, 3.0, 4.0), *changed]
    first, _ = computed(tmp_path, [both], earlier, policy=Policy.PUBLIC)
    known = went_out(tmp_path, [both], earlier, first, beside=[parts])

    second, _ = computed(
        tmp_path, [parts], now, policy=Policy.PUBLIC, earlier=Earlier(cards=[both], editions=[known])
    )

    assert shown(first, territory="0802") == [None]
    assert shown(second, territory="0802") == [10.0]


def test_the_difference_of_two_rolling_sums_stays_hidden(tmp_path: Path):
    rows = [
        told
        for quarter in ("2023-Q1", "2023-Q2", "2023-Q3", "2023-Q4", "2024-Q1")
        for told in county("0801", *((4.0, 4.0, 4.0) if quarter != "2024-Q1" else (4.0,)), period=quarter)
    ]
    quarters = card(code="q", grain="quarter")
    rolling = card(code="r", grain="quarter", numerator="rolling(m, quarters=4)")

    found, _ = computed(tmp_path, [quarters, rolling], rows, policy=Policy.PUBLIC)

    assert shown(found, card="q", period="2024-Q1") == [None]
    assert None in [*shown(found, card="r"), *shown(found, card="q", period="2023-Q1")][3:]


@pytest.mark.parametrize(
    ("forms", "known"),
    [
        pytest.param([{1: 1}], {1}, id="told"),
        pytest.param([{1: 1, 2: 1}], set(), id="a sum of two"),
        pytest.param([{1: 1, 2: 1}, {2: 1}], {1, 2}, id="subtraction"),
        pytest.param([{1: 1, 2: 1}, {2: 1, 3: 1}, {1: 1, 3: 1}], {1, 2, 3}, id="three sums of three"),
        pytest.param([{1: 1, 2: 1}, {3: 1, 4: 1}, {1: 1, 3: 1}, {2: 1, 4: 1}], set(), id="two by two"),
        pytest.param([{1: 1, 2: 1}, {1: 1, 2: -1}], {1, 2}, id="sum and difference"),
        pytest.param([{1: 2, 2: 4}, {1: 1, 2: 2}], set(), id="the same twice"),
    ],
)
def test_what_sums_give_away(forms, known):
    assert given_away(forms) == known


def test_a_system_that_is_too_large_is_refused_rather_than_waved_through():
    with pytest.raises(TooEntangled):
        given_away([{number: 1, number + 1: 1, number + 2: 1} for number in range(5000)])


def test_what_was_published_before_counts_as_known():
    release = Release(
        values={0: 4.0, 1: 6.0, 2: 10.0},
        risky={0},
        rows={10: [{1: 1}]},
        sums=[{2: -1, 0: 1, 1: 1}],
        before=[{2: 1}],
    )

    assert rows_to_hide(release) == {10}


def test_what_was_given_away_before_hides_nothing_now():
    release = Release(values={0: 4.0, 1: 6.0}, risky={0}, rows={10: [{1: 1}]}, before=[{0: 1}])

    assert rows_to_hide(release) == set()


def narrow_release() -> Release:
    """100 in all, of which 96 are hidden beside 4: whoever knows that nothing is negative knows them well."""
    return Release(
        values={0: 96.0, 1: 4.0, 2: 100.0},
        risky={0},
        rows={10: [{0: 1}], 11: [{1: 1}], 12: [{2: 1}]},
        sums=[{2: -1, 0: 1, 1: 1}],
    )


def test_the_audit_bounds_what_is_hidden():
    release = narrow_release()

    assert intervals(release, {10, 11})[0] == pytest.approx((0.0, 100.0))
    assert narrow(release, {10, 11}) == set()
    assert narrow(release, {10}) == {0}


def test_the_audit_refuses_tables_above_its_size():
    release = Release(values={0: 1.0}, risky={0}, sums=[dict.fromkeys(range(2001), 1)])

    with pytest.raises(TableTooLarge):
        intervals(release, set())


def told_nearly(**given) -> Release:
    """A row of 100 and 1 and a column of 1 and 1: with both totals known, the 100 lies between 99 and 101."""
    kept = {
        "values": {0: 100.0, 1: 1.0, 2: 1.0, 3: 101.0, 4: 2.0},
        "risky": {0},
        "rows": {10: [{0: 1}], 11: [{1: 1}], 12: [{2: 1}], 13: [{3: 1}], 14: [{4: 1}]},
        "sums": [{3: -1, 0: 1, 1: 1}, {4: -1, 1: 1, 2: 1}],
        "unsafe": {11, 12},
    }
    return Release(**{**kept, **given})


def test_the_audit_hides_what_would_tell_a_figure_nearly():
    assert rows_to_hide(told_nearly()) == {10, 11, 12}, "no figure is told exactly"
    assert intervals(told_nearly(), {10, 11, 12})[0] == pytest.approx((99.0, 101.0))
    assert rows_to_hide(told_nearly(), narrow) == {10, 11, 12, 13}


def test_what_was_told_nearly_before_hides_nothing_now():
    before = told_nearly(before=[{3: 1}, {4: 1}])

    assert rows_to_hide(before, narrow) == {10, 11, 12}


def test_a_figure_without_bound_is_not_told():
    release = Release(values={0: 5.0, 1: 6.0}, risky={0}, sums=[{0: 1, 1: -1}])

    assert intervals(release, set()) == {0: (0.0, float("inf"))}
    assert narrow(release, set()) == set()


def test_the_audit_says_nothing_of_figures_below_nought():
    release = Release(
        values={0: 5.0, 1: -3.0, 2: 2.0}, risky={0}, rows={10: [{1: 1}]}, sums=[{0: 1, 1: 1, 2: -1}]
    )

    assert narrow(release, set()) == set()


def test_figures_that_do_not_hang_together_are_audited_apart(monkeypatch):
    monkeypatch.setattr(auditing, "LARGEST_TABLE", 5)
    far = [{number: 1, number + 1: 1} for number in range(100, 110)]

    assert rows_to_hide(told_nearly(sums=[*told_nearly().sums, *far]), narrow) == {10, 11, 12, 13}


def audited(tmp_path: Path):
    rows = [*county("0801", 9.0), *county("0802", 3.0, 3.0, 3.0), *county("0803", 7.0, 7.0, 7.0)]
    earlier = Earlier(cards=(), audit=True)
    found, done = computed(tmp_path, [card(levels=[2, 4])], rows, policy=Policy.PUBLIC, earlier=earlier)
    return shown(found, level=4), done.audit


def test_a_public_release_is_audited_when_that_is_wanted(tmp_path: Path):
    assert audited(tmp_path) == ([None, None, 21.0], Audit.DONE)
    assert computed(tmp_path, [card()], county("0801", 5.0), policy=Policy.PUBLIC)[1].audit == Audit.NONE


def test_without_scipy_the_exact_rule_stands_and_that_is_said(tmp_path: Path, monkeypatch):
    monkeypatch.setitem(sys.modules, "scipy.optimize", None)

    assert audited(tmp_path) == ([None, None, 21.0], Audit.ABSENT)


def test_of_a_table_that_is_too_large_it_is_said_that_it_was_not_audited(tmp_path: Path, monkeypatch):
    monkeypatch.setattr(auditing, "LARGEST_TABLE", 1)

    assert audited(tmp_path) == ([None, None, 21.0], Audit.TOO_LARGE)
