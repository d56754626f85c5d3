"""Rounds on the platform: begun under an agreement, fed with tokens by two offices, joined, emptied again."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from spoiwo.audit import services as audit
from spoiwo.audit.types import Action, Entry
from spoiwo.discovery.errors import (
    AlreadySent,
    NoSuchAgreement,
    NoSuchRound,
    NotJoinedYet,
    OwnKeyTwice,
    RoundOpen,
    TooSoon,
    UnknownLinks,
)
from spoiwo.discovery.models import CommonPerson, Round, Sending
from spoiwo.discovery.policies import may_send
from spoiwo.discovery.queries import numbers_in_force, offers
from spoiwo.discovery.rules import envelopes, joining
from spoiwo.discovery.rules.opening import MOST_ROWS, days_to_wait
from spoiwo.discovery.services import tokens_at_rest
from spoiwo.discovery.types import Found, Header, Level, Parcel, Reply
from spoiwo.kernel.actor import Actor
from spoiwo.kernel.ids import new_uuid
from spoiwo.matching.services.tokens import level
from spoiwo.toolkit import jobs
from spoiwo.toolkit.context import acting_for

JOB = "discovery"
JOIN = "discovery.join"
AT_ONCE = 1000
State = Round.State


@transaction.atomic
def begin_round(*, agreement_id: int, partner_id: int, by: Actor) -> Round:
    """Begin a round with a partner under an agreement in force. Raises NoSuchAgreement, RoundOpen, TooSoon."""
    offer = next(
        (
            one
            for one in offers(by, timezone.localdate())
            if (one.agreement_id, one.partner_id) == (agreement_id, partner_id)
        ),
        None,
    )
    if offer is None or not may_send(by):
        raise NoSuchAgreement(str(agreement_id))
    left, right = sorted((by.institution_id, partner_id))
    earlier = (
        Round.objects.select_for_update()
        .filter(agreement_number=offer.agreement_number, left_institution=left, right_institution=right)
        .order_by("-epoch")
    )
    last = earlier.first()
    if last is not None and last.state == State.WAITING:
        raise RoundOpen
    now = timezone.now()
    if days := days_to_wait(last.joined_at if last else None, now):
        raise TooSoon(days)
    begun = Round.objects.create(
        agreement_id=agreement_id,
        agreement_number=offer.agreement_number,
        epoch=last.epoch + 1 if last else 1,
        left_institution_id=left,
        right_institution_id=right,
        opened_at=now,
        opened_by_user_id=by.user_id,
    )
    _report(begun, "begun", by=by)
    return begun


def send_tokens(*, round_uuid: UUID, content: bytes, by: Actor) -> Sending:
    """Take the tokens of the own office; when both offices have sent theirs, the worker joins them.

    Raises NoSuchRound, AlreadySent, Unreadable, TooManyRows, NotForThisRound, BadSignature, OwnKeyTwice.
    """
    envelope = envelopes.unpack(content, most_rows=MOST_ROWS)
    uuid = new_uuid()
    try:
        with transaction.atomic():
            found = _locked(round_uuid, by)
            _check_sending(found, envelope.header, by)
            sent = Sending.objects.create(
                uuid=uuid,
                round=found,
                institution_id=by.institution_id,
                signer=envelope.header.signer,
                root=envelope.header.root,
                rows=envelope.header.rows,
                wrapped_key=tokens_at_rest.keep(uuid, content),
                sent_at=timezone.now(),
                sent_by_user_id=by.user_id,
            )
            _report(found, "sent", by=by)
            if found.sendings.count() == 2:
                transaction.on_commit(lambda: jobs.enqueue(JOIN, round_uuid=str(round_uuid)))
    except BaseException:
        tokens_at_rest.drop([uuid])
        raise
    return sent


def join_round(round_uuid: UUID) -> None:
    """Join the tokens of both offices and delete them. Does nothing unless both are there; may be repeated."""
    with acting_for(0, job=JOB):
        found = Round.objects.filter(uuid=round_uuid, state=State.WAITING).first()
        sent = list(found.sendings.order_by("institution_id")) if found else []
    if found is None or len(sent) != 2:
        return
    rows = [
        envelopes.unpack(tokens_at_rest.fetch(one.uuid, bytes(one.wrapped_key)), most_rows=MOST_ROWS).rows
        for one in sent
    ]
    matches = joining.join(rows[0], rows[1], level)
    with acting_for(0, job=JOB), transaction.atomic():
        found = Round.objects.select_for_update().get(pk=found.pk)
        if found.state != State.WAITING:
            return
        CommonPerson.objects.bulk_create(
            [
                CommonPerson(round=found, level=one.level.value, left_alias=one.left, right_alias=one.right)
                for one in matches
            ],
            batch_size=AT_ONCE,
        )
        found.state, found.joined_at = State.JOINED, timezone.now()
        found.save(update_fields=["state", "joined_at"])
        found.sendings.update(wrapped_key=b"")
        _report(found, "joined", count=len(matches))
    tokens_at_rest.drop(one.uuid for one in sent)


@transaction.atomic
def reply_for(*, round_uuid: UUID, by: Actor) -> Reply:
    """The own rows that are in common; of the other office nothing. Raises NoSuchRound, NotJoinedYet."""
    found = _joined(round_uuid, by)
    mine = "left_alias" if found.left_institution_id == by.institution_id else "right_alias"
    people = found.people.order_by("uuid").values_list(mine, "level", "uuid")
    reply = Reply(
        agreement=found.agreement_number,
        epoch=found.epoch,
        found=[Found(bytes(alias), Level(of), str(uuid)) for alias, of, uuid in people],
    )
    _report(found, "reply_read", by=by, count=len(reply.found), action=Action.EXPORT)
    return reply


@transaction.atomic
def give_fields(*, round_uuid: UUID, parcel: Parcel, by: Actor) -> int:
    """Keep what the own office gives of people surely in common; how many it is.

    Raises NoSuchRound, NotJoinedYet, NotForThisRound, UnknownLinks; then nothing is kept.
    """
    found = _joined(round_uuid, by)
    envelopes.check_parcel(parcel, agreement=found.agreement_number, epoch=found.epoch)
    people = {str(one.uuid): one for one in found.people.filter(level=Level.SURE).select_for_update()}
    if unknown := parcel.sealed.keys() - people.keys():
        raise UnknownLinks(len(unknown))
    side = "left_gave" if found.left_institution_id == by.institution_id else "right_gave"
    given = []
    for link, sealed in parcel.sealed.items():
        setattr(people[link], side, sealed)
        given.append(people[link])
    CommonPerson.objects.bulk_update(given, [side], batch_size=AT_ONCE)
    _report(found, "fields_given", by=by, count=len(given))
    return len(given)


@transaction.atomic
def fields_for(*, round_uuid: UUID, by: Actor) -> Parcel:
    """What the other office has given of people in common, for the own connector to open.

    Raises NoSuchRound, NotJoinedYet.
    """
    found = _joined(round_uuid, by)
    side = "right_gave" if found.left_institution_id == by.institution_id else "left_gave"
    people = found.people.exclude(**{side: b""}).order_by("uuid").values_list("uuid", side)
    parcel = Parcel(
        agreement=found.agreement_number,
        epoch=found.epoch,
        sealed={str(uuid): bytes(sealed) for uuid, sealed in people},
    )
    _report(found, "fields_read", by=by, count=len(parcel.sealed), action=Action.EXPORT)
    return parcel


@transaction.atomic
def withdraw_person(*, round_uuid: UUID, link: UUID, by: Actor) -> None:
    """Take a pair out, and with it all that was given of it. Raises NoSuchRound, UnknownLinks."""
    found = _locked(round_uuid, by)
    gone, _ = found.people.filter(uuid=link).delete()
    if not gone:
        raise UnknownLinks(1)
    _report(found, "person_withdrawn", by=by)


def end_round(*, round_uuid: UUID, by: Actor) -> None:
    """Delete whatever a round holds: tokens, pairs, fields. Raises NoSuchRound."""
    with transaction.atomic():
        found = _locked(round_uuid, by)
        sent = _empty(found, timezone.now())
        _report(found, "ended", by=by)
    tokens_at_rest.drop(sent)


def end_lapsed(now: datetime) -> int:
    """Empty rounds whose agreement is not in force any more; how many. Call daily."""
    today = timezone.localdate(now)
    ended = 0
    with acting_for(0, job=JOB):
        standing = list(Round.objects.exclude(state=State.ENDED))
    for one in standing:
        if one.agreement_number in numbers_in_force(one.left_institution_id, one.right_institution_id, today):
            continue
        with acting_for(0, job=JOB), transaction.atomic():
            found = Round.objects.select_for_update().get(pk=one.pk)
            sent = _empty(found, now)
            _report(found, "agreement_ended")
        tokens_at_rest.drop(sent)
        ended += 1
    return ended


def _empty(found: Round, now: datetime) -> list[UUID]:
    sent = list(found.sendings.values_list("uuid", flat=True))
    found.people.all().delete()
    found.sendings.update(wrapped_key=b"")
    found.state, found.ended_at = State.ENDED, now
    found.save(update_fields=["state", "ended_at"])
    return sent


def _locked(round_uuid: UUID, by: Actor) -> Round:
    found = Round.objects.visible_to(by).select_for_update().filter(uuid=round_uuid).first()
    if found is None or not may_send(by):
        raise NoSuchRound(str(round_uuid))
    return found


def _joined(round_uuid: UUID, by: Actor) -> Round:
    found = _locked(round_uuid, by)
    if found.state != State.JOINED:
        raise NotJoinedYet
    return found


def _check_sending(found: Round, header: Header, by: Actor) -> None:
    """Whether the own office may send this now. Raises what is wrong."""
    if found.state != State.WAITING or found.sendings.filter(institution=by.institution_id).exists():
        raise AlreadySent
    envelopes.check_round(
        header,
        agreement=found.agreement_number,
        epoch=found.epoch,
        signer=_signer_so_far(found, by.institution_id),
    )
    if found.sendings.filter(signer=header.signer).exists():
        raise OwnKeyTwice


def _signer_so_far(found: Round, institution_id: int) -> bytes | None:
    """The key the office signed with in earlier rounds of the agreement; None the first time."""
    signer = (
        Sending.objects.filter(round__agreement_number=found.agreement_number, institution=institution_id)
        .order_by("-sent_at")
        .values_list("signer", flat=True)
        .first()
    )
    return envelopes.bytes_of(signer) if signer else None


def _report(
    found: Round, outcome: str, *, by: Actor | None = None, count: int = 1, action: Action = Action.OTHER
) -> None:
    """Write to the chains of both institutions: who, which round, how many; no alias, no token."""
    audit.append(
        *(
            Entry(
                institution_id=institution,
                institution_acting_id=by.institution_id if by else 0,
                action=action,
                actor_user_id=by.user_id if by else 0,
                object_ref=f"discovery:{found.uuid}",
                agreement=found.agreement_number,
                count=count,
                outcome=outcome,
            )
            for institution in (found.left_institution_id, found.right_institution_id)
        )
    )
