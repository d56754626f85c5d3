"""How much waits for the institution's reviewers."""

from spoiwo.kernel.actor import Actor
from spoiwo.matching.models import Proposal
from spoiwo.matching.querysets import ProposalQuerySet


def sides(actor: Actor, state: str, answer: str | None = None) -> tuple[ProposalQuerySet, ProposalQuerySet]:
    """The actor's proposals in a state by the side on which the own record stands.

    Each side is an index from end to end; both in one condition would be read whole and sorted. answer: what the
    own side has said, None for anything.
    """
    seen = Proposal.objects.visible_to(actor)
    own = actor.institution_id
    return seen.on_the_left(own, state, answer), seen.on_the_right(own, state, answer)


def count_waiting(actor: Actor) -> int:
    """Open proposals on which the actor's institution has not said anything yet; 0 for who is no reviewer."""
    return sum(side.count() for side in sides(actor, Proposal.State.OPEN, ""))
