"""Messages between institutions: a topic with answers, read by whom, closed when done."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from spoiwo.institutions import queries as institutions
from spoiwo.kernel.actor import Actor
from spoiwo.partnership import policies, queries
from spoiwo.partnership.errors import NotAParty, NotFound, NotYours, TextMissing, WrongState
from spoiwo.partnership.models import Agreement, Body, Talk, TalkMessage, TalkParty, TalkReading
from spoiwo.partnership.rules.client_data import check_no_client_data
from spoiwo.partnership.services.keeping_files import PAPERS, kept_file
from spoiwo.partnership.services.reaching import locked, record
from spoiwo.partnership.types import Attached


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """What somebody wrote. is_sure: they say that numbers in it are no client's."""

    text: str
    is_sure: bool = False
    file: Attached | None = None


@transaction.atomic
def open_talk(
    *, agreement_id: int, subject: str, to_ids: Sequence[int], written: Written, at: datetime, by: Actor
) -> Talk:
    """Begin a talk with signatories. Raises NotFound, NotYours, NotAParty, and what write_in_talk raises."""
    agreement: Agreement = locked(Agreement, agreement_id, by)
    others = set(to_ids) - {by.institution_id}
    inside = {one.pk for one in queries.signatories_on(agreement, at.date())}
    inside.add(agreement.secretariat_id)
    if by.institution_id not in inside or not policies.works_somewhere(by):
        raise NotYours(str(agreement_id))
    if not others or not others <= inside:
        raise NotAParty(str(sorted(others - inside)))
    talk = _begin(agreement, None, subject, at, by)
    TalkParty.objects.bulk_create(
        TalkParty(talk=talk, institution_id=one) for one in sorted(others | {by.institution_id})
    )
    _write(talk, written, at, by, also=subject)
    return talk


@transaction.atomic
def open_talk_of_body(*, body_id: int, subject: str, written: Written, at: datetime, by: Actor) -> Talk:
    """Begin a talk that all members of a body read. Raises NotFound, NotYours, and what write_in_talk raises."""
    body: Body = locked(Body, body_id, by)
    if not policies.works_somewhere(by) or not policies.is_member(by, body):
        raise NotYours(str(body_id))
    talk = _begin(body.agreement, body, subject, at, by)
    _write(talk, written, at, by, also=subject)
    return talk


@transaction.atomic
def write_in_talk(*, uuid: UUID, written: Written, at: datetime, by: Actor) -> TalkMessage:
    """Answer. Raises NotFound, WrongState when closed, TextMissing, LooksLikeClientData, FileRefused."""
    talk = _open(uuid, by)
    return _write(talk, written, at, by)


@transaction.atomic
def read_talk(*, uuid: UUID, at: datetime, by: Actor) -> None:
    """Write down that the actor has read everything up to now. Raises NotFound."""
    talk = Talk.objects.visible_to(by).filter(uuid=uuid).first()
    if talk is None:
        raise NotFound(str(uuid))
    if not institutions.full_name(by.user_id):
        return
    TalkReading.objects.update_or_create(
        talk=talk, user_id=by.user_id, institution_id=by.institution_id, defaults={"read_at": at}
    )


@transaction.atomic
def close_talk(*, uuid: UUID, at: datetime, by: Actor) -> Talk:
    """Close a talk, for those who opened it and the secretariat. Raises NotFound, NotYours, WrongState."""
    talk = _open(uuid, by)
    is_opener = policies.works_somewhere(by) and by.institution_id == talk.opened_by_id
    if not is_opener and not policies.keeps(by, talk.agreement):
        raise NotYours(str(uuid))
    talk.closed_at = at
    talk.save(update_fields=["closed_at"])
    record(talk.agreement, talk, "talk_closed", by)
    return talk


def _begin(agreement: Agreement, body: Body | None, subject: str, at: datetime, by: Actor) -> Talk:
    talk = Talk.objects.create(
        agreement=agreement,
        body=body,
        subject=subject,
        opened_by_id=by.institution_id,
        opened_at=at,
        last_at=at,
        last_by_id=by.institution_id,
    )
    record(agreement, talk, "talk_opened", by)
    return talk


def _write(talk: Talk, written: Written, at: datetime, by: Actor, *, also: str = "") -> TalkMessage:
    if not written.text.strip():
        raise TextMissing(str(talk.pk))
    name, digest = kept_file(written.file, kinds=PAPERS) if written.file else ("", "")
    check_no_client_data(also, written.text, name, is_sure=written.is_sure)
    message = TalkMessage.objects.create(
        talk=talk,
        institution_id=by.institution_id,
        user_id=by.user_id if institutions.full_name(by.user_id) else None,
        text=written.text,
        written_at=at,
        file_name=name,
        file_sha256=digest,
    )
    talk.last_at, talk.last_by_id = at, by.institution_id
    talk.save(update_fields=["last_at", "last_by"])
    return message


def _open(uuid: UUID, by: Actor) -> Talk:
    talk = Talk.objects.visible_to(by).select_for_update(of=("self",)).filter(uuid=uuid).first()
    if talk is None or not policies.works_somewhere(by):
        raise NotFound(str(uuid))
    if talk.closed_at is not None:
        raise WrongState("closed")
    return talk
