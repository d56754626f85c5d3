"""Which rows an actor can reach."""

from datetime import date
from typing import Any, Self

from django.db import models
from django.db.models import Q

from spoiwo.clients.queries.own_records import about_nobody_hidden, lives_in_area, within_sight
from spoiwo.kernel.actor import Actor
from spoiwo.kernel.text import search_key
from spoiwo.referrals.rules import roles
from spoiwo.referrals.rules.steps import OPEN
from spoiwo.referrals.types import Side, State


class ReferralQuerySet(models.QuerySet[Any]):
    """Referrals, seen by their two parties only."""

    def visible_to(self, actor: Actor) -> Self:
        """Those received; those sent, of clients within reach; for a link the one it leads to."""
        if linked := roles.linked_referral(actor):
            return self.filter(uuid=linked, receiver_id=actor.institution_id)
        if not roles.works_with_referrals(actor):
            return self.none()
        sent = Q(sender_id=actor.institution_id) & lives_in_area(actor, "record_id")
        return self.filter(
            Q(receiver_id=actor.institution_id) | sent & within_sight(actor, "record_id"),
            about_nobody_hidden(actor, "person_id"),
        )

    def on_side(self, actor: Actor, side: Side) -> Self:
        """Those that the actor's institution sent, or received."""
        return self.filter(**{f"{side}_id": actor.institution_id})

    def open(self) -> Self:
        """Those that have not ended."""
        return self.filter(state__in=OPEN)

    def unclosed(self) -> Self:
        """Those that have not ended, and those whose end nobody acknowledged."""
        return self.filter(Q(state__in=OPEN) | Q(acknowledged_at__isnull=True))

    def overdue(self, today: date) -> Self:
        """Those in which whoever has the turn is late."""
        return self.unclosed().filter(due_on__lt=today)

    def waiting_for(self, side: Side) -> Self:
        """Those in which it is this side's turn."""
        senders = Q(state=State.NEEDS_INFO) | (~Q(state__in=OPEN) & Q(acknowledged_at__isnull=True))
        return self.filter(senders if side is Side.SENDER else Q(state__in=OPEN - {State.NEEDS_INFO}))

    def with_words(self, text: str) -> Self:
        """Those whose number, case reference or name holds every word."""
        found = self
        for word in search_key(text).split():
            found = found.filter(search_key__contains=word)
        return found


class PartyQuerySet(models.QuerySet[Any]):
    """Rows about referrals: reached through their referral."""

    def visible_to(self, actor: Actor) -> Self:
        """Rows of both parties about nobody hidden, for those who work with referrals."""
        if linked := roles.linked_referral(actor):
            return self.filter(referral__uuid=linked, receiver_id=actor.institution_id)
        if not roles.works_with_referrals(actor):
            return self.none()
        sent = Q(sender_id=actor.institution_id) & within_sight(actor, "referral__record_id")
        return self.filter(
            sent | Q(receiver_id=actor.institution_id), about_nobody_hidden(actor, "referral__person_id")
        )


class FileQuerySet(models.QuerySet[Any]):
    """Files of referrals and their refused rows."""

    def visible_to(self, actor: Actor) -> Self:
        """The own institution's, for those who bring files in."""
        if not roles.imports(actor):
            return self.none()
        return self.filter(institution_id=actor.institution_id)
