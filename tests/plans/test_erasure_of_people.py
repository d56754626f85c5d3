"""Who is erased is forgotten by plans: what the own office told at once, what was agreed on once nobody has her."""

from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from spoiwo.clients.services import erasing
from spoiwo.kernel.ids import new_uuid
from spoiwo.plans import models as plans
from spoiwo.plans.models import (
    Contact,
    Diagnosis,
    JointPlan,
    PlanEvent,
    PlanFile,
    PlanVersion,
    RefusedPlanLine,
    SelectedClient,
    Selection,
    Signature,
)
from spoiwo.plans.services import reviewing, running
from spoiwo.plans.types import ContactKind, EventKind, RemarkKind, Step
from spoiwo.toolkit.context import acting_for
from tests.makers import plans as made
from tests.makers.clients import signed_in
from tests.oversight.test_erasure_reaches_every_register import CANARY, erase, written_in

pytestmark = pytest.mark.django_db


def told_everywhere() -> made.Partners:
    """A plan being carried out in which the person's name stands wherever somebody can write."""
    pair = made.started()
    named = made.under_way(pair).content.replace('"problem":"', f'"problem":"{CANARY} ')
    PlanVersion.objects.filter(plan__uuid=pair.uuid).update(content=named)
    made.active_from_draft(pair)
    row = made.own_action(pair)
    at, day, by = made.now(), made.today(), pair.labour
    with made.as_actor(by):
        running.record_evidence(row.uuid, text=f"list do {CANARY}", at=at, by=by)
        reviewing.hold_review(pair.uuid, held_on=day, conclusions=CANARY, at=at, day=day, by=by)
        reviewing.note_contact(
            pair.uuid, kind=ContactKind.PHONE, on=day, note=f"dzwoniła {CANARY}", at=at, day=day, by=by
        )
        entry = reviewing.note_non_compliance(
            pair.uuid, action=None, on=day, text=f"{CANARY} nie przyszła", evidence=CANARY, at=at, by=by
        )
        reviewing.add_remark(entry.uuid, kind=RemarkKind.STATEMENT, text=f"{CANARY} chorowała", at=at, by=by)
    made.finish(pair, row, result=f"{CANARY} była")
    _beside_the_plan(pair)
    made.step(pair, Step.SUSPEND, reason=f"wyjazd {CANARY}")
    return pair


def _beside_the_plan(pair: made.Partners) -> None:
    own: dict[str, Any] = {"institution_id": pair.labour.institution_id}
    now, day, who = timezone.now(), made.today(), pair.labour.user_id
    Diagnosis.objects.create(
        plan=pair.fresh(), answer=new_uuid(), title="Ankieta", lines=[["Imię", [CANARY]]], given_by_id=who,
        given_on=day, **own,
    )  # fmt: skip
    chosen = Selection.objects.create(name="Lista", criteria=[], made_at=now, made_by_id=who, **own)
    SelectedClient.objects.create(selection=chosen, record=pair.town.own, reasons=[CANARY], **own)
    file = PlanFile.objects.create(
        name="plany.csv", sha256="0" * 64, plans=1, taken=0, known=0, refused=1, read_at=now, read_by_id=who,
        **own,
    )  # fmt: skip
    RefusedPlanLine.objects.create(file=file, number=2, cells={"nazwisko": CANARY}, problems=["row"], **own)


def test_the_first_party_that_erases_takes_its_own_words_and_leaves_the_plan_to_the_other():
    pair = told_everywhere()

    erase(pair.town.own)

    assert written_in(plans) >= {"PlanVersion", "Action", "Review", "NonCompliance", "JointPlan"}
    assert written_in(plans).isdisjoint({"Diagnosis", "SelectedClient", "RefusedPlanLine", "Contact"})
    assert Contact.objects.get().note == ""
    assert PlanEvent.objects.get(kind=EventKind.CONTACT).text == ""
    assert bytes(Signature.objects.get(institution=None).scan) == b""


def test_the_last_party_that_erases_leaves_numbers_days_and_fingerprints():
    pair = told_everywhere()
    version = PlanVersion.objects.get(plan__uuid=pair.uuid)

    erase(pair.town.own)
    erase(pair.town.theirs)

    assert written_in(plans) == set()
    left = PlanVersion.objects.get(pk=version.pk)
    assert (left.content, left.fingerprint, left.number) == ("", version.fingerprint, version.number)
    plan = JointPlan.objects.get(uuid=pair.uuid)
    assert (plan.state, plan.number) == ("suspended", pair.plan.number if pair.plan else "")
    assert Diagnosis.objects.get().lines == []


def test_what_was_agreed_on_cannot_be_emptied_while_somebody_has_the_person():
    pair = made.agreed()
    office = pair.labour.institution_id
    emptied = {"content": ""}

    for change in (emptied, {**emptied, "fingerprint": "0" * 64}, {"content": "{}"}):
        with (
            pytest.raises(DatabaseError, match="agreed content never changes"),
            acting_for(office, job=erasing.JOB),
            transaction.atomic(),
        ):
            PlanVersion.objects.filter(plan__uuid=pair.uuid).update(**change)


def test_who_restores_a_backup_empties_the_plan_again(django_capture_on_commit_callbacks):
    pair = told_everywhere()
    lines = [
        (one.uuid, one.institution_id, timezone.now(), "żądanie") for one in (pair.town.own, pair.town.theirs)
    ]

    with django_capture_on_commit_callbacks(execute=True):
        assert erasing.erase_again(lines) == 2

    assert written_in(plans) == set()


def test_whoever_has_erased_the_person_no_longer_opens_the_plan():
    pair = made.active()
    browser = signed_in(pair.town.worker)
    address = f"/plany/{pair.uuid}/"
    assert browser.get(address).status_code == 200

    erase(pair.town.own)

    assert browser.get(address).status_code == 404
