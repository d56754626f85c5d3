"""Reviews, contacts, non-compliance, and employment afterwards."""

from dataclasses import asdict
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from spoiwo.kernel.actor import Actor
from spoiwo.plans.errors import AlreadySigned, InTheFuture, NoSuchThing, NotYours, ReasonMissing, WrongStep
from spoiwo.plans.models import Action, Contact, EmploymentCheck, NonCompliance, Remark, Review
from spoiwo.plans.queries import agendas
from spoiwo.plans.rules import employment as rules
from spoiwo.plans.services.log import tell
from spoiwo.plans.services.reaching import active_plan, locked_plan
from spoiwo.plans.services.running import plan_review
from spoiwo.plans.types import (
    ContactKind,
    Employment,
    EmploymentSource,
    EventKind,
    PlanState,
    RemarkKind,
)


@transaction.atomic
def hold_review(uuid: UUID, *, held_on: date, conclusions: str, at: datetime, day: date, by: Actor) -> Review:
    """Write down the review that is due, with its agenda as it was, and plan the next one.

    Raises NoSuchThing, WrongStep, InTheFuture, ReasonMissing without conclusions.
    """
    plan = active_plan(uuid, by)
    if held_on > day:
        raise InTheFuture(held_on.isoformat())
    if not conclusions.strip():
        raise ReasonMissing(str(uuid))
    due = Review.objects.select_for_update(of=("self",)).get(plan=plan, held_on__isnull=True, cancelled=False)
    due.agenda = asdict(agendas.agenda_of(plan, today=held_on))
    due.held_on, due.conclusions, due.held_by_id = held_on, conclusions, by.user_id
    due.save(update_fields=["agenda", "held_on", "conclusions", "held_by"])
    plan_review(plan, after=held_on)
    tell(plan, EventKind.REVIEWED, at=at, by=by, text=conclusions)
    return due  # type: ignore[no-any-return]


@transaction.atomic
def note_contact(
    uuid: UUID, *, on: date, kind: ContactKind, note: str, at: datetime, day: date, by: Actor
) -> Contact:
    """Write a contact with the person down. Raises NoSuchThing, InTheFuture."""
    plan = locked_plan(uuid, by)
    if on > day:
        raise InTheFuture(on.isoformat())
    made = Contact.objects.create(
        plan=plan, institution_id=by.institution_id, day=on, kind=kind, note=note, by_id=by.user_id
    )
    tell(plan, EventKind.CONTACT, at=at, by=by, text=note)
    return made


@transaction.atomic
def note_non_compliance(
    uuid: UUID,
    *,
    action: UUID | None,
    on: date,
    text: str,
    evidence: str,
    at: datetime,
    by: Actor,
) -> NonCompliance:
    """Write down that the person did not keep to the plan; it can have legal effect, so it needs evidence.

    Raises NoSuchThing, WrongStep, InTheFuture, ReasonMissing.
    """
    plan = active_plan(uuid, by)
    if on > at.date():
        raise InTheFuture(on.isoformat())
    if not evidence.strip() or not text.strip():
        raise ReasonMissing(str(uuid))
    broken = Action.objects.filter(plan=plan, uuid=action).first() if action else None
    if action is not None and broken is None:
        raise NoSuchThing(str(action))
    made = NonCompliance.objects.create(
        plan=plan,
        action=broken,
        institution_id=by.institution_id,
        day=on,
        text=text,
        evidence=evidence,
        author_id=by.user_id,
        at=at,
    )
    tell(plan, EventKind.NON_COMPLIANCE, at=at, by=by, text=text)
    return made


@transaction.atomic
def add_remark(entry: UUID, *, kind: RemarkKind, text: str, at: datetime, by: Actor) -> Remark:
    """Add what the person says, a correction, or that the entry is taken back; the entry stays as it was written.

    Corrections and taking back are the matter of the institution that wrote it. Raises NoSuchThing, NotYours,
    ReasonMissing.
    """
    found = NonCompliance.objects.visible_to(by).select_related("plan").filter(uuid=entry).first()
    if found is None:
        raise NoSuchThing(str(entry))
    if not text.strip():
        raise ReasonMissing(str(entry))
    if kind is not RemarkKind.STATEMENT and found.institution_id != by.institution_id:
        raise NotYours(str(entry))
    plan = locked_plan(found.plan.uuid, by)
    made = Remark.objects.create(
        plan=plan,
        entry=found,
        kind=kind,
        text=text,
        institution_id=by.institution_id,
        by_id=by.user_id,
        at=at,
    )
    tell(plan, EventKind.REMARK, at=at, by=by, text=text)
    return made


@transaction.atomic
def check_employment(
    uuid: UUID,
    *,
    months: int,
    employment: Employment,
    source: EmploymentSource,
    at: datetime,
    day: date,
    by: Actor,
) -> EmploymentCheck:
    """Write down whether the person works so many months after the plan was completed, and who says so.

    Raises NoSuchThing, WrongStep for a plan that was not completed, InTheFuture before the months have passed,
    AlreadySigned when it was written down before.
    """
    plan = locked_plan(uuid, by)
    if plan.state != PlanState.COMPLETED or plan.closed_on is None:
        raise WrongStep("employment", plan.state)
    if months not in rules.MONTHS:
        raise NoSuchThing(str(months))
    if day < rules.due_days(plan.closed_on)[months]:
        raise InTheFuture(str(months))
    if EmploymentCheck.objects.filter(plan=plan, months=months).exists():
        raise AlreadySigned(str(months))
    made = EmploymentCheck.objects.create(
        plan=plan,
        months=months,
        employment=employment,
        source=source,
        checked_on=day,
        institution_id=by.institution_id,
        by_id=by.user_id,
    )
    tell(plan, EventKind.EMPLOYMENT, at=at, by=by, text=str(months))
    return made
