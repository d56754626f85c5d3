"""What surveys put on record: ids and counts, never answers. Handing in an anonymous answer leaves no trace."""

from spoiwo.audit import services as audit
from spoiwo.audit.types import Action, Entry
from spoiwo.kernel.actor import Actor


def record_change(*, institution_id: int, ref: str, outcome: str, by: Actor | None, count: int = 1) -> None:
    """A change of a questionnaire or survey, in the chain of the institution that asks."""
    audit.append(
        Entry(
            institution_id=institution_id,
            action=Action.SURVEY_CHANGED,
            actor_user_id=by.user_id if by else 0,
            institution_acting_id=by.institution_id if by else 0,
            object_ref=ref,
            outcome=outcome,
            count=count,
        )
    )


def record_reading(*, institution_id: int, ref: str, by: Actor, count: int) -> None:
    """Somebody read answers that are not anonymous."""
    audit.append(
        Entry(
            institution_id=institution_id,
            action=Action.ANSWERS_READ,
            actor_user_id=by.user_id,
            institution_acting_id=by.institution_id,
            object_ref=ref,
            count=count,
        )
    )
