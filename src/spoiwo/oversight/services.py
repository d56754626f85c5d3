"""Reading the log is itself on record."""

from hashlib import sha256

from spoiwo.audit import services as audit
from spoiwo.audit.types import Action, Entry
from spoiwo.kernel.actor import Actor


def record_reading(*, count: int, shown: bytes, request_id: str, exported: bool, by: Actor) -> None:
    """Put on record that the actor read the own log.

    count: lines shown. shown: the page or file, of which only the digest is kept. Raises AuditUnavailable.
    """
    audit.append(
        Entry(
            institution_id=by.institution_id,
            action=Action.EXPORT if exported else Action.VIEW_LOG,
            actor_user_id=by.user_id,
            institution_acting_id=by.institution_id,
            object_ref="log",
            count=count,
            digest=sha256(shown).digest(),
            request_id=request_id,
        )
    )
