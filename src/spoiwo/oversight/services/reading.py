"""Reading the log is itself on record."""

from hashlib import sha256
from uuid import UUID

from spoiwo.audit import services as audit
from spoiwo.audit.types import Action, Entry
from spoiwo.kernel.actor import Actor
from spoiwo.oversight.types import SUBJECT_ACCESS


def record_reading(
    *, count: int, shown: bytes, request_id: str, exported: bool, by: Actor, what: str = "log"
) -> None:
    """Put on record that the actor read the own log, or looked for a person who asks (what: "people").

    count: lines shown. shown: the page or file, of which only the digest is kept. Raises AuditUnavailable.
    """
    audit.append(
        Entry(
            institution_id=by.institution_id,
            action=Action.EXPORT if exported else Action.VIEW_LOG,
            actor_user_id=by.user_id,
            institution_acting_id=by.institution_id,
            object_ref=what,
            count=count,
            digest=sha256(shown).digest(),
            request_id=request_id,
        )
    )


def record_answer(
    *, record: UUID, person: UUID, digest: bytes, printed: bool, request_id: str, by: Actor
) -> None:
    """Put on record that everything held about a person was shown or printed for them. Raises AuditUnavailable.

    record: the own record's public id. person: its index row. digest: SHA-256 of what was answered.
    """
    audit.append(
        Entry(
            institution_id=by.institution_id,
            action=Action.EXPORT if printed else Action.VIEW_CLIENT,
            actor_user_id=by.user_id,
            institution_acting_id=by.institution_id,
            person=person,
            object_ref=f"record:{record}",
            purpose=SUBJECT_ACCESS,
            digest=digest,
            request_id=request_id,
        )
    )
