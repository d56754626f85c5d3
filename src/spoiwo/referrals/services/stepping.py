"""Steps of a referral after it was sent."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from spoiwo.access import services as access
from spoiwo.access.types import RelationKind
from spoiwo.catalogue.queries import eligibility
from spoiwo.catalogue.services import capacity
from spoiwo.catalogue.types import Stage
from spoiwo.kernel.actor import Actor
from spoiwo.referrals import policies
from spoiwo.referrals.errors import ChangedMeanwhile, NoSuchReferral, NotEligible, NotFirstInLine
from spoiwo.referrals.models import CheckAnswer, Referral
from spoiwo.referrals.rules.checks import shut_by
from spoiwo.referrals.rules.deadlines import due_on
from spoiwo.referrals.rules.steps import (
    HOLDS_PLACE,
    OPEN,
    TERMINAL,
    acts_next,
    check_step,
    place_change,
)
from spoiwo.referrals.services import actions
from spoiwo.referrals.services.log import record_change
from spoiwo.referrals.services.sending import note_event
from spoiwo.referrals.services.telling import tell
from spoiwo.referrals.types import Side, State, Step, StepDetails
from spoiwo.toolkit.context import acting_for

DECIDES = frozenset({Step.ACCEPT, Step.WAITLIST, Step.ASK, Step.REJECT})


@transaction.atomic
def take_step(uuid: UUID, details: StepDetails, *, at: datetime, by: Actor) -> Referral:
    """Take a step as the side the actor stands on; deciding on what was only sent receives it first.

    Raises NoSuchReferral, ChangedMeanwhile, WrongStep, OutcomeNeeded, WordsNeeded, NotEligible, NotFirstInLine,
    and the catalogue's NoFreePlace.
    """
    row = locked(uuid, by)
    side = policies.side_of(by, sender_id=row.sender_id, receiver_id=row.receiver_id)
    assert side is not None, "only parties reach a referral"
    if details.seen_version and details.seen_version != row.version:
        raise ChangedMeanwhile
    if details.step in DECIDES and row.state == State.SENT:
        check_step(Step.RECEIVE, state=State.SENT, side=side, outcome=None, note="", acknowledged=False)
        row.state = State.RECEIVED
        note_event(row, Step.RECEIVE, side, at=at, by=by)
    _check_before(row, details, today=timezone.localdate(at))
    move(row, details, side, at=at, by=by)
    return row


def locked(uuid: UUID, by: Actor) -> Referral:
    """A referral in the actor's reach, locked. Raises NoSuchReferral."""
    rows = Referral.objects.visible_to(by).select_for_update(of=("self",))
    row: Referral | None = (
        rows.select_related("place", "sender", "receiver", "action").filter(uuid=uuid).order_by("pk").first()
    )
    if row is None:
        raise NoSuchReferral(str(uuid))
    return row


def move(row: Referral, details: StepDetails, side: Side, *, at: datetime, by: Actor | None) -> None:
    """Put a locked referral where the step leads, with its place, deadline, log and letters."""
    today = timezone.localdate(at)
    before = State(row.state)
    after = check_step(
        details.step,
        state=before,
        side=side,
        outcome=details.outcome,
        note=details.note,
        acknowledged=row.acknowledged_at is not None,
    )
    row.state = after
    _settle_place(row, place_change(before, after))
    _note_days(row, details, after, today=today, at=at)
    _settle_deadline(row, details, after, today=today)
    row.version += 1
    row.save()
    note_event(row, details.step, side, at=at, by=by, note=details.note.strip())
    record_change(row, details.step, by=by)
    if by is not None and row.acknowledged_at == at:
        actions.conclude(row, at=at, by=by)
    if after in TERMINAL and before in OPEN:
        _forget(row, today)
    turn = acts_next(after, acknowledged=row.acknowledged_at is not None)
    if turn is not None and turn is not side:
        tell(row, turn, at=at)


def _check_before(row: Referral, details: StepDetails, *, today: date) -> None:
    if details.step is Step.START:
        points = eligibility.check_points(row.place.kind, today, stage=Stage.STARTING)
        if shut := shut_by(points, details.answers, must_know=True):
            raise NotEligible(shut)
        answers = {point.id: details.answers[point.code] for point in points if point.code in details.answers}
        for item_id, answer in answers.items():
            CheckAnswer.objects.update_or_create(
                referral=row,
                item_id=item_id,
                defaults={"answer": answer, "sender_id": row.sender_id, "receiver_id": row.receiver_id},
            )
    if details.step is Step.ACCEPT and not details.note.strip() and _others_wait_longer(row):
        raise NotFirstInLine


def _others_wait_longer(row: Referral) -> bool:
    waiting = Referral.objects.filter(place_id=row.place_id, state=State.WAITLISTED).exclude(pk=row.pk)
    if row.waiting_since is not None:
        waiting = waiting.filter(waiting_since__lt=row.waiting_since)
    return bool(waiting.exists())


def _settle_place(row: Referral, change: int) -> None:
    if change > 0:
        capacity.take_place(row.place_id)
    elif change < 0 and row.holds_place:
        capacity.release_place(row.place_id)
    row.holds_place = row.state in HOLDS_PLACE


def _note_days(row: Referral, details: StepDetails, after: State, *, today: date, at: datetime) -> None:
    if details.step is Step.WAITLIST:
        row.waiting_since = at
    if details.step is Step.START:
        row.started_on = today
    if after in TERMINAL and row.ended_on is None:
        row.ended_on = today
        row.outcome = details.outcome or ""
    if details.step in {Step.WITHDRAW, Step.ACKNOWLEDGE}:
        row.acknowledged_at = at  # who withdraws knows the end


def _settle_deadline(row: Referral, details: StepDetails, after: State, *, today: date) -> None:
    row.calls = 0
    if acts_next(after, acknowledged=row.acknowledged_at is not None) is None:
        row.due_on = None
    else:
        row.due_on = due_on(after, today, respond_days=row.place.respond_days, by_day=details.by_day)


def _forget(row: Referral, today: date) -> None:
    """The receiver no longer knows the person by this referral, unless another one is open."""
    with acting_for(row.receiver_id):
        others = Referral.objects.open().filter(person_id=row.person_id, receiver_id=row.receiver_id)
        if not others.exclude(pk=row.pk).exists():
            access.close_relations(
                [(row.person_id, row.receiver_id)], kind=RelationKind.REFERRAL, until=today
            )
