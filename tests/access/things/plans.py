"""Joint plans of left and right about the client they share: one in each standing."""

from typing import Any
from uuid import uuid4

from django.utils import timezone

from spoiwo.access.types import Category
from spoiwo.clients.models import SourceRecord
from spoiwo.institutions.types import Role
from spoiwo.plans.models import Diagnosis, SelectedClient, Selection
from spoiwo.plans.rules import content as texts
from spoiwo.plans.rules.files import NEEDED
from spoiwo.plans.services import agreeing, importing, reviewing
from spoiwo.plans.types import Step
from tests.makers import access as agreements
from tests.makers import institutions, plans
from tests.makers.clients import Town

BOTH = "left right"
STANDINGS = ("Z/4", "Z/3", "Z/2", "A/1")  # a plan is begun under the first agreement of the alphabet


def add(world: Any) -> None:
    """A plan being carried out, one completed, one being signed, one being written; a list of each office."""
    left, right, _stranger = world.offices.values()
    shared = [(None, None, one) for one in (Category.IDENTITY, Category.MEASURES)]
    made = []
    for number in STANDINGS:
        agreements.agreement(left, right, gives=shared, number=number)
        made.append(_pair(world))
        plans.started(made[-1])
    active, over, signing, draft = made
    for pair in (active, over):
        with plans.as_actor(pair.labour):
            agreeing.propose(pair.uuid, at=plans.now(), by=pair.labour)
        plans.signed_by_all(pair)
        plans.step(pair, Step.BEGIN)
    plans.step(over, Step.COMPLETE)
    with plans.as_actor(signing.labour):
        agreeing.propose(signing.uuid, at=plans.now(), by=signing.labour)
    _of_active(world, active)
    world.add("plan_months", BOTH, over.uuid, 3, of=BOTH)
    world.add("plan_signing", BOTH, signing.uuid, of=BOTH)
    _of_draft(world, draft)
    _selections(world)
    _absent(world)


def _pair(world: Any) -> plans.Partners:
    left, right, _stranger = world.offices.values()
    own, theirs = (
        SourceRecord.objects.get(institution=office, local_id=f"{name}-1")
        for name, office in (("left", left), ("right", right))
    )
    first, second = (institutions.member(office, Role.CASE_WORKER) for office in (left, right))
    return plans.Partners(
        Town(left, right, own, theirs, first), institutions.acting(first), institutions.acting(second)
    )


def _of_active(world: Any, active: plans.Partners) -> None:
    world.add("plan_active", BOTH, active.uuid, of=BOTH)
    world.add("plan_number", BOTH, active.fresh().number, of=BOTH)
    world.add("plan_step", BOTH, active.uuid, "suspend", of=BOTH)
    world.add("plan_print", BOTH, active.uuid, "calosc", "docx", of=BOTH)
    world.add("plan_scan", BOTH, active.uuid, 1, of=BOTH)
    world.add("plan_answer", BOTH, active.uuid, uuid4(), of=BOTH)
    world.add("plan_action", BOTH, plans.own_action(active).uuid, of=BOTH)
    with plans.as_actor(active.labour):
        entry = reviewing.note_non_compliance(
            active.uuid,
            action=None,
            on=plans.today(),
            text="Nie było na spotkaniu",
            evidence="notatka",
            at=plans.now(),
            by=active.labour,
        )
        given = Diagnosis.objects.create(
            plan=active.fresh(),
            institution_id=active.labour.institution_id,
            answer=uuid4(),
            title="Diagnoza",
            lines=[["Czy szuka pracy?", ["tak"]]],
            given_by_id=active.labour.user_id,
            given_on=plans.today(),
        )
    world.add("plan_entry", BOTH, entry.uuid, of=BOTH)
    world.add("plan_diagnosis", BOTH, active.uuid, given.pk, of=BOTH)


def _of_draft(world: Any, draft: plans.Partners) -> None:
    content = texts.content_of(plans.under_way(draft).content)
    goal = content.goals[0]
    world.add("plan_draft", BOTH, draft.uuid, of=BOTH)
    world.add("plan_goal", BOTH, draft.uuid, goal.key, of=BOTH)
    world.add("plan_draft_action", BOTH, draft.uuid, goal.key, goal.actions[0].key, of=BOTH)


def _selections(world: Any) -> None:
    for name, office in world.offices.items():
        worker = institutions.member(office, Role.CASE_WORKER)
        made = Selection.objects.create(
            institution=office,
            name=f"Lista {name}",
            criteria=["on_benefits"],
            made_at=timezone.now(),
            made_by_id=worker.user_id,
        )
        SelectedClient.objects.create(
            selection=made,
            institution=office,
            record=SourceRecord.objects.get(institution=office, local_id=f"{name}-1"),
            reasons=["on_benefits"],
        )
        by = institutions.acting(worker)
        with plans.as_actor(by):
            content = f"{';'.join(NEEDED)}\n{'x;' * len(NEEDED)}\n".encode()
            file = importing.import_plans("plany.csv", content, today=plans.today(), at=plans.now(), by=by)
        world.add("file of plans", name, file.uuid, of=name)
        world.add("selection", name, made.uuid, of=name)
        world.add("selection_file", name, made.uuid, "csv", of=name)


def _absent(world: Any) -> None:
    for kind, args in {
        "plan_active": (),
        "plan_step": ("suspend",),
        "plan_print": ("calosc", "docx"),
        "plan_scan": (1,),
        "plan_answer": (uuid4(),),
        "plan_action": (),
        "plan_entry": (),
        "plan_diagnosis": (1,),
        "plan_months": (3,),
        "plan_signing": (),
        "plan_draft": (),
        "plan_goal": ("nowy",),
        "plan_draft_action": ("x", "nowy"),
        "file of plans": (),
        "selection": (),
        "selection_file": ("csv",),
    }.items():
        world.absent(kind, uuid4(), *args)
    world.absent("plan_number", "WP/1999/1")
