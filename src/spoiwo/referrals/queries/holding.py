"""Where somebody was referred, for the person who asks; read by those who watch over the register."""

from collections.abc import Collection
from uuid import UUID

from django.db.models import Q

from spoiwo.clients import policies as clients
from spoiwo.kernel.actor import Actor
from spoiwo.referrals.models import Referral


def referred(actor: Actor, record: int, people: Collection[UUID]) -> list[Referral]:
    """Referrals of the own client of this record, and those received about whom these index rows mean; newest first."""
    if not clients.oversees(actor):
        return []
    own = actor.institution_id
    found = Referral.objects.filter(
        Q(sender_id=own, record=record) | Q(receiver_id=own, person__in=people)
    ).select_related("sender", "receiver", "place")
    return list(found.order_by("-sent_on", "-pk"))
