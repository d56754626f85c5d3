"""Steps of a conclusion, in any order: what holds whatever anybody tries."""

from datetime import date, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from spoiwo.partnership.errors import WrongState
from spoiwo.partnership.rules import outcomes as rules
from spoiwo.partnership.types import OutcomeState, Step
from tests.makers.partnership import DAY

CALM = settings(deadline=None, derandomize=True, max_examples=60, suppress_health_check=list(HealthCheck))
STATES = some.sampled_from(list(OutcomeState))


@CALM
@given(steps=some.lists(some.sampled_from(list(Step)), max_size=20))
def test_no_order_of_steps_reaches_verified_without_a_claim(steps):
    state, passed = OutcomeState.PROPOSED, []
    for one in steps:
        try:
            state = rules.after(one, state)
        except WrongState:
            continue
        passed.append(one)

    if state is OutcomeState.VERIFIED:
        assert passed[0] is Step.ADOPT
        assert {Step.ASSIGN, Step.ACCEPT, Step.CLAIM} <= set(passed)
        assert passed[-2:] == [Step.CLAIM, Step.VERIFY]


@CALM
@given(state=STATES)
def test_what_is_closed_stays_closed(state):
    closed = state not in rules.OPEN

    assert (rules.possible(state) == ()) is closed


@CALM
@given(state=STATES, due=some.none() | some.dates(), today=some.dates())
def test_overdue_is_worked_out_from_the_last_day(state, due, today):
    expected = state in rules.OPEN and due is not None and due < today

    assert rules.is_overdue(state, due, today) is expected


@CALM
@given(
    due=some.dates(date(2000, 1, 1), date(2040, 1, 1)), days=some.lists(some.integers(-40, 60), max_size=30)
)
def test_each_reminder_is_told_once_and_never_two_on_a_day(due, days):
    told: list[int] = []
    for offset in sorted(days):
        today = due + timedelta(days=offset)
        if (reminder := rules.reminder_due(due, today, frozenset(told))) is not None:
            assert today >= due + timedelta(days=reminder)
            told.append(reminder)

    assert told == sorted(set(told))
    assert set(told) <= set(rules.REMINDERS)


def test_nothing_is_due_without_a_deadline_and_the_circle_widens():
    assert rules.reminder_due(None, DAY, frozenset()) is None
    assert [rules.hears(step) for step in rules.REMINDERS] == [
        ("owner",),
        ("owner",),
        ("owner", "secretariat"),
        ("owner", "secretariat", "chair"),
    ]
