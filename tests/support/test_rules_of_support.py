"""The rules of the support register as properties: they hold for whatever is written down."""

from datetime import date, time, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spoiwo.support.errors import (
    AttendedLongerThanDelivered,
    BadNumber,
    BadTemplate,
    InTheFuture,
    MinutesNotPositive,
    OutsideProject,
    OverlapsAnother,
    PeriodNotOver,
    PeriodOverlaps,
    StageNotReady,
)
from spoiwo.support.rules import deliveries, events, fund_export, matching, paths, periods
from spoiwo.support.services.numbers import entity_number
from spoiwo.support.types import PathPlan, RegistrationState, Span, Stage

days = st.dates(date(2010, 1, 1), date(2030, 12, 31))
spans = st.builds(Span, st.one_of(st.none(), st.integers(0, 1439)), st.integers(1, 600))


@given(st.integers(-100, 2000))
def test_a_delivery_lasts_more_than_nothing_and_at_most_a_day(minutes):
    if 0 < minutes <= 1440:
        deliveries.check_minutes(minutes)
    else:
        with pytest.raises(MinutesNotPositive):
            deliveries.check_minutes(minutes)


@given(st.lists(st.integers(-10, 200)), st.integers(1, 150))
def test_nobody_attends_longer_than_was_delivered(attended, delivered):
    if any(one <= 0 or one > delivered for one in attended):
        with pytest.raises((MinutesNotPositive, AttendedLongerThanDelivered)):
            deliveries.check_attendance(attended=attended, delivered=delivered)
    else:
        deliveries.check_attendance(attended=attended, delivered=delivered)


@given(days, days, days, st.integers(0, 1000))
def test_support_is_given_within_the_project_and_not_tomorrow(day, today, starts_on, length):
    ends_on = starts_on + timedelta(days=length)
    if day > today:
        with pytest.raises(InTheFuture):
            deliveries.check_day(day=day, today=today, starts_on=starts_on, ends_on=ends_on)
    elif not starts_on <= day <= ends_on:
        with pytest.raises(OutsideProject):
            deliveries.check_day(day=day, today=today, starts_on=starts_on, ends_on=ends_on)
    else:
        deliveries.check_day(day=day, today=today, starts_on=starts_on, ends_on=ends_on)
    deliveries.check_day(day=min(day, today), today=today)


@given(spans, spans)
def test_overlapping_goes_both_ways_and_everything_overlaps_itself(one, other):
    assert deliveries.overlap(one, other) == deliveries.overlap(other, one)
    assert deliveries.overlap(one, one)


@given(st.integers(0, 1200), st.integers(1, 200), st.integers(0, 300), st.integers(1, 200))
def test_what_begins_after_the_end_does_not_overlap(start, minutes, pause, later):
    after = Span(start + minutes + pause, later)

    assert not deliveries.overlap(Span(start, minutes), after)
    assert deliveries.overlap(Span(start, minutes + pause + 1), after)


@given(spans, st.lists(spans))
def test_a_second_row_for_the_same_time_needs_a_reason(span, others):
    if any(deliveries.overlap(span, other) for other in others):
        with pytest.raises(OverlapsAnother):
            deliveries.check_not_twice(span=span, others=others, reason="  ")
    else:
        deliveries.check_not_twice(span=span, others=others, reason="")
    deliveries.check_not_twice(span=span, others=others, reason="dwie różne sprawy")


def test_the_hour_of_a_delivery_is_its_place_in_the_day():
    assert deliveries.span_of(starts_at=time(9, 30), minutes=60) == Span(570, 60)
    assert deliveries.span_of(starts_at=None, minutes=60) == Span(None, 60)


@given(days)
def test_every_day_lies_in_its_quarter_of_three_months(day):
    first, last = periods.quarter_of(day)

    assert first <= day <= last
    assert first.day == 1
    assert (last + timedelta(days=1)).day == 1
    assert periods.quarter_of(last + timedelta(days=1))[0] == last + timedelta(days=1)
    assert periods.last_whole_quarter(day)[1] + timedelta(days=1) == first


