"""Lists of the context's things, and single ones, as far as an actor can reach them."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from spoiwo.access import queries as access
from spoiwo.access.types import Grant
from spoiwo.enquiries.models import (
    AnswerTerm,
    Confirmation,
    Conversation,
    Enquiry,
    Message,
    Verification,
)
from spoiwo.enquiries.rules.asking import ANY_BASIS
from spoiwo.enquiries.types import EnquiryState
from spoiwo.institutions import queries as institutions
from spoiwo.kernel.actor import Actor
from spoiwo.toolkit.context import acting_for

RECEIVED, SENT = "received", "sent"
WITH = ("institution", "asked", "purpose", "legal_basis", "items_basis", "record", "confirmation")


def enquiries(actor: Actor, *, box: str, state: str = "", text: str = "", day: date) -> QuerySet[Enquiry]:
    """Enquiries of one side, overdue first. state: a code of EnquiryState, or "overdue". text: part of a reference."""
    found: Any = Enquiry.objects.sent_by(actor) if box == SENT else Enquiry.objects.received_by(actor)
    if state == "overdue":
        found = found.filter(state=EnquiryState.SENT, due_on__lt=day)
    elif state:
        found = found.filter(state=state)
    if text:
        found = found.filter(
            Q(number__icontains=text) | Q(case_ref__icontains=text) | Q(asked_case_ref__icontains=text)
        )
    rows: QuerySet[Enquiry] = found.select_related(*WITH[:-2]).most_urgent_first()
    return rows


def enquiry(actor: Actor, uuid: UUID) -> Enquiry | None:
    """One enquiry of either side."""
    return Enquiry.objects.visible_to(actor).select_related(*WITH).filter(uuid=uuid).first()


def enquiries_about(actor: Actor, record: UUID) -> list[Enquiry]:
    """What the own institution has asked about an own client, newest first."""
    rows = Enquiry.objects.sent_by(actor).filter(record__uuid=record).select_related("asked")
    return list(rows.order_by("-created_at")[:20])


def confirmations(actor: Actor, *, text: str = "", kind: str = "") -> QuerySet[Confirmation]:
    """Documents issued by the own institution or to it, newest first."""
    found = Confirmation.objects.visible_to(actor).select_related("institution", "recipient")
    if kind:
        found = found.filter(kind=kind)
    if text:
        found = found.filter(Q(number__icontains=text) | Q(case_ref__icontains=text))
    return found.order_by("-issued_at", "-pk")


def confirmation(actor: Actor, uuid: UUID) -> Confirmation | None:
    """One document that the own institution issued or received."""
    rows = Confirmation.objects.visible_to(actor).select_related("institution", "recipient", "enquiry")
    return rows.filter(uuid=uuid).first()


def public_confirmation(institution_id: int, code: str) -> Confirmation | None:
    """What the public page may know a document by, be its person hidden or not."""
    with acting_for(institution_id, job="enquiries"):
        rows = Confirmation.objects.filter(institution_id=institution_id, code=code)
        return rows.select_related("institution").first()


def conversations(actor: Actor) -> QuerySet[Conversation]:
    """Conversations the actor may open, the newest first."""
    rows = Conversation.objects.visible_to(actor)
    return rows.select_related("institution", "other").order_by("-last_at", "-pk")


def conversation(actor: Actor, uuid: UUID) -> Conversation | None:
    """One conversation."""
    return conversations(actor).filter(uuid=uuid).first()


def messages_of(actor: Actor, talk: Conversation) -> list[Message]:
    """Everything written in a conversation, oldest first."""
    return list(Message.objects.visible_to(actor).filter(conversation=talk).order_by("at", "pk"))


def conversation_about(actor: Actor, record: UUID) -> list[Conversation]:
    """Conversations about an own client."""
    about = Q(record__uuid=record, institution_id=actor.institution_id)
    return list(
        conversations(actor).filter(about | Q(other_record__uuid=record, other_id=actor.institution_id))
    )


def verifiable(actor: Actor, day: date) -> list[Grant]:
    """Agreements under which other institutions answer the own one."""
    return access.grants_to(actor.institution_id, day)


def askable(actor: Actor) -> list[tuple[int, str]]:
    """Institutions an enquiry may go to: all open ones but the own."""
    return [(pk, name) for pk, name in institutions.open_institutions() if pk != actor.institution_id]


def own_verifications(actor: Actor) -> QuerySet[Verification]:
    """What the actor asked other registers, the newest first; whom it was about is not kept."""
    rows = Verification.objects.visible_to(actor).filter(user_id=actor.user_id)
    return rows.select_related("asked").order_by("-at", "-pk")


@dataclass(frozen=True, slots=True)
class NamedTerm:
    """A legal basis (code, name; empty for all others) and its term; is_own: whether it is written for this basis."""

    code: str
    name: str
    term: AnswerTerm
    is_own: bool


def answer_terms(day: date) -> list[NamedTerm]:
    """Legal bases in force with the term of answering on each, then the term for all others."""
    terms = {term.basis_code: term for term in AnswerTerm.objects.all()}
    others = terms[ANY_BASIS]
    named = [
        NamedTerm(basis.code, str(basis), terms.get(basis.code, others), basis.code in terms)
        for basis in access.bases(day)
    ]
    return [*named, NamedTerm(ANY_BASIS, "", others, is_own=True)]


def last_enquiry(actor: Actor) -> Enquiry | None:
    """The enquiry that the actor wrote last, to begin the next one with."""
    rows = Enquiry.objects.sent_by(actor).filter(created_by_user_id=actor.user_id)
    return rows.order_by("-created_at", "-pk").first()
