"""Sending a client to a place."""

from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils import timezone

from spoiwo.access import queries as access_queries
from spoiwo.access import services as access
from spoiwo.access.types import RelationKind
from spoiwo.catalogue.queries import eligibility, finding
from spoiwo.catalogue.types import CheckPoint, Stage
from spoiwo.clients.queries import own_records
from spoiwo.clients.queries.own_records import OwnVersion
from spoiwo.kernel.actor import Actor
from spoiwo.kernel.text import polish_sort_key, search_key
from spoiwo.referrals import policies
from spoiwo.referrals.errors import (
    NoSuchClient,
    NoSuchReferral,
    NotEligible,
    NotToOneself,
    ReferredAlready,
    WordsNeeded,
)
from spoiwo.referrals.models import CheckAnswer, Referral, ReferralEvent
from spoiwo.referrals.rules.checks import ANSWERS, shut_by
from spoiwo.referrals.rules.deadlines import due_on
from spoiwo.referrals.rules.packets import check_packet, ground_of
from spoiwo.referrals.rules.steps import TERMINAL
from spoiwo.referrals.services import actions, packets
from spoiwo.referrals.services.log import record_change
from spoiwo.referrals.services.numbers import next_numbers
from spoiwo.referrals.services.telling import tell
from spoiwo.referrals.types import Basis, Ground, NewReferral, Side, State, Step
from spoiwo.toolkit.context import acting_for


@transaction.atomic
def send_referral(new: NewReferral, *, at: datetime, by: Actor) -> Referral:
    """Send a client of the own register to a place.

    Raises NoSuchClient, NoSuchReferral (no such place, earlier referral or action), NotToOneself, WordsNeeded,
    NotEligible, ConsentNeeded, NothingAllows, MoreThanAllowed, ReferredAlready.
    """
    today = timezone.localdate(at)
    version = own_client(new, by)
    place = finding.place(new.place)
    if place is None or place.withdrawn_on is not None:
        raise NoSuchReferral("place")
    if place.institution_id == by.institution_id:
        raise NotToOneself
    if not new.reason.strip():
        raise WordsNeeded("reason")
    points = eligibility.check_points(place.kind, today, stage=Stage.SENDING)
    if shut := shut_by(points, new.answers, must_know=False):
        raise NotEligible(shut)
    ground = ground_between(by.institution_id, place.institution_id, today)
    fields = {*new.chosen, *(field for field, text in new.written.items() if text.strip())}
    check_packet(fields, basis=new.basis, ground=ground, consent_on=new.consent_on, today=today)
    row = _row(new, version, place, ground if new.basis is Basis.AGREEMENT else None, today=today, by=by)
    row.previous = _previous(new, by)
    row.action = actions.chosen(new, by)
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:
        raise ReferredAlready from error
    _write_answers(row, new, [point for point in points if point.code in new.answers])
    note_event(row, Step.SEND, Side.SENDER, at=at, by=by)
    actions.begin(row, at=at, by=by)
    let_know(row, today)
    record_change(row, Step.SEND, by=by)
    tell(row, Side.RECEIVER, at=at)
    return row


def own_client(new: NewReferral, by: Actor) -> OwnVersion:
    """Values in force of the client. Raises NoSuchClient."""
    record = own_records.own_record(by, new.client) if policies.sends(by) else None
    version = own_records.own_version(by, record.pk) if record else None
    if version is None:
        raise NoSuchClient
    return version


def ground_between(sender_id: int, receiver_id: int, today: date) -> Ground | None:
    """The agreement on which a packet may travel; None without one."""
    return ground_of(access_queries.grants_between(sender_id, receiver_id, today))


def note_event(
    row: Referral,
    step: Step,
    side: Side,
    *,
    at: datetime,
    by: Actor | None,
    note: str = "",
) -> None:
    """Write down that a step was taken; by nobody when the clock took it."""
    ReferralEvent.objects.create(
        referral=row,
        sender_id=row.sender_id,
        receiver_id=row.receiver_id,
        at=at,
        step=step,
        side=side,
        state=row.state,
        outcome=row.outcome,
        note=note,
        by_id=by.user_id or None if by else None,
        by_link=bool(by and not by.user_id),
    )


def let_know(row: Referral, since: date) -> None:
    """The receiver may know the person while the referral is open; written in the receiver's name."""
    with acting_for(row.receiver_id):
        access.open_relations([(row.person_id, row.receiver_id)], kind=RelationKind.REFERRAL, since=since)


def keys_of(row: Referral) -> None:
    """Keys by which a referral is sorted and found."""
    name = f"{row.last_name} {row.first_name}"
    row.sort_key = polish_sort_key(name)
    row.search_key = search_key(f"{name} {row.number} {row.case_ref}")[:400]


def _row(
    new: NewReferral,
    version: OwnVersion,
    place: finding.ListedPlace,
    ground: Ground | None,
    *,
    today: date,
    by: Actor,
) -> Referral:
    known = packets.from_register(version)
    packet = {packets.REASON: new.reason.strip()}
    packet |= {field.value: known[field] for field in sorted(new.chosen) if field in known}
    packet |= {field.value: text.strip() for field, text in new.written.items() if text.strip()}
    key, sealed = packets.packed(packet)
    row = Referral(
        number=next_numbers(by.institution_id, today.year)[0],
        case_ref=new.case_ref,
        sender_id=by.institution_id,
        receiver_id=place.institution_id,
        place=place,
        person_id=version.record.person_id,
        record_id=version.record_id,
        first_name=version.first_name,
        last_name=version.last_name,
        basis=new.basis,
        agreement=ground.agreement if ground else "",
        legal_basis=ground.legal_basis if ground else "",
        consent_on=new.consent_on if new.basis is Basis.CONSENT else None,
        wrapped_key=key.wrapped,
        packet_sealed=sealed,
        sent_on=today,
        sent_by_id=by.user_id,
        due_on=due_on(State.SENT, today, respond_days=place.respond_days),
    )
    keys_of(row)
    return row


def _previous(new: NewReferral, by: Actor) -> Referral | None:
    if new.previous is None:
        return None
    found = Referral.objects.visible_to(by).on_side(by, Side.SENDER)
    earlier: Referral | None = found.filter(uuid=new.previous, state__in=TERMINAL).first()
    if earlier is None:
        raise NoSuchReferral(str(new.previous))
    return earlier


def _write_answers(row: Referral, new: NewReferral, points: list[CheckPoint]) -> None:
    CheckAnswer.objects.bulk_create(
        CheckAnswer(
            referral=row,
            sender_id=row.sender_id,
            receiver_id=row.receiver_id,
            item_id=point.id,
            answer=new.answers[point.code],
        )
        for point in points
        if new.answers[point.code] in ANSWERS
    )