@given(
    start=st.dates(date(2020, 1, 1), date(2020, 1, 20)),
    length=st.integers(0, 9),
    other=st.dates(date(2020, 1, 1), date(2020, 1, 20)),
    long=st.integers(0, 9),
)
def test_a_period_closes_over_shorter_ones_and_over_no_part_of_another(start, length, other, long):
    end, last = start + timedelta(days=length), other + timedelta(days=long)
    days = {start + timedelta(days=day) for day in range(length + 1)}
    closed = {other + timedelta(days=day) for day in range(long + 1)}

    if days.isdisjoint(closed) or days > closed:
        periods.check_apart(start, end, [(other, last)])
    else:
        with pytest.raises(PeriodOverlaps):
            periods.check_apart(start, end, [(other, last)])


@pytest.mark.parametrize(
    ("day", "first", "last"),
    [
        (date(2024, 2, 29), date(2024, 1, 1), date(2024, 3, 31)),
        (date(2024, 12, 31), date(2024, 10, 1), date(2024, 12, 31)),
        (date(2023, 9, 30), date(2023, 7, 1), date(2023, 9, 30)),
    ],
)
def test_quarters_of_the_year(day, first, last):
    assert periods.quarter_of(day) == (first, last)


@given(days, days)
def test_a_period_is_closed_after_its_last_day(last_day, today):
    if last_day < today:
        periods.check_over(last_day=last_day, today=today)
    else:
        with pytest.raises(PeriodNotOver):
            periods.check_over(last_day=last_day, today=today)


def plan(*stages: dict[str, Any]) -> dict[str, Any]:
    return {"code": "x", "name_pl": "X", "name_en": "X", "recipient": "person", "stages": list(stages)}


def stage(code: str, *after: str, checks: tuple[str, ...] = ("a",), months: int = 0) -> dict[str, Any]:
    lines = [{"code": one, "name_pl": one, "name_en": one} for one in checks]
    return {
        "code": code,
        "name_pl": code,
        "name_en": code,
        "after": list(after),
        "checks": lines,
        "months_after": months,
    }


def known_stage(read: PathPlan, code: str) -> Stage:
    found = paths.stage_of(read, code)
    assert found is not None
    return found


@pytest.mark.parametrize(
    "bad",
    [
        pytest.param(plan(), id="no stages"),
        pytest.param(plan(stage("a", "b"), stage("b", "a")), id="a circle"),
        pytest.param(plan(stage("a", "z")), id="follows nothing known"),
        pytest.param(plan(stage("a"), stage("a")), id="a code twice"),
        pytest.param(plan(stage("a", checks=("x", "x"))), id="a line twice"),
        pytest.param({"code": "x"}, id="half a plan"),
        pytest.param(plan(stage("a")) | {"recipient": "cat"}, id="unknown recipient"),
    ],
)
def test_a_template_that_cannot_be_walked_is_refused(bad):
    with pytest.raises(BadTemplate):
        paths.read_plan(bad)


def test_strands_run_side_by_side_and_meet_again():
    read = paths.read_plan(plan(stage("a"), stage("b", "a"), stage("c", "a"), stage("d", "b", "c")))

    assert [one.code for one in paths.open_stages(read, {"a"})] == ["b", "c"]
    assert [one.code for one in paths.open_stages(read, {"a", "b"})] == ["c"]
    assert paths.is_finished(read, {"a", "b", "c", "d"})
    assert paths.stage_of(read, "z") is None


def test_a_gate_opens_when_its_lines_are_done_and_what_is_before_it_passed():
    read = paths.read_plan(plan(stage("a"), stage("b", "a", checks=("x", "y"))))
    second = known_stage(read, "b")

    with pytest.raises(StageNotReady) as refusal:
        paths.check_may_pass(second, done={"x"}, passed=set())
    paths.check_may_pass(second, done={"x", "y"}, passed={"a"})

    assert (refusal.value.open_checks, refusal.value.open_stages) == (("y",), ("a",))


@pytest.mark.parametrize(
    ("passed_on", "months", "due"),
    [
        (date(2024, 8, 31), 6, date(2025, 2, 28)),
        (date(2024, 6, 15), 6, date(2024, 12, 15)),
        (date(2024, 1, 31), 12, date(2025, 1, 31)),
        (date(2023, 12, 31), 2, date(2024, 2, 29)),
    ],
)
def test_a_check_months_later_falls_due_on_the_same_day_or_the_last_of_the_month(passed_on, months, due):
    read = paths.read_plan(plan(stage("a"), stage("b", "a", months=months)))

    assert paths.due_on(known_stage(read, "b"), {"a": passed_on}) == due
    assert paths.due_on(known_stage(read, "b"), {}) is None
    assert paths.due_on(known_stage(read, "a"), {}) is None


