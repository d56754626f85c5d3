"""From a draft to a plan that everybody signed: one and the same content, or nobody has agreed."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from spoiwo.access.types import Category
from spoiwo.plans.errors import (
    AlreadySigned,
    ChangeUnderWay,
    Incomplete,
    InTheFuture,
    NoSuchThing,
    NotAScan,
    NotEditable,
    NotShared,
    OtherContent,
    PlanOpenAlready,
    WrongStep,
)
from spoiwo.plans.models import Action, JointPlan, PlanEvent, PlanTemplate, PlanVersion
from spoiwo.plans.rules import content as texts
from spoiwo.plans.services import agreeing, drafting, starting
from spoiwo.plans.types import Step
from tests.makers import plans as made

pytestmark = pytest.mark.django_db


def start(pair: made.Partners, **values: Any) -> JointPlan:
    given: dict[str, Any] = {
        "record": pair.town.own.uuid,
        "partners": [pair.town.welfare.pk],
        "template": 0,
        "starts_on": made.today(),
        "at": made.now(),
        "day": made.today(),
        "by": pair.labour,
        **values,
    }
    with made.as_actor(given["by"]):
        return starting.start_plan(**given)


def test_a_template_makes_a_draft_of_three_goals_with_owners_among_the_parties():
    pair = made.started()

    content = texts.content_of(made.under_way(pair).content)

    assert len(content.goals) == 3
    owners = {one.owner for _goal, one in texts.actions_of(content)}
    assert owners == {0, pair.labour.institution_id, pair.welfare.institution_id}
    assert pair.fresh().number == f"WP/{made.today().year}/{pair.fresh().pk}"


def test_a_second_open_plan_of_the_person_is_refused_to_both_parties():
    pair = made.started()

    with pytest.raises(PlanOpenAlready) as refused:
        start(pair)
    with pytest.raises(PlanOpenAlready):
        start(pair, by=pair.welfare, record=pair.town.theirs.uuid, partners=[pair.town.labour.pk])

    assert refused.value.number == pair.fresh().number


def test_after_the_plan_was_closed_there_may_be_another():
    pair = made.started()
    made.step(pair, Step.DISCONTINUE, reason="wyjazd")

    again = start(pair)

    assert again.number != pair.fresh().number


def test_nobody_plans_with_an_office_that_does_not_share_plans():
    pair = made.partners(gives=[Category.IDENTITY])

    with pytest.raises(NotShared):
        start(pair)


@pytest.mark.parametrize("partners", [[], [999_999]], ids=["with nobody", "with a stranger"])
def test_a_joint_plan_needs_a_partner_that_serves_the_person(partners):
    pair = made.partners()

    with pytest.raises(NotShared):
        start(pair, partners=partners)


def test_a_client_of_somebody_else_cannot_be_planned_for():
    pair = made.partners()

    with pytest.raises(NoSuchThing):
        start(pair, record=pair.town.theirs.uuid)


def test_an_unfinished_draft_cannot_be_proposed():
    pair = made.partners()
    plan = start(pair)

    with made.as_actor(pair.labour), pytest.raises(Incomplete):
        agreeing.propose(plan.uuid, at=made.now(), by=pair.labour)


def test_the_plan_is_agreed_when_the_last_party_has_signed():
    pair = made.proposed()
    assert pair.fresh().state == "negotiation"

    made.signed_by_all(pair)

    assert pair.fresh().state == "agreed"
    assert PlanVersion.objects.get(plan=pair.plan).state == "in_force"
    assert Action.objects.filter(plan=pair.plan).count() == 7
    assert list(PlanEvent.objects.filter(plan=pair.plan).values_list("kind", flat=True).order_by("pk")) == [
        *("started", "proposed", "signed", "signed", "signed_on_paper", "agreed")
    ]


def test_other_content_cannot_be_signed():
    pair = made.proposed()

    with made.as_actor(pair.welfare), pytest.raises(OtherContent):
        agreeing.sign(pair.uuid, fingerprint="0" * 64, at=made.now(), day=made.today(), by=pair.welfare)


def test_signatures_fall_when_the_plan_is_taken_back():
    pair = made.proposed()
    fingerprint = made.under_way(pair).fingerprint
    with made.as_actor(pair.labour):
        agreeing.sign(pair.uuid, fingerprint=fingerprint, at=made.now(), day=made.today(), by=pair.labour)

    with made.as_actor(pair.welfare):
        agreeing.take_back(pair.uuid, at=made.now(), by=pair.welfare)

    assert pair.fresh().state == "draft"
    assert made.under_way(pair).signatures.count() == 0
    with made.as_actor(pair.welfare), pytest.raises(NotEditable):
        agreeing.sign(pair.uuid, fingerprint=fingerprint, at=made.now(), day=made.today(), by=pair.welfare)


def test_nobody_signs_twice():
    pair = made.proposed()
    fingerprint = made.under_way(pair).fingerprint
    values: dict[str, Any] = {
        "fingerprint": fingerprint,
        "at": made.now(),
        "day": made.today(),
        "by": pair.labour,
    }

    with made.as_actor(pair.labour):
        agreeing.sign(pair.uuid, **values)
        agreeing.sign_on_paper(pair.uuid, signed_on=made.today(), scan=made.SCAN, **values)

        with pytest.raises(AlreadySigned):
            agreeing.sign(pair.uuid, **values)
        with pytest.raises(AlreadySigned):
            agreeing.sign_on_paper(pair.uuid, signed_on=made.today(), scan=made.SCAN, **values)


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        pytest.param({"scan": b"GIF89a"}, NotAScan, id="not a scan"),
        pytest.param({"scan": b"%PDF-" + b"0" * 5_000_000}, NotAScan, id="too large"),
        pytest.param({"fingerprint": "f" * 64}, OtherContent, id="a print of something else"),
        pytest.param({"signed_on": made.today() + timedelta(days=1)}, InTheFuture, id="signed tomorrow"),
    ],
)
def test_the_paper_must_be_that_of_this_content(change, refusal):
    pair = made.proposed()
    values: dict[str, Any] = {
        "fingerprint": made.under_way(pair).fingerprint,
        "signed_on": made.today(),
        "scan": made.SCAN,
        **change,
    }

    with made.as_actor(pair.labour), pytest.raises(refusal):
        agreeing.sign_on_paper(pair.uuid, at=made.now(), day=made.today(), by=pair.labour, **values)


def test_every_party_can_look_at_the_signed_paper_and_nobody_else():
    pair = made.agreed()
    stranger = made.partners().labour

    with made.as_actor(pair.welfare):
        assert agreeing.scan_of(pair.uuid, number=1, by=pair.welfare) == (made.SCAN, "application/pdf")
    with made.as_actor(stranger), pytest.raises(NoSuchThing):
        agreeing.scan_of(pair.uuid, number=1, by=stranger)


def test_the_database_keeps_what_was_agreed_as_it_is():
    pair = made.agreed()
    version = PlanVersion.objects.get(plan=pair.plan)

    for change in ({"content": "{}"}, {"fingerprint": "0" * 64}):
        with pytest.raises(DatabaseError), transaction.atomic():
            PlanVersion.objects.filter(pk=version.pk).update(**change)


def test_a_change_is_agreed_on_while_the_old_version_stays_in_force():
    pair = made.active()
    (before,) = PlanVersion.objects.filter(plan=pair.plan)
    with made.as_actor(pair.welfare):
        draft = starting.begin_change(pair.uuid, at=made.now(), by=pair.welfare)
        content = texts.content_of(draft.content)
        gone, kept = content.goals[0], content.goals[1]
        drafting.remove(pair.uuid, key=gone.key, seen=1, at=made.now(), by=pair.welfare)
        drafting.save_goal(
            pair.uuid, goal=replace(kept, target="2 certyfikaty"), seen=1, at=made.now(), by=pair.welfare
        )
        agreeing.propose(pair.uuid, at=made.now(), by=pair.welfare)

    assert PlanVersion.objects.get(pk=before.pk).state == "in_force"
    assert not Action.objects.filter(plan=pair.plan, state="cancelled").exists()
    made.signed_by_all(pair)

    states = dict(PlanVersion.objects.filter(plan=pair.plan).values_list("number", "state"))
    assert states == {1: "replaced", 2: "in_force"}
    assert PlanVersion.objects.get(pk=before.pk).content == before.content
    dropped = Action.objects.filter(plan=pair.plan, state="cancelled")
    assert {row.goal_key for row in dropped} == {gone.key}
    assert pair.fresh().state == "active"


def test_only_one_change_at_a_time_and_it_can_be_given_up():
    pair = made.active()
    with made.as_actor(pair.labour):
        starting.begin_change(pair.uuid, at=made.now(), by=pair.labour)

        with pytest.raises(ChangeUnderWay):
            starting.begin_change(pair.uuid, at=made.now(), by=pair.labour)

        starting.drop_change(pair.uuid, at=made.now(), by=pair.labour)
        starting.begin_change(pair.uuid, at=made.now(), by=pair.labour)

    numbers = PlanVersion.objects.filter(plan=pair.plan).values_list("number", "state")
    assert set(numbers) == {(1, "in_force"), (2, "withdrawn"), (3, "draft")}


def test_a_plan_without_a_version_in_force_has_no_change_to_begin_or_drop():
    pair = made.started()

    with made.as_actor(pair.labour):
        with pytest.raises(WrongStep):
            starting.begin_change(pair.uuid, at=made.now(), by=pair.labour)
        with pytest.raises(WrongStep):
            starting.drop_change(pair.uuid, at=made.now(), by=pair.labour)


def test_a_plan_becomes_a_template_without_a_word_about_the_person():
    pair = made.started()

    with made.as_actor(pair.labour):
        starting.keep_as_template(pair.uuid, name="Nasz wzór", at=made.now(), by=pair.labour)

    kept = PlanTemplate.objects.get(institution_id=pair.labour.institution_id)
    assert kept.content["problem"] == ""
    assert next(goal["text"] for goal in kept.content["goals"]) == "Wiem, jaką pracę mogę podjąć"
    assert {one["owner"] for goal in kept.content["goals"] for one in goal["actions"]} == {
        "pup",
        "ops",
        "person",
    }
    made.step(pair, Step.DISCONTINUE, reason="od nowa")
    assert len(texts.content_of(made.under_way(made.started(pair, template=kept.pk)).content).goals) == 3
