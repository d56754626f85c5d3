"""What was exchanged about an own client, for the person who asks; read by those who watch over the register."""

from dataclasses import dataclass

from django.db.models import Count, Q

from spoiwo.clients import policies as clients
from spoiwo.enquiries.models import Confirmation, Conversation, Enquiry
from spoiwo.enquiries.types import EnquiryState
from spoiwo.kernel.actor import Actor


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchanged:
    """Enquiries sent and answered, documents issued and received, conversations (with `count` of messages)."""

    enquiries: tuple[Enquiry, ...] = ()
    papers: tuple[Confirmation, ...] = ()
    talks: tuple[Conversation, ...] = ()


def exchanged_about(actor: Actor, record: int) -> Exchanged:
    """Everything about the client of this own record, newest first; nothing for others than overseers."""
    if not clients.oversees(actor):
        return Exchanged()
    own = actor.institution_id
    asked = Enquiry.objects.filter(
        Q(institution_id=own, record=record) | (Q(asked_id=own, found=record) & ~Q(state=EnquiryState.DRAFT))
    )
    issued = Confirmation.objects.filter(
        Q(institution_id=own, record=record) | Q(recipient_id=own, enquiry__record=record)
    )
    talks = Conversation.objects.filter(
        Q(institution_id=own, record=record) | Q(other_id=own, other_record=record)
    )
    return Exchanged(
        enquiries=tuple(
            asked.select_related("institution", "asked", "purpose").order_by("-created_at", "-pk")
        ),
        papers=tuple(issued.select_related("institution", "recipient").order_by("-issued_at", "-pk")),
        talks=tuple(
            talks.select_related("institution", "other")
            .annotate(count=Count("messages"))
            .order_by("-last_at")
        ),
    )
