"""Good practices, who shows them at which meeting, and templates that institutions write alike."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from spoiwo.kernel.actor import Actor
from spoiwo.partnership import policies, queries
from spoiwo.partnership.errors import NotFound, NotYours, ReasonMissing, WrongState
from spoiwo.partnership.models import (
    Agreement,
    Body,
    Meeting,
    Practice,
    PracticeUse,
    Presentation,
    Template,
    TemplateAdoption,
    TemplateVersion,
)
from spoiwo.partnership.rules import practices as rules
from spoiwo.partnership.rules.client_data import check_no_client_data
from spoiwo.partnership.rules.practices import PracticeState
from spoiwo.partnership.services.keeping_files import TEXTS, kept_file
from spoiwo.partnership.services.reaching import check_keeper, kept_agreement, locked, record
from spoiwo.partnership.types import Attached, MeetingState
from spoiwo.toolkit.conflicts import Conflict

__all__ = [
    "PracticeDetails",
    "PracticeState",
    "add_template",
    "add_template_version",
    "adopt_template",
    "change_practice",
    "confirm_practice",
    "move_practice",
    "offer_presentation",
    "plan_presentation",
    "submit_practice",
    "use_practice",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class PracticeDetails:
    """What is written down of a practice. contact: a function and an address, no client and no private person."""

    title: str
    problem: str
    solution: str
    result: str
    conditions: str = ""
    evidence: str = ""
    contact: str = ""


@transaction.atomic
def submit_practice(*, agreement_id: int, details: PracticeDetails, at: datetime, by: Actor) -> Practice:
    """Offer a practice of the actor's institution. Raises NotFound, NotYours, LooksLikeClientData."""
    agreement: Agreement = locked(Agreement, agreement_id, by)
    _check_inside(agreement, at.date(), by)
    _check_words(details)
    made = Practice.objects.create(
        agreement=agreement, institution_id=by.institution_id, submitted_at=at, **_columns(details)
    )
    record(agreement, made, "practice_submitted", by)
    return made


@transaction.atomic
def change_practice(*, uuid: UUID, details: PracticeDetails, version: int, by: Actor) -> Practice:
    """Rewrite a practice of the own institution, or of any for the secretariat; a published one stays published.

    Raises NotFound, NotYours, WrongState once put away, LooksLikeClientData, Conflict (without fields).
    """
    practice = _found(uuid, by)
    if not _is_own(practice, by) and not policies.keeps(by, practice.agreement):
        raise NotYours(str(uuid))
    if practice.state == PracticeState.ARCHIVED:
        raise WrongState(practice.state)
    if practice.version != version:
        raise Conflict((), version=practice.version)
    _check_words(details)
    for name, value in _columns(details).items():
        setattr(practice, name, value)
    practice.version += 1
    practice.save()
    record(practice.agreement, practice, "practice_changed", by)
    return practice


@transaction.atomic
def move_practice(*, uuid: UUID, state: PracticeState, today: date, by: Actor, reason: str = "") -> Practice:
    """Review, publish or put away. Raises NotFound, NotYours, WrongState, ReasonMissing when put away without one."""
    practice = _found(uuid, by)
    check_keeper(practice.agreement, by)
    rules.check_move(PracticeState(practice.state), state)
    if state is PracticeState.ARCHIVED and not reason.strip():
        raise ReasonMissing(str(uuid))
    practice.state, practice.reason = state, reason[:300]
    if state is PracticeState.PUBLISHED:
        practice.published_on = practice.confirmed_on = today
    practice.save(update_fields=["state", "reason", "published_on", "confirmed_on"])
    record(practice.agreement, practice, f"practice_{state}", by)
    return practice


@transaction.atomic
def confirm_practice(*, uuid: UUID, today: date, by: Actor) -> Practice:
    """Say that the own practice still holds. Raises NotFound, NotYours, WrongState unless it is published."""
    practice = _found(uuid, by)
    if not _is_own(practice, by):
        raise NotYours(str(uuid))
    if practice.state != PracticeState.PUBLISHED:
        raise WrongState(practice.state)
    practice.confirmed_on = today
    practice.save(update_fields=["confirmed_on"])
    record(practice.agreement, practice, "practice_confirmed", by)
    return practice


@transaction.atomic
def use_practice(*, uuid: UUID, since: date, by: Actor) -> PracticeUse:
    """Say that the actor's institution works by it too. Raises NotFound, NotYours, WrongState."""
    practice = _found(uuid, by)
    if not policies.works_somewhere(by) or _is_own(practice, by):
        raise NotYours(str(uuid))
    if practice.state != PracticeState.PUBLISHED:
        raise WrongState(practice.state)
    use, _made = PracticeUse.objects.get_or_create(
        practice=practice, institution_id=by.institution_id, defaults={"since": since}
    )
    record(practice.agreement, practice, "practice_used", by)
    return use