def test_the_score_of_a_company_is_what_its_table_says():
    table = matching.criteria_of(
        needs="sprzedaż cateringu",
        offers="sprzedaż i transport",
        area="catering",
        activity="cateringowa",
        group_teryt="0801052",
        teryt="0803011",
        level="1",
    )

    assert {one.code: (one.fit, one.weight) for one in table} == {
        "needs": (0.5, 40),  # one of two words
        "area": (1.0, 25),
        "territory": (0.5, 20),  # the voivodeship, not the county
        "level": (1.0, 15),
    }
    assert matching.score_of(table) == 70  # 20 + 25 + 10 + 15


words = st.text(alphabet="abcdeęłóż ", max_size=30)


@given(
    words,
    words,
    words,
    words,
    st.sampled_from(["", "0801", "0803011", "1465"]),
    st.sampled_from(["", *"1234"]),
)
def test_scores_lie_between_nothing_and_a_hundred(needs, offers, area, activity, teryt, level):
    table = matching.criteria_of(
        needs=needs, offers=offers, area=area, activity=activity, group_teryt="0801", teryt=teryt, level=level
    )

    assert 0 <= matching.score_of(table) <= 100
    assert matching.score_of(()) == 0


@given(st.integers(1, 20), st.one_of(st.none(), st.integers(1, 25)), st.integers(0, 20))
def test_who_was_at_all_sessions_has_finished_and_who_was_at_none_has_not(planned, required, attended):
    assert events.finished(attended=planned, planned=planned, required=required)
    assert not events.finished(attended=0, planned=planned, required=required)
    wanted = events.sessions_to_finish(planned=planned, required=required)
    assert events.finished(attended=attended, planned=planned, required=required) == (attended >= wanted)
    assert not events.finished(attended=attended, planned=0, required=required)


@given(st.one_of(st.none(), st.integers(0, 50)), st.integers(0, 60))
def test_places_left_are_never_less_than_none(capacity, held):
    left = events.places_left(capacity=capacity, held=held)

    assert left is None if capacity is None else left == max(capacity - held, 0)


def test_people_register_until_the_day_set_or_the_first_day():
    start = date(2024, 5, 14)

    assert events.is_open(announced=True, today=start, starts_on=start, until=None)
    assert not events.is_open(announced=True, today=start, starts_on=start, until=date(2024, 5, 10))
    assert not events.is_open(
        announced=True, today=date(2024, 5, 15), starts_on=start, until=date(2024, 5, 20)
    )
    assert not events.is_open(announced=False, today=date(2024, 5, 1), starts_on=start, until=None)


def test_nobody_goes_by_hand_to_what_attendance_says():
    for state, after in events.STEPS.items():
        assert RegistrationState.ATTENDED not in after
        assert RegistrationState.NO_SHOW not in after
        assert not events.may_follow(state, state)


def test_an_entity_is_known_by_nip_or_else_by_regon():
    assert entity_number("526-025-02-74") == ("nip", "5260250274")
    assert entity_number("000331501") == ("regon", "000331501")
    with pytest.raises(BadNumber):
        entity_number("12")


def test_columns_of_the_fund_are_lines_that_read_back():
    pairs = fund_export.read_mapping(fund_export.write_mapping(fund_export.SHIPPED))

    assert pairs == fund_export.SHIPPED
    assert fund_export.read_mapping("\nKraj: =Polska\n\n") == (("Kraj", "=Polska"),)
    assert fund_export.row_of([("Kraj", "=Polska"), ("Imię", "first_name")], {"first_name": "Ewa"}) == [
        "Polska",
        "Ewa",
    ]


@pytest.mark.parametrize("bad", ["", "bez dwukropka", "Kolumna: nieznane_pole", ": first_name"])
def test_columns_that_name_nothing_are_refused(bad):
    with pytest.raises(BadTemplate):
        fund_export.read_mapping(bad)
