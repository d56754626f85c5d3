"""What waits for somebody: enquiries to answer, answers to read, messages."""

from datetime import date

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from spoiwo.enquiries.models import Conversation, Enquiry, Message, Reading
from spoiwo.enquiries.types import SETTLED, WORKERS, EnquiryState, Waiting
from spoiwo.kernel.actor import Actor


def waiting_for(actor: Actor, *, day: date | None = None) -> Waiting:
    """Figures for the menu and the day's work; nothing for those who do not work with people."""
    if not actor.has_any(*WORKERS):
        return Waiting()
    today = day or timezone.localdate()
    received = Enquiry.objects.received_by(actor).filter(state=EnquiryState.SENT)
    return Waiting(
        to_answer=received.count(),
        overdue=received.filter(due_on__lt=today).count(),
        answers=unread_answers(actor).count(),
        messages=unread_conversations(actor).count(),
    )


def unread_answers(actor: Actor) -> QuerySet[Enquiry]:
    """Enquiries of the own institution about which something was decided that nobody there has read."""
    return Enquiry.objects.sent_by(actor).filter(state__in=SETTLED, seen_at__isnull=True)


def unread_conversations(actor: Actor) -> QuerySet[Conversation]:
    """Conversations with a message for the own institution that is newer than what the actor has read."""
    read = Reading.objects.filter(
        conversation=OuterRef("conversation"), user_id=actor.user_id, read_until__gte=OuterRef("at")
    )
    news = Message.objects.filter(~Exists(read), conversation=OuterRef("pk"), reader_id=actor.institution_id)
    return Conversation.objects.visible_to(actor).filter(Exists(news))
