"""How much waits for the institution's reviewers."""

from spoiwo.kernel.actor import Actor
from spoiwo.matching.models import Proposal


def count_waiting(actor: Actor) -> int:
    """Open proposals on which the actor's institution has not said anything yet; 0 for who is no reviewer."""
    return Proposal.objects.visible_to(actor).waiting_for(actor.institution_id).count()
