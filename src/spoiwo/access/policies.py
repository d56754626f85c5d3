"""Who may draft, sign and end sharing agreements."""

from spoiwo.access.models import SharingAgreement
from spoiwo.kernel.actor import Actor

DRAFT, ACTIVE = SharingAgreement.State.DRAFT, SharingAgreement.State.ACTIVE


def may_draft(actor: Actor) -> bool:
    """Directors, for their own institution, and the operator, for any."""
    return actor.is_operator or _directs(actor)


def may_change(actor: Actor, agreement: SharingAgreement) -> bool:
    """Drafts are open to directors of the parties and to the operator."""
    return agreement.state == DRAFT and _has_a_say(actor, agreement)


def may_sign(actor: Actor, agreement: SharingAgreement) -> bool:
    """A director signs for the own institution, once per version; nobody signs for another."""
    waiting = {party.institution_id for party in agreement.parties.all() if party.signed_at is None}
    return agreement.state == DRAFT and _directs(actor) and actor.institution_id in waiting


def may_sign_ever(actor: Actor, agreement: SharingAgreement) -> bool:
    """A director of a party of a draft, whether the own signature is there already or not."""
    return agreement.state == DRAFT and _directs(actor) and _has_a_say(actor, agreement)


def may_put_into_force(actor: Actor, agreement: SharingAgreement) -> bool:
    """The operator enters what the parties signed on paper."""
    return agreement.state == DRAFT and actor.is_operator


def may_renew(actor: Actor, agreement: SharingAgreement) -> bool:
    """A new version is drafted by those who may change the agreement."""
    return agreement.state != DRAFT and _has_a_say(actor, agreement)


def may_end(actor: Actor, agreement: SharingAgreement) -> bool:
    """Any party may end what it gives, and so may the operator."""
    return agreement.state == ACTIVE and _has_a_say(actor, agreement)


def _directs(actor: Actor) -> bool:
    return actor.institution_id != 0 and actor.has_any("director")


def _has_a_say(actor: Actor, agreement: SharingAgreement) -> bool:
    if actor.is_operator:
        return True
    return _directs(actor) and any(
        party.institution_id == actor.institution_id for party in agreement.parties.all()
    )
