"""Carrying a plan out: actions, evidence, reviews, contacts, non-compliance, completion, employment afterwards."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from spoiwo.plans.errors import (
    ActionClosed,
    AlreadySigned,
    InTheFuture,
    NoSuchThing,
    NotYours,
    PlanError,
    ReasonMissing,
    WrongStep,
)
from spoiwo.plans.models import (
    Action,
    EmploymentCheck,
    JointPlan,
    PlanEvent,
    PlanParty,
    PlanVersion,
    Remark,
    Review,
)
from spoiwo.plans.queries import acting, agendas
from spoiwo.plans.services import agreeing, drafting, reviewing, running, starting
from spoiwo.plans.types import (
    ActionState,
    ContactKind,
    Employment,
    EmploymentSource,
    Paper,
    PaperKind,
    RemarkKind,
    Step,
)
from tests.makers import plans as made

pytestmark = pytest.mark.django_db
LONG_AGO = timedelta(days=400)


def hold_review(pair: made.Partners, **values: Any) -> Review:
    given: dict[str, Any] = {"held_on": made.today(), "conclusions": "Idziemy dalej", **values}
    with made.as_actor(pair.labour):
        return reviewing.hold_review(pair.uuid, at=made.now(), day=made.today(), by=pair.labour, **given)


def note(pair: made.Partners, **values: Any):
    given: dict[str, Any] = {
        "action": None,
        "on": made.today(),
        "text": "Nie przyszła",
        "evidence": "notatka 5",
        **values,
    }
    with made.as_actor(pair.labour):
        return reviewing.note_non_compliance(pair.uuid, at=made.now(), by=pair.labour, **given)


def check(pair: made.Partners, **values: Any) -> EmploymentCheck:
    given: dict[str, Any] = {
        "months": 3,
        "employment": Employment.EMPLOYED,
        "source": EmploymentSource.PERSON,
        **values,
    }
    with made.as_actor(pair.labour):
        return reviewing.check_employment(pair.uuid, at=made.now(), day=made.today(), by=pair.labour, **given)


def test_an_action_is_begun_proven_and_done():
    pair = made.active()
    row = made.own_action(pair)

    with made.as_actor(pair.labour):
        running.begin_action(row.uuid, at=made.now(), by=pair.labour)
        running.begin_action(row.uuid, at=made.now(), by=pair.labour)
    with made.as_actor(pair.welfare):
        running.record_evidence(
            row.uuid, text="zaświadczenie", ref="referral:1", at=made.now(), by=pair.welfare
        )
    made.finish(pair, row)

    row.refresh_from_db()
    assert (row.state, row.closed_on) == ("done", made.today())
    assert row.evidence.get().ref == "referral:1"
    told = PlanEvent.objects.filter(plan=pair.plan, kind__startswith="action").values_list("kind", flat=True)
    assert sorted(told) == ["action_begun", "action_done"]


def test_another_partys_action_is_not_mine_but_the_persons_task_is_everybodys():
    pair = made.active()

    with pytest.raises(NotYours):
        made.finish(pair, made.own_action(pair, pair.welfare))
    made.finish(pair, made.persons_task(pair), by=pair.welfare)

    assert made.persons_task(pair).state in {"done", "planned"}
    assert Action.objects.filter(plan=pair.plan, owner=None, state="done").count() == 1


@pytest.mark.parametrize(
    ("outcome", "values", "refusal"),
    [
        (ActionState.DONE, {"on": made.today() + timedelta(days=1)}, InTheFuture),
        (ActionState.NOT_DONE, {"result": " "}, ReasonMissing),
    ],
)
def test_an_outcome_needs_its_day_and_reason(outcome, values, refusal):
    pair = made.active()

    with pytest.raises(refusal):
        made.finish(pair, made.own_action(pair), outcome, **values)


def test_an_outcome_is_written_down_once():
    pair = made.active()
    row = made.own_action(pair)
    made.finish(pair, row, ActionState.NOT_DONE, result="Choroba")

    with pytest.raises(ActionClosed):
        made.finish(pair, row)


def test_nothing_is_carried_out_before_the_plan_began_or_while_it_is_suspended():
    pair = made.agreed()

    with pytest.raises(WrongStep):
        made.finish(pair, made.own_action(pair))
    made.step(pair, Step.BEGIN)
    made.step(pair, Step.SUSPEND, reason="Leczenie")
    with pytest.raises(WrongStep):
        made.finish(pair, made.own_action(pair))
    made.step(pair, Step.RESUME)
    assert made.finish(pair, made.own_action(pair)).state == "done"


def test_a_stranger_finds_no_action():
    pair, stranger = made.active(), made.partners()

    with pytest.raises(NoSuchThing):
        made.finish(pair, made.own_action(pair), by=stranger.labour)


def test_a_review_keeps_its_agenda_and_the_next_one_is_planned():
    pair = made.active()
    made.finish(pair, made.own_action(pair))
    first = Review.objects.get(plan=pair.plan)
    assert first.due_on == made.today() + timedelta(days=30)

    held = hold_review(pair)
    held.refresh_from_db()

    assert held.agenda["finished"] == ["Rozmowy z doradcą zawodowym i test umiejętności"]
    assert Review.objects.get(plan=pair.plan, held_on=None).due_on == made.today() + timedelta(days=30)
    with made.as_actor(pair.labour):
        assert agendas.agenda_of(pair.fresh(), today=made.today()).coming == ()


@pytest.mark.parametrize(
    ("values", "refusal"),
    [
        ({"held_on": made.today() + timedelta(days=1)}, InTheFuture),
        ({"conclusions": "  "}, ReasonMissing),
    ],
)
def test_a_review_needs_its_day_and_what_was_agreed(values, refusal):
    pair = made.active()

    with pytest.raises(refusal):
        hold_review(pair, **values)


def test_a_paper_that_asks_for_reviews_more_often_brings_the_next_one_forward():
    pair = made.active()
    Review.objects.filter(plan=pair.plan).update(due_on=made.today() + timedelta(days=80))
    with made.as_actor(pair.labour):
        starting.begin_change(pair.uuid, at=made.now(), by=pair.labour)
        paper = Paper(
            kind=PaperKind.IPD, owner=pair.labour.institution_id, number="7", signed_on=made.today()
        )
        drafting.add_paper(pair.uuid, paper=paper, at=made.now(), by=pair.labour)
        agreeing.propose(pair.uuid, at=made.now(), by=pair.labour)

    made.signed_by_all(pair)

    assert Review.objects.get(plan=pair.plan).due_on == made.today() + timedelta(days=30)


def test_a_contact_is_written_down_but_not_for_tomorrow():
    pair = made.active()
    with made.as_actor(pair.welfare):
        values: dict[str, Any] = {
            "kind": ContactKind.PHONE,
            "note": "Pyta o kurs",
            "at": made.now(),
            "by": pair.welfare,
        }
        reviewing.note_contact(pair.uuid, on=made.today(), day=made.today(), **values)

        with pytest.raises(InTheFuture):
            reviewing.note_contact(pair.uuid, on=made.today() + timedelta(days=1), day=made.today(), **values)


def test_non_compliance_stays_as_written_and_collects_remarks():
    pair = made.active()
    entry = note(pair, action=made.own_action(pair).uuid)
    with made.as_actor(pair.welfare):
        reviewing.add_remark(
            entry.uuid, kind=RemarkKind.STATEMENT, text="Byłam chora", at=made.now(), by=pair.welfare
        )
        with pytest.raises(NotYours):
            reviewing.add_remark(
                entry.uuid, kind=RemarkKind.WITHDRAWAL, text="Błąd", at=made.now(), by=pair.welfare
            )
    with made.as_actor(pair.labour):
        reviewing.add_remark(
            entry.uuid, kind=RemarkKind.WITHDRAWAL, text="Jest zwolnienie", at=made.now(), by=pair.labour
        )
        with pytest.raises(ReasonMissing):
            reviewing.add_remark(
                entry.uuid, kind=RemarkKind.STATEMENT, text=" ", at=made.now(), by=pair.labour
            )
        with pytest.raises(NoSuchThing):
            reviewing.add_remark(uuid4(), kind=RemarkKind.STATEMENT, text="x", at=made.now(), by=pair.labour)

    entry.refresh_from_db()
    assert entry.text == "Nie przyszła"
    assert list(Remark.objects.order_by("pk").values_list("kind", flat=True)) == ["statement", "withdrawal"]


@pytest.mark.parametrize(
    ("values", "refusal"),
    [
        ({"evidence": " "}, ReasonMissing),
        ({"text": ""}, ReasonMissing),
        ({"on": made.today() + timedelta(days=2)}, InTheFuture),
        ({"action": uuid4()}, NoSuchThing),
    ],
)
def test_non_compliance_needs_facts_and_evidence(values, refusal):
    pair = made.active()

    with pytest.raises(refusal):
        note(pair, **values)


def test_completion_drops_what_is_open_and_lets_the_person_have_another_plan():
    pair = made.active()
    with made.as_actor(pair.labour):
        starting.begin_change(pair.uuid, at=made.now(), by=pair.labour)

    made.step(pair, Step.COMPLETE)

    plan = pair.fresh()
    assert (plan.state, plan.closed_on) == ("completed", made.today())
    assert set(Action.objects.filter(plan=plan).values_list("state", flat=True)) == {"cancelled"}
    assert not Review.objects.filter(plan=plan, cancelled=False).exists()
    assert PlanVersion.objects.get(plan=plan, number=2).state == "withdrawn"
    assert not PlanParty.objects.filter(plan=plan, is_open=True).exists()
    made.started(pair)


def test_employment_is_written_down_once_its_months_have_passed():
    pair = made.completed()
    with pytest.raises(InTheFuture):
        check(pair)
    JointPlan.objects.filter(pk=pair.plan.pk).update(closed_on=made.today() - LONG_AGO)
    with made.as_actor(pair.labour):
        waiting = acting.today_of(pair.labour, day=made.today())
    assert [one.months for one in waiting.employment] == [3, 6, 12]

    check(pair)

    with pytest.raises(AlreadySigned):
        check(pair)
    with pytest.raises(NoSuchThing):
        check(pair, months=4)
    with made.as_actor(pair.labour):
        assert [one.months for one in acting.today_of(pair.labour, day=made.today()).employment] == [6, 12]


def test_employment_is_asked_for_after_completed_plans_only():
    with pytest.raises(WrongStep):
        check(made.active())


STEPS = st.lists(
    st.sampled_from(["begin", "suspend", "resume", "review", "done", "change", "propose", "sign", "drop"]),
    max_size=7,
)


@settings(
    max_examples=8,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(STEPS)
def test_whatever_is_done_the_plan_keeps_its_invariants(walk):
    pair = made.agreed()
    kept = PlanVersion.objects.get(plan=pair.plan).content
    for deed in walk:
        try:
            _do(pair, deed)
        except (PlanError, IndexError):  # IndexError: no action is left to do
            continue
        finally:
            _holds(pair, kept)


def _do(pair: made.Partners, deed: str) -> None:
    values: dict[str, Any] = {"at": made.now(), "by": pair.labour}
    if deed in set(Step):
        made.step(pair, Step(deed), reason="powód")
    elif deed == "review":
        hold_review(pair)
    elif deed == "done":
        made.finish(pair, made.own_action(pair))
    elif deed == "sign":
        if PlanVersion.objects.filter(plan=pair.plan, state="negotiation").exists():
            made.signed_by_all(pair)
    else:
        act = {"change": starting.begin_change, "propose": agreeing.propose, "drop": starting.drop_change}[
            deed
        ]
        with made.as_actor(pair.labour):
            act(pair.uuid, **values)


def _holds(pair: made.Partners, kept: str) -> None:
    plan = pair.fresh()
    assert PlanVersion.objects.get(plan=plan, number=1).content == kept
    assert PlanVersion.objects.filter(plan=plan, state="in_force").count() == 1
    assert PlanVersion.objects.filter(plan=plan, state__in=["draft", "negotiation"]).count() <= 1
    assert PlanParty.objects.filter(record=pair.town.own, is_open=True).count() <= 1
    due = Review.objects.filter(plan=plan, held_on=None, cancelled=False)
    if plan.state == "active":
        assert due.count() == 1
        assert due.get().due_on <= made.today() + timedelta(days=30)
    assert due.count() <= 1
