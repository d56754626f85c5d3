"""Bodies: seats, cadences, tasks divided between them, open topics."""

from datetime import date

from django.db import transaction
from django.db.models import Q

from spoiwo.kernel.actor import Actor
from spoiwo.partnership import queries
from spoiwo.partnership.errors import ChairTaken, CodeTaken, EndsBeforeStart, NotASignatory, NotFound
from spoiwo.partnership.models import Body, CadenceRule, Mandate, TaskDivision, Topic
from spoiwo.partnership.services.following_up import carry_topic
from spoiwo.partnership.services.reaching import kept_agreement, kept_body, locked, record
from spoiwo.partnership.types import BodyDetails, Purpose, Seat, SeatDetails
from spoiwo.toolkit.conflicts import Conflict, differences

FIELDS = (
    "name", "kind", "prefix", "mandate", "founding_act", "founded_on", "overlap_note", "entity_kind",
    "is_external", "quorum_percent", "host_id",
)  # fmt: skip


@transaction.atomic
def create_body(*, agreement_id: int, details: BodyDetails, by: Actor) -> Body:
    """Set a body up. Raises NotFound, NotYours, CodeTaken when another body has the prefix."""
    agreement = kept_agreement(agreement_id, by)
    _check_prefix(agreement.pk, details.prefix, but=0)
    body = Body(agreement=agreement)
    _write(body, details)
    record(agreement, body, "body_created", by)
    return body


@transaction.atomic
def edit_body(*, body_id: int, version: int, details: BodyDetails, by: Actor) -> Body:
    """Change what is said of a body. Raises NotFound, NotYours, CodeTaken, Conflict."""
    body = kept_body(body_id, by)
    saved = {name: getattr(body, name) for name in FIELDS}
    if body.version != version:
        raise Conflict(differences(_values(details), saved), version=body.version)
    _check_prefix(body.agreement_id, details.prefix, but=body.pk)
    body.version += 1
    _write(body, details)
    record(body.agreement, body, "body_changed", by)
    return body


@transaction.atomic
def give_seat(*, body_id: int, details: SeatDetails, by: Actor) -> Mandate:
    """Seat an institution's representative, named by function.

    Raises NotFound, NotYours, EndsBeforeStart; NotASignatory in a body of the partnership itself when the
    institution is not a signatory on the first day; ChairTaken when a chair sits in that time already.
    """
    body = kept_body(body_id, by)
    since, until, institution_id = details.since, details.until, details.institution_id
    if until is not None and until < since:
        raise EndsBeforeStart(f"{since} {until}")
    own = institution_id == body.agreement.secretariat_id
    if not body.is_external and not own and not queries.is_signatory(body.agreement, institution_id, since):
        raise NotASignatory(institution_id, since)
    if details.seat is Seat.CHAIR and _chairs_in(body, since, until):
        raise ChairTaken(str(body_id))
    mandate = Mandate.objects.create(
        body=body,
        institution_id=institution_id,
        seat=details.seat,
        function=details.function,
        user_id=details.user_id,
        valid_from=since,
        valid_to=until,
        elected_at_id=details.elected_at_id,
    )
    record(body.agreement, mandate, "seat_given", by)
    return mandate


@transaction.atomic
def end_seat(*, mandate_id: int, last_day: date, by: Actor) -> Mandate:
    """End a seat after a day. Raises NotFound, NotYours, EndsBeforeStart."""
    mandate = Mandate.objects.select_for_update(of=("self",)).filter(pk=mandate_id).first()
    if mandate is None:
        raise NotFound(str(mandate_id))
    body = kept_body(mandate.body_id, by)
    if last_day < mandate.valid_from:
        raise EndsBeforeStart(f"{mandate.valid_from} {last_day}")
    mandate.valid_to = last_day
    mandate.save(update_fields=["valid_to"])
    record(body.agreement, mandate, "seat_ended", by)
    return mandate


@transaction.atomic
def set_cadence(
    *, body_id: int, label: str, at_least: int, since: date, purpose: Purpose | None = None, by: Actor
) -> CadenceRule:
    """Say how often a body should meet in a year. Raises NotFound, NotYours."""
    body = kept_body(body_id, by)
    rule = CadenceRule.objects.create(
        body=body, label=label, at_least=at_least, valid_from=since, purpose=purpose or ""
    )
    record(body.agreement, rule, "cadence_set", by)
    return rule


@transaction.atomic
def divide_tasks(
    *,
    body_id: int,
    other_id: int,
    text: str,
    decided_on: date,
    is_overlap: bool = False,
    meeting_id: int | None = None,
    by: Actor,
) -> TaskDivision:
    """Keep a decision on which of two bodies does what, or note that both do the same. Raises NotFound, NotYours."""
    body = kept_body(body_id, by)
    other = locked(Body, other_id, by)
    division = TaskDivision.objects.create(
        body=body, other=other, text=text, decided_on=decided_on, is_overlap=is_overlap, meeting_id=meeting_id
    )
    record(body.agreement, division, "tasks_divided", by)
    return division


@transaction.atomic
def open_topic(*, body_id: int, title: str, note: str = "", on: date, by: Actor) -> Topic:
    """Put a question into the backlog; it comes onto the next agenda by itself. Raises NotFound, NotYours."""
    body = kept_body(body_id, by)
    topic = Topic.objects.create(body=body, title=title, note=note, opened_on=on)
    carry_topic(topic)
    record(body.agreement, topic, "topic_opened", by)
    return topic


@transaction.atomic
def close_topic(*, topic_id: int, on: date, by: Actor) -> Topic:
    """Take a question out of the backlog. Raises NotFound, NotYours."""
    topic = Topic.objects.filter(pk=topic_id).first()
    if topic is None:
        raise NotFound(str(topic_id))
    body = kept_body(topic.body_id, by)
    topic.closed_on = on
    topic.save(update_fields=["closed_on"])
    record(body.agreement, topic, "topic_closed", by)
    return topic


def _values(details: BodyDetails) -> dict[str, object]:
    return {name: getattr(details, name) for name in FIELDS}


def _write(body: Body, details: BodyDetails) -> None:
    for name, value in _values(details).items():
        setattr(body, name, value)
    body.save()


def _check_prefix(agreement_id: int, prefix: str, *, but: int) -> None:
    if Body.objects.filter(agreement_id=agreement_id, prefix=prefix).exclude(pk=but).exists():
        raise CodeTaken(prefix)


def _chairs_in(body: Body, since: date, until: date | None) -> bool:
    chairs = body.mandates.filter(seat=Seat.CHAIR).filter(Q(valid_to__isnull=True) | Q(valid_to__gte=since))
    if until is not None:
        chairs = chairs.filter(valid_from__lte=until)
    return chairs.exists()
