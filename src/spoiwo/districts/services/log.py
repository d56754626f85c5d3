"""What districts put on record: that something was done, never about whom in words."""

from uuid import UUID

from spoiwo.audit import services as audit
from spoiwo.audit.types import Action, Entry
from spoiwo.kernel.actor import Actor


def record(
    by: Actor,
    what: str,
    key: UUID | int,
    *,
    outcome: str = "ok",
    count: int = 1,
    action: Action = Action.OTHER,
) -> None:
    """Append one entry to the chain of the actor's institution. what: type of the thing, such as "district"."""
    audit.append(
        Entry(
            institution_id=by.institution_id,
            action=action,
            actor_user_id=by.user_id,
            institution_acting_id=by.institution_id,
            object_ref=f"{what}:{key}",
            outcome=outcome,
            count=count,
        )
    )
