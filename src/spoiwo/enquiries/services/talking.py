"""Messages between the workers responsible for a common client: on the record, never in e-mail."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from spoiwo.audit.types import Action
from spoiwo.clients.queries import opening
from spoiwo.enquiries.errors import EmptyMessage, NoSuchThing, NotCommonClient
from spoiwo.enquiries.models import Conversation, Message, Reading
from spoiwo.enquiries.services.log import Step, record
from spoiwo.enquiries.services.sealing import TEXT, Box
from spoiwo.kernel.actor import Actor


@transaction.atomic
def write(*, client: UUID, to: int, text: str, now: datetime, day: date, by: Actor) -> Conversation:
    """Write to the workers of another institution that serves the same person.

    client: the own record. Raises NoSuchThing, NotCommonClient when the institution shares nothing about the person
    today, EmptyMessage.
    """
    client_opened = opening.open_client(by, client, day=day)
    if client_opened is None:
        raise NoSuchThing(str(client))
    theirs = next((one for one in client_opened.others if one.institution_id == to), None)
    if theirs is None:
        raise NotCommonClient
    own = client_opened.version.record
    talk = _between(own.pk, theirs.record_id)
    if talk is None:
        talk = Conversation.objects.create(
            institution_id=by.institution_id,
            other_id=to,
            record=own,
            other_record_id=theirs.record_id,
            wrapped_key=Box().wrapped,
            started_at=now,
            last_at=now,
        )
    _add(talk, text, now=now, by=by, person=own.person_id)
    return talk


@transaction.atomic
def reply(uuid: UUID, *, text: str, now: datetime, day: date, by: Actor) -> Conversation:
    """Answer in a conversation. Raises as write: who is no common client any more is not written about."""
    talk: Conversation | None = Conversation.objects.visible_to(by).filter(uuid=uuid).first()
    if talk is None:
        raise NoSuchThing(str(uuid))
    own, to = own_side(talk, by)
    return write(client=own, to=to, text=text, now=now, day=day, by=by)


@transaction.atomic
def note_read(uuid: UUID, *, now: datetime, request_id: str, by: Actor) -> None:
    """Somebody has the conversation on their screen. Raises NoSuchThing, AuditUnavailable."""
    talk: Conversation | None = Conversation.objects.visible_to(by).filter(uuid=uuid).first()
    if talk is None:
        raise NoSuchThing(str(uuid))
    mine = {"conversation": talk, "institution_id": by.institution_id, "user_id": by.user_id}
    Reading.objects.bulk_create(
        [Reading(**mine, read_until=now)],
        update_conflicts=True,
        update_fields=["read_until"],
        unique_fields=["conversation", "user_id"],
    )
    _log(talk, "read", by=by, request_id=request_id)


def own_side(talk: Conversation, by: Actor) -> tuple[UUID, int]:
    """The own record of the person, and the institution at the other end."""
    if talk.institution_id == by.institution_id:
        return talk.record.uuid, talk.other_id
    return talk.other_record.uuid, talk.institution_id


def _between(own: int, theirs: int) -> Conversation | None:
    """The conversation about the pair, whichever side began it."""
    rows = Conversation.objects.select_for_update(of=("self",))
    found: Conversation | None = rows.filter(record=own, other_record=theirs).first()
    return found or rows.filter(record=theirs, other_record=own).first()


def _add(talk: Conversation, text: str, *, now: datetime, by: Actor, person: UUID) -> None:
    if not text.strip():
        raise EmptyMessage
    begun = talk.institution_id == by.institution_id
    Message.objects.create(
        conversation=talk,
        institution_id=by.institution_id,
        reader_id=talk.other_id if begun else talk.institution_id,
        author_user_id=by.user_id,
        text_sealed=Box(talk.wrapped_key).text(text.strip(), TEXT),
        at=now,
    )
    talk.last_at = now
    talk.save(update_fields=["last_at"])
    _log(talk, "sent", by=by, person=person)


def _log(
    talk: Conversation, outcome: str, *, by: Actor, person: UUID | None = None, request_id: str = ""
) -> None:
    step = Step(
        action=Action.VIEW_CLIENT if outcome == "read" else Action.MESSAGE,
        what=f"conversation:{talk.uuid}",
        outcome=outcome,
        person=person,
        request_id=request_id,
    )
    record(step, chains=(talk.institution_id, talk.other_id), by=by)
