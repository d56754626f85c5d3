"""May this actor decide that?"""

from spoiwo.clients.policies import may_undo
from spoiwo.clients.queries.own_records import OwnDecision
from spoiwo.kernel.actor import Actor


def may_take_back(actor: Actor, decision: OwnDecision) -> bool:
    """Reviewers take back what their side may; whoever else parted a client takes that back and nothing more."""
    is_own = decision.decided_by_user_id == actor.user_id
    return may_undo(actor, decision) and (is_own or actor.has_any("reviewer"))
