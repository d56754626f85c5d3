"""May this actor do that to this object?"""

from spoiwo.clients.models import IdentityDecision
from spoiwo.clients.types import DecisionKind
from spoiwo.kernel.actor import Actor


def may_undo(actor: Actor, decision: IdentityDecision) -> bool:
    """Either side may take a link back; a parting only the side that made it."""
    if decision.kind == DecisionKind.LINK:
        return True
    return decision.institution_acting_id == actor.institution_id
