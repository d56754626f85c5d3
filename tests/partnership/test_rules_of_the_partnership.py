"""Cadences, deadlines in words, quorum: what would hold on paper too."""

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from spoiwo.partnership.errors import EndsBeforeStart, WindowClosed, WrongState
from spoiwo.partnership.forms.fields import LongSelect, RowField
from spoiwo.partnership.rules import meetings as rules
from spoiwo.partnership.rules.cadence import even_day, pace
from spoiwo.partnership.rules.deadlines import read_deadline
from spoiwo.partnership.rules.delivering import needs_address, title_of_page
from spoiwo.partnership.types import CadenceOutlook, Channel, MeetingState

CALM = settings(deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
SAID_ON = date(2015, 2, 6)


@pytest.mark.parametrize(
    ("wording", "first", "last"),
    [
        ("marzec/kwiecień br.", date(2015, 3, 1), date(2015, 4, 30)),
        ("w marcu 2016", date(2016, 3, 1), date(2016, 3, 31)),
        ("luty 2016 r.", date(2016, 2, 1), date(2016, 2, 29)),
        ("II kwartał", date(2015, 4, 1), date(2015, 6, 30)),
        ("4. kwartał 2016", date(2016, 10, 1), date(2016, 12, 31)),
        ("do końca roku", SAID_ON, date(2015, 12, 31)),
        ("31.03.2015", date(2015, 3, 31), date(2015, 3, 31)),
        ("do 31.03.2015 r.", SAID_ON, date(2015, 3, 31)),
        ("1.03.2015 - 15.04.2015", date(2015, 3, 1), date(2015, 4, 15)),
    ],
)
def test_a_deadline_in_words_is_an_interval_of_days(wording, first, last):
    assert read_deadline(wording, said_on=SAID_ON) == (first, last)


@pytest.mark.parametrize("wording", ["", "niezwłocznie", "31.02.2015", "na następnym spotkaniu"])
def test_words_that_mean_no_day_are_left_alone(wording):
    assert read_deadline(wording, said_on=SAID_ON) is None


@CALM
@given(wording=some.text(max_size=40), said_on=some.dates(date(2000, 1, 1), date(2050, 1, 1)))
def test_whatever_is_typed_is_no_interval_or_one_that_does_not_run_backwards(wording, said_on):
    found = read_deadline(wording, said_on=said_on)

    assert found is None or found[0] <= found[1] or wording.lower().startswith("do ")


def outlook(today, *, held=(), planned=(), at_least=3):
    return pace(at_least=at_least, held=held, planned=planned, year=2026, today=today)


def test_three_meetings_a_year_are_paced_evenly():
    spring, summer, late = date(2026, 3, 1), date(2026, 7, 1), date(2026, 11, 20)

    nothing_yet = outlook(spring)
    late_without = outlook(summer)
    late_but_planned = outlook(summer, planned=[late, late, late])
    met = outlook(late, held=[spring, summer, late])
    over = outlook(date(2027, 1, 1), held=[spring])

    assert (nothing_yet.outlook, nothing_yet.next_by) == (CadenceOutlook.ON_TIME, date(2026, 5, 1))
    assert late_without.outlook is CadenceOutlook.BEHIND
    assert late_but_planned.outlook is CadenceOutlook.PLANNED
    assert outlook(summer, planned=[late]).outlook is CadenceOutlook.ON_TIME
    assert (met.outlook, met.held, met.next_by) == (CadenceOutlook.MET, 3, None)
    assert over.outlook is CadenceOutlook.MISSED


@CALM
@given(
    held=some.lists(some.dates(date(2025, 6, 1), date(2027, 6, 1)), max_size=8),
    planned=some.lists(some.dates(date(2025, 6, 1), date(2027, 6, 1)), max_size=8),
    at_least=some.integers(1, 6),
    today=some.dates(date(2026, 1, 1), date(2027, 3, 1)),
)
def test_a_rule_is_met_exactly_when_enough_meetings_of_the_year_were_held(held, planned, at_least, today):
    found = pace(at_least=at_least, held=held, planned=planned, year=2026, today=today)

    of_the_year = sum(1 for day in held if day.year == 2026)
    assert (found.outlook is CadenceOutlook.MET) is (of_the_year >= at_least)
    assert found.outlook is not CadenceOutlook.MISSED or today.year > 2026


@CALM
@given(number=some.integers(1, 12), of=some.integers(1, 12), year=some.integers(2000, 2050))
def test_even_days_lie_in_the_year_and_the_last_one_ends_it(number, of, year):
    if number <= of:
        assert even_day(year, number, of).year == year
    assert even_day(year, of, of) == date(year, 12, 31)


@CALM
@given(seats=some.integers(0, 60), percent=some.integers(0, 99))
def test_a_quorum_is_more_than_the_given_part_and_never_more_than_everybody(seats, percent):
    needed = rules.quorum_needed(seats, percent)

    assert 0 <= needed <= seats
    assert seats == 0 or needed * 100 > seats * percent


@CALM
@given(moves=some.lists(some.sampled_from(sorted(rules.MOVES)), max_size=25))
def test_minutes_are_published_only_after_a_review_and_an_approval(moves):
    state, passed = MeetingState.DRAFT, []
    for move in moves:
        try:
            state = rules.after(move, state)
        except WrongState:
            continue
        passed.append(move)

    if state is MeetingState.PUBLISHED:
        assert passed[-3:] == ["review", "approve", "publish"]
        assert "hold" in passed
    assert set(rules.possible(state)) <= set(rules.MOVES)


def test_what_is_approved_or_called_off_is_no_longer_written():
    for state in MeetingState:
        if state in rules.CLOSED:
            with pytest.raises(WrongState):
                rules.check_writable(state)
        else:
            rules.check_writable(state)


def test_days_and_windows_are_checked():
    today = date(2026, 1, 2)
    rules.check_days(today, today)
    rules.check_window(None, today)
    rules.check_window(today, today)

    with pytest.raises(EndsBeforeStart):
        rules.check_days(today, today - timedelta(days=1))
    with pytest.raises(WindowClosed):
        rules.check_window(today - timedelta(days=1), today)


def test_only_e_mail_needs_an_address_and_a_page_may_have_no_title():
    assert [one for one in Channel if needs_address(one)] == [Channel.EMAIL]
    assert title_of_page("<TITLE>\n Nowe \n komunikaty</TITLE>") == "Nowe komunikaty"
    assert title_of_page("<p>nic</p>") == ""


def test_a_long_list_is_written_like_a_short_one():
    rows = [(1, "Urząd <Gmina & Miasto>"), (2, "Centrum")]
    form_field = RowField(rows=rows)

    shown = LongSelect(choices=[("", "Nie wybrano"), *rows]).render("owner", 2, {"id": "id_owner"})

    assert shown == (
        '<select id="id_owner" name="owner"><option value="">Nie wybrano</option>'
        '<option value="1">Urząd &lt;Gmina &amp; Miasto&gt;</option>'
        '<option value="2" selected>Centrum</option></select>'
    )
    assert (form_field.clean("2"), RowField(required=False).clean("")) == (2, None)
