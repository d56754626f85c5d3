"""What the desk itself puts on record."""

from spoiwo.audit import services as audit
from spoiwo.audit.types import Action, Entry
from spoiwo.kernel.actor import Actor


def record(by: Actor, what: str, outcome: str, *, count: int = 1, digest: bytes = b"") -> None:
    """Append one entry to the own chain. what: "type:id" of the thing. Raises AuditUnavailable."""
    audit.append(
        Entry(
            institution_id=by.institution_id,
            action=Action.OVERSIGHT,
            actor_user_id=by.user_id,
            institution_acting_id=by.institution_id,
            object_ref=what,
            outcome=outcome,
            count=count,
            digest=digest,
        )
    )