@transaction.atomic
def offer_presentation(
    *, body_id: int, title: str, practice: UUID | None, at: datetime, by: Actor
) -> Presentation:
    """Offer to show something at a meeting of a body. Raises NotFound, NotYours."""
    body: Body = locked(Body, body_id, by)
    _check_inside(body.agreement, at.date(), by)
    shown = _found(practice, by) if practice else None
    made = Presentation.objects.create(
        body=body, institution_id=by.institution_id, title=title, practice=shown, offered_at=at
    )
    record(body.agreement, made, "presentation_offered", by)
    return made


@transaction.atomic
def plan_presentation(*, presentation_id: int, meeting_id: int | None, by: Actor) -> Presentation:
    """Say at which meeting of the body it is shown, or take it off again. Raises NotFound, NotYours, WrongState."""
    row: Presentation = locked(Presentation, presentation_id, by)
    check_keeper(row.body.agreement, by)
    meeting = None
    if meeting_id is not None:
        meeting = Meeting.objects.visible_to(by).filter(pk=meeting_id, body=row.body).first()
        if meeting is None:
            raise NotFound(str(meeting_id))
        if meeting.state in {MeetingState.CANCELLED, MeetingState.POSTPONED}:
            raise WrongState(meeting.state)
    row.meeting = meeting
    row.save(update_fields=["meeting"])
    record(row.body.agreement, row, "presentation_planned", by)
    return row


@transaction.atomic
def add_template(*, agreement_id: int, title: str, entity_kind: str, about: str, by: Actor) -> Template:
    """Begin a template. Raises NotFound, NotYours."""
    agreement = kept_agreement(agreement_id, by)
    made = Template.objects.create(agreement=agreement, title=title, entity_kind=entity_kind, about=about)
    record(agreement, made, "template_added", by)
    return made


@transaction.atomic
def add_template_version(
    *,
    uuid: UUID,
    name: str,
    content: bytes,
    change: str,
    valid_from: date,
    by: Actor,
    meeting_id: int | None = None,
) -> TemplateVersion:
    """Put a version in force; it is the current one from now on. Raises NotFound, NotYours, FileRefused."""
    template = _template(uuid, by)
    check_keeper(template.agreement, by)
    kept_name, digest = kept_file(Attached(name, content), kinds=TEXTS)
    newest = template.versions.order_by("-number").first()
    template.versions.update(is_current=False)
    made = TemplateVersion.objects.create(
        template=template,
        number=newest.number + 1 if newest else 1,
        file_name=kept_name,
        file_sha256=digest,
        change=change,
        valid_from=valid_from,
        meeting_id=meeting_id,
    )
    record(template.agreement, template, "template_version", by)
    return made


@transaction.atomic
def adopt_template(*, uuid: UUID, since: date, deviations: str, by: Actor) -> TemplateAdoption:
    """Say that the actor's institution works with the current version. Raises NotFound, NotYours, WrongState."""
    template = _template(uuid, by)
    _check_inside(template.agreement, since, by)
    current = template.versions.filter(is_current=True).first()
    if current is None:
        raise WrongState("no version")
    made, _new = TemplateAdoption.objects.update_or_create(
        template=template,
        institution_id=by.institution_id,
        defaults={"version": current, "since": since, "deviations": deviations},
    )
    record(template.agreement, template, "template_adopted", by)
    return made


def _columns(details: PracticeDetails) -> dict[str, str]:
    return {
        "title": details.title,
        "problem": details.problem,
        "solution": details.solution,
        "conditions": details.conditions,
        "result": details.result,
        "evidence": details.evidence,
        "contact": details.contact,
    }


def _check_words(details: PracticeDetails) -> None:
    check_no_client_data(*_columns(details).values(), is_sure=False)


def _check_inside(agreement: Agreement, day: date, by: Actor) -> None:
    is_inside = by.institution_id == agreement.secretariat_id or queries.is_signatory(
        agreement, by.institution_id, day
    )
    if not policies.works_somewhere(by) or not is_inside:
        raise NotYours(str(agreement.pk))


def _is_own(practice: Practice, by: Actor) -> bool:
    return policies.works_somewhere(by) and practice.institution_id == by.institution_id


def _found(uuid: UUID, by: Actor) -> Practice:
    row = Practice.objects.visible_to(by).select_for_update(of=("self",)).filter(uuid=uuid).first()
    if row is None:
        raise NotFound(str(uuid))
    return row


def _template(uuid: UUID, by: Actor) -> Template:
    row: Template | None = (
        Template.objects.visible_to(by).select_for_update(of=("self",)).filter(uuid=uuid).first()
    )
    if row is None:
        raise NotFound(str(uuid))
    return row
