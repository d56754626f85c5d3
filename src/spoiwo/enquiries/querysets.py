"""Which rows an actor can reach: everything starts closed and opens by rule."""

from datetime import date, timedelta
from typing import Any, Self

from django.db import models
from django.db.models import Case, IntegerField, Q, Value, When

from spoiwo.clients.queries import sought
from spoiwo.enquiries.types import MONTH, WORKERS, EnquiryState
from spoiwo.kernel.actor import Actor


class OwnQuerySet(models.QuerySet[Any]):
    """Rows of one institution."""

    def visible_to(self, actor: Actor) -> Self:
        """The own institution's, for those who work with people."""
        if not actor.has_any(*WORKERS):
            return self.none()
        return self.filter(institution_id=actor.institution_id)


class EnquiryQuerySet(models.QuerySet[Any]):
    """Enquiries, seen from either side."""

    def visible_to(self, actor: Actor) -> Self:
        """Those the own institution asks, drafts too, and those that reached it; about nobody out of sight."""
        if not actor.has_any(*WORKERS):
            return self.none()
        return self.sent_by(actor) | self.received_by(actor)

    def sent_by(self, actor: Actor) -> Self:
        """Enquiries of the own institution."""
        if not actor.has_any(*WORKERS):
            return self.none()
        own = self.filter(institution_id=actor.institution_id)
        return own.filter(Q(record__isnull=True) | Q(record__in=sought.records_in_reach(actor)))

    def received_by(self, actor: Actor) -> Self:
        """Enquiries sent to the own institution."""
        if not actor.has_any(*WORKERS):
            return self.none()
        own = self.filter(asked_id=actor.institution_id).exclude(state=EnquiryState.DRAFT)
        return own.filter(Q(found__isnull=True) | Q(found__in=sought.records_in_reach(actor)))

    def most_urgent_first(self) -> Self:
        """What still waits by its due day, then drafts, then the rest from the newest."""
        rank = Case(
            When(state=EnquiryState.SENT, then=Value(0)),
            When(state=EnquiryState.DRAFT, then=Value(1)),
            default=Value(2),
            output_field=IntegerField(),
        )
        waiting = Case(When(state=EnquiryState.SENT, then="due_on"), output_field=models.DateField())
        return self.annotate(rank=rank, waiting=waiting).order_by("rank", "waiting", "-created_at", "-pk")

    def expired_on(self, day: date) -> Self:
        """Enquiries for whose answer nobody waits any more."""
        return self.filter(state=EnquiryState.SENT, due_on__lt=day - timedelta(days=MONTH))


class ConfirmationQuerySet(models.QuerySet[Any]):
    """Confirmations, seen by the issuer and by the institution they were issued to."""

    def visible_to(self, actor: Actor) -> Self:
        """Those the own institution issued or received; about nobody out of sight."""
        if not actor.has_any(*WORKERS):
            return self.none()
        issued = Q(institution_id=actor.institution_id, record__in=sought.records_in_reach(actor))
        own_client = Q(enquiry__record__isnull=True) | Q(enquiry__record__in=sought.records_in_reach(actor))
        return self.filter(issued | (Q(recipient_id=actor.institution_id) & own_client))

    def issued_by(self, actor: Actor) -> Self:
        """Those of the own institution alone."""
        return self.visible_to(actor).filter(institution_id=actor.institution_id)


class ConversationQuerySet(models.QuerySet[Any]):
    """Conversations, seen from either side."""

    def visible_to(self, actor: Actor) -> Self:
        """Those about the own institution's clients whom the actor may see."""
        if not actor.has_any(*WORKERS):
            return self.none()
        mine = sought.records_in_reach(actor)
        begun = Q(institution_id=actor.institution_id, record__in=mine)
        return self.filter(begun | Q(other_id=actor.institution_id, other_record__in=mine))


class MessageQuerySet(models.QuerySet[Any]):
    """Messages of conversations."""

    def visible_to(self, actor: Actor) -> Self:
        """Those the own institution wrote or received, about its clients whom the actor may see."""
        if not actor.has_any(*WORKERS):
            return self.none()
        mine = sought.records_in_reach(actor)
        begun = Q(conversation__institution_id=actor.institution_id, conversation__record__in=mine)
        joined = Q(conversation__other_id=actor.institution_id, conversation__other_record__in=mine)
        return self.filter(begun | joined)
