"""Looking at a proposal shows an own record in full, which is on record like any other look."""

from uuid import UUID

from spoiwo.audit import services as audit
from spoiwo.audit.types import Action, Entry
from spoiwo.kernel.actor import Actor

PURPOSE = "identity_review"


def record_look(*, proposal: UUID, person: UUID, by: Actor) -> None:
    """Record that a reviewer saw the own record of a proposal. Raises AuditUnavailable: show nothing then."""
    audit.append(
        Entry(
            institution_id=by.institution_id,
            action=Action.VIEW_CLIENT,
            actor_user_id=by.user_id,
            institution_acting_id=by.institution_id,
            person=person,
            object_ref=f"proposal:{proposal}",
            categories=("identity", "contact"),
            purpose=PURPOSE,
        )
    )
