"""What would hold on paper too: completeness, falling support, differences, steps, reviews, employment, criteria."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from spoiwo.plans.errors import Incomplete, NoSuchThing, ReasonMissing, WrongStep
from spoiwo.plans.rules import (
    checks,
    content,
    differences,
    reviews,
    steps,
)
from spoiwo.plans.types import (
    OPEN_STATES,
    PERSON,
    ActionDraft,
    ActionState,
    Area,
    Content,
    FaultKind,
    FieldChange,
    GoalDraft,
    Happening,
    Paper,
    PaperKind,
    Payment,
    PlanState,
    Step,
    Worker,
    WorkerRole,
)
from tests.makers import plans as made

modest = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
DAYS = st.dates(date(2026, 1, 1), date(2026, 12, 31))
WORDS = st.text(min_size=1, max_size=20)
OWNERS = st.sampled_from([PERSON, 1, 2, 3])
AMOUNTS = st.integers(0, 99).map(Decimal)
ACTIONS = st.builds(
    ActionDraft,
    key=st.uuids().map(str),
    text=WORDS,
    area=st.sampled_from(Area),
    owner=OWNERS,
    starts_on=DAYS,
    due_on=DAYS,
)
GOALS = st.builds(
    GoalDraft,
    key=st.uuids().map(str),
    text=WORDS,
    measure=WORDS,
    baseline=WORDS,
    target=WORDS,
    due_on=DAYS,
    actions=st.lists(ACTIONS, max_size=3).map(tuple),
)
PAYMENTS = st.lists(st.builds(Payment, from_on=DAYS, amount=AMOUNTS), max_size=5).map(tuple)
CONTENTS = st.builds(
    Content,
    parties=st.just((1, 2)),
    starts_on=DAYS,
    ends_on=DAYS,
    problem=WORDS,
    goals=st.lists(GOALS, max_size=3).map(tuple),
    payments=PAYMENTS,
    papers=st.lists(
        st.builds(Paper, kind=st.sampled_from(PaperKind), owner=OWNERS, number=WORDS, signed_on=DAYS),
        max_size=2,
    ).map(tuple),
    workers=st.lists(
        st.builds(Worker, role=st.sampled_from(WorkerRole), institution=OWNERS, user=OWNERS, name=WORDS),
        max_size=2,
    ).map(tuple),
)


def kinds(found: Content) -> set[FaultKind]:
    return {fault.kind for fault in checks.faults(found)}


def test_a_whole_plan_has_no_faults():
    checks.check_complete(made.content())

    assert checks.faults(made.content(payments=made.payments("600", "600", "300"))) == []


@pytest.mark.parametrize(
    ("wrong", "kind"),
    [
        pytest.param(made.content(problem=" "), FaultKind.NO_PROBLEM, id="no problem"),
        pytest.param(replace(made.content(), goals=()), FaultKind.NO_GOALS, id="no goals"),
        pytest.param(
            made.content(replace(made.goal(), actions=())),
            FaultKind.GOAL_WITHOUT_ACTION,
            id="goal without action",
        ),
        pytest.param(
            made.content(made.goal("Praca", made.action(owner=9))),
            FaultKind.OWNER_NOT_PARTY,
            id="strange owner",
        ),
        pytest.param(
            made.content(ends_on=made.START - timedelta(days=1)),
            FaultKind.ENDS_BEFORE_START,
            id="plan backwards",
        ),
        pytest.param(
            made.content(made.goal("Praca", made.action(starts_on=made.END, due_on=made.START))),
            FaultKind.ENDS_BEFORE_START,
            id="action backwards",
        ),
        pytest.param(
            made.content(made.goal(due_on=made.END + timedelta(days=1))),
            FaultKind.OUTSIDE_PLAN,
            id="goal after",
        ),
        pytest.param(
            made.content(made.goal("Praca", made.action(due_on=made.END + timedelta(days=1)))),
            FaultKind.OUTSIDE_PLAN,
            id="action after",
        ),
        pytest.param(
            made.content(payments=made.payments("5", start=made.END + timedelta(days=1))),
            FaultKind.OUTSIDE_PLAN,
            id="money after",
        ),
        pytest.param(
            made.content(payments=made.payments("5", "6")), FaultKind.SUPPORT_RISES, id="money rises"
        ),
        pytest.param(made.content(workers=()), FaultKind.NO_WORKER, id="nobody works"),
        pytest.param(
            made.content(workers=(Worker(role=WorkerRole.JOB_BROKER, institution=7, user=1, name="X"),)),
            FaultKind.WORKER_NOT_OF_PARTY,
            id="strange worker",
        ),
        pytest.param(
            made.content(papers=(Paper(kind=PaperKind.IPD, owner=7, number="1", signed_on=made.START),)),
            FaultKind.PAPER_NOT_OF_PARTY,
            id="strange paper",
        ),
    ],
)
def test_everything_that_is_wrong_is_named(wrong, kind):
    assert kind in kinds(wrong)
    with pytest.raises(Incomplete):
        checks.check_complete(wrong)


def test_two_amounts_for_one_day_are_refused():
    twice = (*made.payments("5"), *made.payments("5"))

    assert [fault.kind for fault in checks.faults_of_support(twice)] == [FaultKind.SAME_DAY_TWICE]


@modest
@given(PAYMENTS)
def test_support_passes_just_when_it_never_rises(payments):
    ordered = sorted(payments, key=lambda one: one.from_on)
    days = [one.from_on for one in ordered]
    amounts = [one.amount for one in ordered]

    falls = len(set(days)) == len(days) and amounts == sorted(amounts, reverse=True)

    assert (checks.faults_of_support(payments) == []) == falls


@modest
@given(CONTENTS)
def test_a_plan_that_passes_keeps_the_invariants(found):
    if checks.faults(found):
        return
    assert all(goal.actions for goal in found.goals)
    assert found.goals
    assert all(one.owner == PERSON or one.owner in found.parties for _goal, one in content.actions_of(found))


@modest
@given(CONTENTS)
def test_the_text_gives_the_content_back_and_the_same_fingerprint(found):
    text = content.text_of(found)

    again = content.content_of(text)

    assert again == found
    assert content.text_of(again) == text
    assert content.fingerprint_of(text) == content.fingerprint_of(content.text_of(again))


def test_only_known_values_are_written_down():
    with pytest.raises(TypeError):
        content.text_of(made.content(problem=object()))


@modest
@given(CONTENTS, CONTENTS)
def test_two_versions_differ_just_when_a_field_does(before, after):
    assert differences.changes(before, before) == []
    if differences.changes(before, after) == []:
        assert replace(before, goals=(), payments=(), papers=(), workers=()) == replace(
            after, goals=(), payments=(), papers=(), workers=()
        )
        assert [goal.key for goal in before.goals] == [goal.key for goal in after.goals]
        assert set(before.payments) == set(after.payments)


def test_each_changed_field_is_told_once():
    goal = made.goal("Praca", made.action("Rozmowa"))
    before = made.content(goal, payments=made.payments("600"))
    paper = Paper(kind=PaperKind.IPD, owner=1, number="7/2026", signed_on=made.START)
    after = replace(
        before,
        problem="Inny",
        goals=(replace(goal, target="2", actions=(replace(goal.actions[0], text="Test"),)),),
        payments=made.payments("500"),
        papers=(paper,),
        workers=(),
    )

    found = differences.changes(before, after)

    assert found == [
        FieldChange("plan", "", "problem", "Długie bezrobocie", "Inny"),
        FieldChange("goal", "Praca", "target", "jest", "2"),
        FieldChange("action", "Test", "text", "Rozmowa", "Test"),
        FieldChange("payment", "2026-01-01", "amount", Decimal(600), Decimal(500)),
        FieldChange("paper", "7/2026", "", None, paper),
        FieldChange("worker", "Anna Próbna", "", before.workers[0], None),
    ]
    assert differences.label_of(None) == ""


def test_goals_and_actions_are_put_in_changed_and_taken_out():
    goal = made.goal("Praca", made.action("Rozmowa"))
    plan = made.content(goal)

    more = content.with_goal(plan, made.goal("Mieszkanie"))
    other = content.with_goal(more, replace(goal, text="Dobra praca", actions=()))
    longer = content.with_action(other, goal.key, made.action("Kurs"))
    first = content.with_action(longer, goal.key, replace(goal.actions[0], text="Test"))

    assert [one.text for one in first.goals] == ["Dobra praca", "Mieszkanie"]
    assert [one.text for one in first.goals[0].actions] == ["Test", "Kurs"]
    assert content.action_of(first, goal.actions[0].key).text == "Test"
    assert [one.text for one in content.without(first, goal.key).goals] == ["Mieszkanie"]
    assert len(content.without(first, goal.actions[0].key).goals[0].actions) == 1
    for find in (content.goal_of, content.action_of):
        with pytest.raises(NoSuchThing):
            find(first, "brak")


def test_the_sum_of_support_is_exact():
    assert content.support_in_all(made.content(payments=made.payments("600.10", "300.20"))) == Decimal(
        "900.30"
    )


@modest
@given(st.sampled_from(PlanState), st.lists(st.sampled_from(Step), max_size=8))
def test_steps_lead_only_where_they_may(state, walk):
    for step in walk:
        if step not in steps.possible(state):
            with pytest.raises(WrongStep):
                steps.after(step, state, reason="powód")
            continue
        state = steps.after(step, state, reason="powód")
        assert step is not Step.BEGIN or state is PlanState.ACTIVE
    if state not in OPEN_STATES:
        assert steps.possible(state) == []


@pytest.mark.parametrize("step", sorted(steps.WITH_REASON))
def test_suspending_and_discontinuing_need_a_reason(step):
    with pytest.raises(ReasonMissing):
        steps.after(step, PlanState.ACTIVE, reason="  ")


@modest
@given(st.sets(st.sampled_from([PERSON, 1, 2])))
def test_nothing_is_agreed_before_every_party_and_the_person_signed(signed):
    assert set(steps.still_to_sign((1, 2), signed)) == {1, 2, PERSON} - signed


@modest
@given(DAYS, st.integers(1, 90), DAYS)
def test_the_next_review_comes_within_the_interval_and_not_on_the_same_day(after, days, ends_on):
    found = reviews.next_review(after, days=days, ends_on=ends_on)

    assert after < found <= after + timedelta(days=days)
    assert found <= max(ends_on, after + timedelta(days=1))


def test_the_strictest_paper_decides_how_often_a_plan_is_reviewed():
    days = {"": 60, "ipd": 30}

    assert reviews.interval([], days) == 60
    assert reviews.interval([PaperKind.IPD, PaperKind.CUS], days) == 30


def test_the_agenda_sorts_actions_by_what_became_of_them():
    today = date(2026, 5, 10)
    told = [
        Happening(text="zaległe", owner=1, state=ActionState.PLANNED, due_on=date(2026, 5, 9)),
        Happening(text="dziś", owner=1, state=ActionState.IN_PROGRESS, due_on=today),
        Happening(text="później", owner=1, state=ActionState.PLANNED, due_on=date(2026, 7, 1)),
        Happening(text="zrobione", owner=1, state=ActionState.DONE, due_on=today, done_on=date(2026, 5, 1)),
        Happening(text="dawno", owner=1, state=ActionState.DONE, due_on=today, done_on=date(2026, 3, 1)),
        Happening(text="nie", owner=1, state=ActionState.NOT_DONE, due_on=today, done_on=date(2026, 5, 2)),
        Happening(text="porzucone", owner=1, state=ActionState.CANCELLED, due_on=today, done_on=today),
    ]

    agenda = reviews.agenda(told, since=date(2026, 4, 10), today=today)
    progress = reviews.progress(told, today=today)

    assert (agenda.overdue, agenda.finished, agenda.not_done, agenda.coming) == (
        ("zaległe",),
        ("zrobione",),
        ("nie",),
        ("dziś",),
    )
    assert (progress.actions, progress.done, progress.overdue) == (6, 2, 1)
