"""Looking at a proposal shows an own record in full, which is on record like any other look."""

from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID

from spoiwo.audit import services as audit
from spoiwo.audit.types import Action, Entry
from spoiwo.kernel.actor import Actor

PURPOSE = "identity_review"


def record_look(
    *, proposal: UUID, people: Sequence[UUID], compared_with: int, request_id: str, by: Actor
) -> None:
    """Record that a reviewer saw the own record of a proposal and how the other one compares.

    people: of the own records shown, two for a duplicate inside the register. compared_with: the institution
    whose record was compared, 0 when no comparison was shown. Its chain names no person: before a link stands
    nobody says that the two records are one. Raises AuditUnavailable: show nothing then.
    """
    own = Entry(
        institution_id=by.institution_id,
        action=Action.VIEW_CLIENT,
        actor_user_id=by.user_id,
        institution_acting_id=by.institution_id,
        person=people[0],
        object_ref=f"proposal:{proposal}",
        categories=("identity", "contact"),
        purpose=PURPOSE,
        request_id=request_id,
    )
    others = [replace(own, institution_id=compared_with, person=None, categories=("identity",))]
    audit.append(own, *(replace(own, person=one) for one in people[1:]), *(others if compared_with else ()))
