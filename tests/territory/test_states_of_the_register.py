"""How a file follows the state the register has: rules, without a database."""

from datetime import date

import pytest

from spoiwo.territory import rules
from spoiwo.territory.errors import (
    EmptyTerc,
    OlderThanRegister,
    RepeatedTercUnit,
    StateBeforeFile,
    TercCutOff,
    TercUnitWithoutParent,
    UnitGoneTheDayItCame,
)
from tests.makers.territory import COUNTRY, DAY, country, known, row, rows, without

LATER = date(2025, 1, 1)


def codes(found):
    return [unit.code.value for unit in found]


def test_a_file_without_rows_is_refused():
    with pytest.raises(EmptyTerc):
        rules.rows_by_code([])


def test_a_unit_that_stands_twice_is_refused_with_both_lines():
    with pytest.raises(RepeatedTercUnit) as refusal:
        rules.rows_by_code([row("08", line=2), row("10", line=3), row("08", line=4)])

    assert (refusal.value.first_line, refusal.value.line, refusal.value.code) == (2, 4, "08")


@pytest.mark.parametrize(
    ("missing", "line", "code"),
    [("08", 2, "0801"), ("0801", 3, "0801011"), ("0801073", 6, "0801074"), ("1061011", 13, "1061029")],
)
def test_a_unit_whose_parent_is_missing_is_refused(missing, line, code):
    with pytest.raises(TercUnitWithoutParent) as refusal:
        rules.rows_by_code(rows(without(COUNTRY, missing)).values())

    assert (refusal.value.line, refusal.value.code, refusal.value.parent) == (line, code, missing)


def test_a_parent_may_come_after_its_children():
    backwards = dict(reversed(rows().items()))

    assert rules.rows_by_code(backwards.values()) == backwards


def test_the_file_holds_from_its_latest_declared_day_unless_told_otherwise():
    mixed = [row("08", stated_on=DAY), row("10", stated_on=LATER)]

    assert rules.state_of(mixed, as_of=None, newest=None) == LATER
    assert rules.state_of(mixed, as_of=date(2025, 6, 1), newest=LATER) == date(2025, 6, 1)


def test_a_file_cannot_hold_before_the_state_it_declares():
    with pytest.raises(StateBeforeFile) as refusal:
        rules.state_of([row("08", stated_on=LATER)], as_of=DAY, newest=None)

    assert (refusal.value.as_of, refusal.value.stated_on) == (DAY, LATER)


def test_history_is_not_rewritten_by_an_older_file():
    with pytest.raises(OlderThanRegister) as refusal:
        rules.state_of([row("08", stated_on=DAY)], as_of=None, newest=LATER)

    assert (refusal.value.as_of, refusal.value.newest) == (DAY, LATER)


def test_an_empty_register_takes_everything():
    found = rules.changes({}, rows(), as_of=DAY)

    assert codes(found.opened) == list(COUNTRY)
    assert (found.renamed, found.corrected, found.closed, found.unchanged) == ((), (), (), 0)


def test_the_same_state_changes_nothing():
    found = rules.changes(known(), rows(), as_of=LATER)

    assert (found.opened, found.renamed, found.corrected, found.closed) == ((), (), (), ())
    assert found.unchanged == len(COUNTRY)


def test_a_commune_that_becomes_urban_rural_ends_under_one_code_and_begins_under_others():
    promoted = without(country(u0801023="Bogdaniec", u0801024="Bogdaniec", u0801025="Bogdaniec"), "0801022")

    found = rules.changes(known(), rows(promoted, stated_on=LATER), as_of=LATER)

    assert codes(found.opened) == ["0801023", "0801024", "0801025"]
    assert codes(found.closed) == ["0801022"]
    assert found.unchanged == len(COUNTRY) - 1


def test_a_new_name_of_an_older_unit_is_a_new_row_and_of_the_same_day_a_correction():
    renamed = rows(country(u0801022="Bogdaniec Nowy"))

    later = rules.changes(known(valid_from=DAY), renamed, as_of=LATER)
    same_day = rules.changes(known(valid_from=DAY), renamed, as_of=DAY)

    assert (codes(later.renamed), codes(later.corrected)) == (["0801022"], [])
    assert (codes(same_day.renamed), codes(same_day.corrected)) == ([], ["0801022"])


def test_a_unit_cannot_go_on_the_day_it_came():
    with pytest.raises(UnitGoneTheDayItCame) as refusal:
        rules.changes(known(valid_from=DAY), rows(without(COUNTRY, "0801022")), as_of=DAY)

    assert (refusal.value.code, refusal.value.name, refusal.value.as_of) == ("0801022", "Bogdaniec", DAY)


@pytest.mark.parametrize(
    ("left_out", "code", "below"),
    [
        pytest.param([code for code in COUNTRY if code.startswith("10")], "10", 1, id="a whole voivodeship"),
        pytest.param(["1061", "1061011", "1061029"], "10", 1, id="all counties of a voivodeship"),
        pytest.param(
            [code for code in COUNTRY if len(code) == 7 and code[:4] == "0801"], "0801", 3, id="communes"
        ),
        pytest.param(["0801074", "0801075"], "0801073", 2, id="both parts of a commune"),
    ],
)
def test_a_piece_of_the_country_is_refused_before_it_closes_the_rest(left_out, code, below):
    with pytest.raises(TercCutOff) as refusal:
        rules.check_not_cut_off(known(), rows(without(COUNTRY, *left_out)))

    assert (refusal.value.code, refusal.value.known) == (code, below)


def test_leaving_out_some_units_is_what_happens_in_real_life():
    merged = without(COUNTRY, "0801022", "0861", "0861011")

    rules.check_not_cut_off(known(), rows(merged))

    assert codes(rules.changes(known(), rows(merged), as_of=LATER).closed) == ["0801022", "0861", "0861011"]


def test_units_are_written_from_the_top_down():
    backwards = list(reversed(rows().values()))

    levels = rules.by_level(backwards)

    assert [codes(level) for level in levels] == [
        ["10", "08"],
        ["1061", "0861", "0801"],
        ["1061011", "0861011", "0801073", "0801022", "0801011"],
        ["1061029", "0801075", "0801074"],
    ]
