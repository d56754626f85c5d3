"""Agreeing on a version: everybody signs one and the same content, or nobody has agreed."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from spoiwo.kernel.actor import Actor
from spoiwo.kernel.sealing import seal, unseal
from spoiwo.plans.errors import AlreadySigned, InTheFuture, NoSuchThing, NotAScan, OtherContent
from spoiwo.plans.models import Action, JointPlan, PlanParty, PlanVersion, Review, Signature
from spoiwo.plans.queries import intervals
from spoiwo.plans.rules import content as texts
from spoiwo.plans.rules import reviews, steps
from spoiwo.plans.rules.checks import check_complete
from spoiwo.plans.rules.scans import kind_of_scan
from spoiwo.plans.services.log import tell
from spoiwo.plans.services.reaching import locked_plan, version_under_way
from spoiwo.plans.types import (
    PERSON,
    ActionState,
    Content,
    EventKind,
    PlanState,
    SignatureMethod,
    VersionState,
)
from spoiwo.toolkit.keys import key_ring

SCAN = "plan-scan"  # place of sealing
State = VersionState


@transaction.atomic
def propose(uuid: UUID, *, at: datetime, by: Actor) -> PlanVersion:
    """Send the draft to be signed: its text is fixed and gets its fingerprint.

    Raises NoSuchThing, NotEditable, Incomplete.
    """
    plan = locked_plan(uuid, by)
    version = version_under_way(plan, State.DRAFT)
    content = texts.content_of(version.content)
    check_complete(content)
    version.content = texts.text_of(content)
    version.fingerprint = texts.fingerprint_of(version.content)
    version.state, version.proposed_at = State.NEGOTIATION, at
    version.save(update_fields=["content", "fingerprint", "state", "proposed_at"])
    if plan.state == PlanState.DRAFT:
        plan.state = PlanState.NEGOTIATION
        plan.save(update_fields=["state"])
    tell(plan, EventKind.PROPOSED, at=at, by=by, digest=bytes.fromhex(version.fingerprint))
    return version


@transaction.atomic
def take_back(uuid: UUID, *, at: datetime, by: Actor) -> PlanVersion:
    """Make a proposed version a draft again; signatures given so far fall. Raises NoSuchThing, NotEditable."""
    plan = locked_plan(uuid, by)
    version = version_under_way(plan, State.NEGOTIATION)
    version.signatures.all().delete()
    version.state, version.fingerprint, version.proposed_at = State.DRAFT, "", None
    version.save(update_fields=["state", "fingerprint", "proposed_at"])
    if plan.state == PlanState.NEGOTIATION:
        plan.state = PlanState.DRAFT
        plan.save(update_fields=["state"])
    tell(plan, EventKind.TAKEN_BACK, at=at, by=by)
    return version


@transaction.atomic
def sign(uuid: UUID, *, fingerprint: str, at: datetime, day: date, by: Actor) -> PlanVersion:
    """Sign for the own institution; whoever calls has made sure that it is the account's owner (a password).

    fingerprint: of what was read. Raises NoSuchThing, NotEditable, OtherContent, AlreadySigned.
    """
    plan, version = _to_sign(uuid, fingerprint, by)
    if version.signatures.filter(institution_id=by.institution_id).exists():
        raise AlreadySigned(str(uuid))
    Signature.objects.create(
        plan=plan,
        version=version,
        institution_id=by.institution_id,
        fingerprint=fingerprint,
        method=SignatureMethod.PASSWORD,
        account_id=by.user_id,
        signed_on=day,
        at=at,
    )
    tell(plan, EventKind.SIGNED, at=at, by=by, digest=bytes.fromhex(fingerprint))
    return _agree_when_all_signed(plan, version, at=at, day=day, by=by)


@transaction.atomic
def sign_on_paper(
    uuid: UUID, *, fingerprint: str, signed_on: date, scan: bytes, at: datetime, day: date, by: Actor
) -> PlanVersion:
    """Write down that the person signed the print that carries the fingerprint, before the worker's eyes.

    Raises NoSuchThing, NotEditable, OtherContent for a print of other content, AlreadySigned, InTheFuture, NotAScan.
    """
    kind = kind_of_scan(scan)
    if kind is None:
        raise NotAScan(str(len(scan)))
    plan, version = _to_sign(uuid, fingerprint, by)
    if version.signatures.filter(institution__isnull=True).exists():
        raise AlreadySigned(str(uuid))
    if signed_on > day:
        raise InTheFuture(signed_on.isoformat())
    party = PlanParty.objects.select_related("record").get(plan=plan, institution_id=by.institution_id)
    key = key_ring().unwrap(bytes(party.record.wrapped_key))
    Signature.objects.create(
        plan=plan,
        version=version,
        fingerprint=fingerprint,
        method=SignatureMethod.PAPER,
        account_id=by.user_id,
        signed_on=signed_on,
        at=at,
        scan=seal(key, scan.hex(), SCAN),
        scan_kind=kind,
        scan_record_id=party.record_id,
    )
    tell(plan, EventKind.SIGNED_ON_PAPER, at=at, by=by, digest=bytes.fromhex(fingerprint))
    return _agree_when_all_signed(plan, version, at=at, day=day, by=by)


def scan_of(uuid: UUID, *, number: int, by: Actor) -> tuple[bytes, str]:
    """The signed paper of a version and its kind. Raises NoSuchThing."""
    found = (
        Signature.objects.visible_to(by)
        .filter(plan__uuid=uuid, version__number=number, institution__isnull=True, scan_record__isnull=False)
        .exclude(scan=b"")  # gone with the person at the office that kept it
        .select_related("scan_record")
        .first()
    )
    if found is None:
        raise NoSuchThing(str(uuid))
    key = key_ring().unwrap(bytes(found.scan_record.wrapped_key))
    return bytes.fromhex(unseal(key, bytes(found.scan), SCAN)), found.scan_kind


def _to_sign(uuid: UUID, fingerprint: str, by: Actor) -> tuple[JointPlan, PlanVersion]:
    plan = locked_plan(uuid, by)
    version = version_under_way(plan, State.NEGOTIATION)
    if version.fingerprint != fingerprint:
        raise OtherContent(fingerprint)
    return plan, version


def _agree_when_all_signed(
    plan: JointPlan, version: PlanVersion, *, at: datetime, day: date, by: Actor
) -> PlanVersion:
    content = texts.content_of(version.content)
    signed = version.signatures.values_list("institution_id", flat=True)
    if steps.still_to_sign(content.parties, [pk or PERSON for pk in signed]):
        return version
    replaced = PlanVersion.objects.filter(plan=plan, state=State.IN_FORCE).update(state=State.REPLACED)
    version.state, version.agreed_at = State.IN_FORCE, at
    version.save(update_fields=["state", "agreed_at"])
    plan.starts_on, plan.ends_on = content.starts_on, content.ends_on
    if plan.state == PlanState.NEGOTIATION:
        plan.state = PlanState.AGREED
    plan.save(update_fields=["starts_on", "ends_on", "state"])
    set_actions(plan, content, day=day)
    _bring_review_forward(plan, content, day=day)
    tell(plan, EventKind.REPLACED if replaced else EventKind.AGREED, at=at, by=by)
    return version


def set_actions(plan: JointPlan, content: Content, *, day: date) -> None:
    """Make the plan's actions those of the content; what was begun or done stays so, what is left out is dropped."""
    known = {str(row.uuid): row for row in Action.objects.filter(plan=plan)}
    for place, (goal, one) in enumerate(texts.actions_of(content)):
        row = known.pop(one.key, None) or Action(plan=plan, uuid=UUID(one.key))
        row.goal_key, row.place, row.text, row.area = goal.key, place, one.text, one.area
        row.service, row.evidence_wanted, row.project = one.service, one.evidence, one.project
        row.owner_id = None if one.owner == PERSON else one.owner
        row.responsible_id = one.responsible or None
        row.starts_on, row.due_on = one.starts_on, one.due_on
        row.save()
    left_out = [row.pk for row in known.values()]
    Action.objects.filter(pk__in=left_out).still_open().update(state=ActionState.CANCELLED, closed_on=day)


def _bring_review_forward(plan: JointPlan, content: Content, *, day: date) -> None:
    """A paper of the new version may ask for reviews more often."""
    due = Review.objects.select_for_update().filter(plan=plan, held_on__isnull=True, cancelled=False).first()
    if due is None:
        return
    days = reviews.interval([paper.kind for paper in content.papers], intervals.days_on(day))
    due.due_on = min(due.due_on, reviews.next_review(day, days=days, ends_on=content.ends_on))
    due.save(update_fields=["due_on"])
