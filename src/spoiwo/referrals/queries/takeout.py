"""Referrals that an institution sent."""

from spoiwo.kernel.actor import Actor
from spoiwo.referrals.models import Referral, ReferralEvent
from spoiwo.referrals.types import Side
from spoiwo.toolkit.takeout import Takeout, same, takeout


def tables(actor: Actor) -> list[Takeout]:
    """Referrals sent and the steps of the own side in any; what a packet held stays with its print."""
    sent = Referral.objects.visible_to(actor).filter(sender_id=actor.institution_id)
    steps = ReferralEvent.objects.visible_to(actor)
    own = steps.filter(side=Side.SENDER, sender_id=actor.institution_id) | steps.filter(
        side=Side.RECEIVER, receiver_id=actor.institution_id
    )
    return [
        takeout(
            "referrals_sent",
            sent,
            {
                **same("number", "case_ref", "jrwa"),
                "local_id": "record__local_id",
                **same("first_name", "last_name"),
                "receiver": "receiver__code",
                "place": "place__name",
                **same("agreement", "state", "sent_on", "due_on", "started_on", "ended_on", "outcome"),
            },
        ),
        takeout(
            "referral_steps",
            own,
            {"number": "referral__number", **same("at", "step", "side", "state", "outcome", "note")},
        ),
    ]
