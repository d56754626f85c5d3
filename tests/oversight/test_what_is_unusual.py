"""What counts as an unusual look, and what the clock of an incident says; no database."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spoiwo.oversight import rules
from spoiwo.oversight.errors import ClosedAlready, ClosedWithoutRisk, ReasonNeeded
from spoiwo.oversight.types import Odd, Oddity, Risk, WatchedLook

WORKER, SOMEBODY = UUID(int=1), UUID(int=2)
NOON = datetime(2026, 3, 10, 12, 0, tzinfo=UTC)
KNOWN = ((date(2020, 1, 1), None),)


def look(**values: Any) -> WatchedLook:
    given_values: dict[str, Any] = {
        "seq": 1,
        "at": NOON,
        "actor": WORKER,
        "person": SOMEBODY,
        "worker": "anna kowalska",
        "client": "jan wrobel",
        "relations": KNOWN,
    }
    return WatchedLook(**(given_values | values))


def oddities(one, staff=("anna kowalska", "ewa lis")):
    return {found.oddity for found in rules.odd_looks([one], staff=set(staff))}


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        pytest.param({}, set(), id="an ordinary look"),
        pytest.param({"client": "anna maria kowalska"}, {Oddity.SELF}, id="herself"),
        pytest.param({"client": "piotr kowalska"}, {Oddity.SURNAME}, id="a namesake"),
        pytest.param({"client": "ewa lis"}, {Oddity.COLLEAGUE}, id="a colleague"),
        pytest.param({"client": ""}, set(), id="a client without a name"),
        pytest.param({"worker": ""}, set(), id="a worker without a name"),
        pytest.param({"at": NOON.replace(hour=22)}, {Oddity.NIGHT}, id="late"),
        pytest.param({"at": NOON.replace(hour=5)}, {Oddity.NIGHT}, id="early"),
        pytest.param({"at": NOON.replace(hour=6)}, set(), id="six is morning"),
        pytest.param({"relations": ()}, {Oddity.NO_RELATION}, id="never known"),
        pytest.param(
            {"relations": ((date(2020, 1, 1), date(2026, 2, 7)),)}, {Oddity.NO_RELATION}, id="31 days ago"
        ),
        pytest.param({"relations": ((date(2020, 1, 1), date(2026, 2, 8)),)}, set(), id="30 days ago"),
        pytest.param({"relations": ((date(2026, 3, 11), None),)}, {Oddity.NO_RELATION}, id="only tomorrow"),
    ],
)
def test_single_looks(values, expected):
    assert oddities(look(**values)) == expected


@pytest.mark.parametrize(
    ("today", "before", "found"),
    [
        pytest.param(39, [1], False, id="fewer than forty"),
        pytest.param(40, [], True, id="forty on the first day"),
        pytest.param(60, [20, 20], True, id="three times the usual"),
        pytest.param(59, [20, 20], False, id="not three times"),
    ],
)
def test_days_with_far_more_people_than_usual(today, before, found):
    day = NOON.date()
    people = {(WORKER, day - timedelta(days=ago + 1)): count for ago, count in enumerate(before)}
    people[WORKER, day] = today
    people[WORKER, day - timedelta(days=31)] = 500  # too long ago to count

    odd = rules.odd_days(people, {(WORKER, day): (7, NOON)})

    assert [(one.oddity, one.count) for one in odd] == ([(Oddity.VOLUME, today)] if found else [])


def test_a_day_or_a_person_is_what_a_finding_is_about():
    assert not rules.is_about_person(Oddity.NIGHT)
    assert rules.is_about_person(Oddity.SELF)
    more = Odd(oddity=Oddity.VOLUME, actor=WORKER, person=None, at=NOON, seq=1, count=50)
    again = Odd(oddity=Oddity.NIGHT, actor=WORKER, person=None, at=NOON, seq=1)
    assert (rules.counted(60, more), rules.counted(3, again)) == (60, 4)


def test_the_clock_runs_until_the_authority_is_told_or_no_risk_is_seen():
    assert rules.due_at(NOON) == NOON + timedelta(hours=72)
    assert rules.is_running(risk=Risk.UNKNOWN, told_on=None, closed=False)
    assert not rules.is_running(risk=Risk.UNLIKELY, told_on=None, closed=False)
    assert not rules.is_running(risk=Risk.HIGH, told_on=NOON.date(), closed=False)
    assert not rules.is_running(risk=Risk.HIGH, told_on=None, closed=True)


@given(risk=st.sampled_from(Risk), measures=st.sampled_from(["", "   ", "Pouczono."]), told=st.booleans())
def test_an_incident_ends_only_when_all_is_written_down(risk, measures, told):
    told_on = NOON.date() if told else None
    may = risk is not Risk.UNKNOWN and bool(measures.strip()) and (risk is Risk.UNLIKELY or told)
    if may:
        rules.check_closing(risk=risk, measures=measures, told_on=told_on, closed=False)
    else:
        with pytest.raises(ClosedWithoutRisk):
            rules.check_closing(risk=risk, measures=measures, told_on=told_on, closed=False)
    with pytest.raises(ClosedAlready):
        rules.check_closing(risk=risk, measures=measures, told_on=told_on, closed=True)


def test_decisions_are_explained_and_quarters_counted():
    with pytest.raises(ReasonNeeded):
        rules.check_reason("   krótko  ")
    rules.check_reason("dość długo wyjaśnione")
    assert [rules.quarter_of(date(2026, month, 1)) for month in (1, 3, 4, 12)] == [
        "2026-1",
        "2026-1",
        "2026-2",
        "2026-4",
    ]
