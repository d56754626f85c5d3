"""Who works with referrals."""

from uuid import UUID

from spoiwo.kernel.actor import Actor
from spoiwo.referrals.types import Side

WORKERS = ("case_worker", "support_adviser")
SENDERS = ("case_worker",)
IMPORTERS = ("case_worker",)
LINK = "referral_link:"


def works_with_referrals(actor: Actor | None) -> bool:
    """Those who see referrals of their institution."""
    return actor is not None and bool(actor.institution_id) and actor.has_any(*WORKERS)


def sends(actor: Actor | None) -> bool:
    """Those who may send a client of their register."""
    return actor is not None and bool(actor.institution_id) and actor.has_any(*SENDERS)


def imports(actor: Actor | None) -> bool:
    """Those who bring referrals of former years in."""
    return actor is not None and bool(actor.institution_id) and actor.has_any(*IMPORTERS)


def link_actor(receiver_id: int, uuid: UUID) -> Actor:
    """Whoever came by a link: nobody by name, for one referral of one receiver."""
    return Actor(user_id=0, institution_id=receiver_id, roles=frozenset({f"{LINK}{uuid}"}))


def linked_referral(actor: Actor) -> str:
    """The referral that a link leads to, as text; empty for people with an account."""
    return next((role.removeprefix(LINK) for role in actor.roles if role.startswith(LINK)), "")


def side_of(actor: Actor, *, sender_id: int, receiver_id: int) -> Side | None:
    """On which side somebody stands."""
    if actor.institution_id == receiver_id:
        return Side.RECEIVER
    return Side.SENDER if actor.institution_id == sender_id else None
