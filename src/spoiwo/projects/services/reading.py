"""Putting on record who looked at the people of projects."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from spoiwo.access.types import Category, ChosenPurpose, Grant, RelationKind
from spoiwo.audit import services as audit
from spoiwo.audit.types import Action, Entry
from spoiwo.kernel.actor import Actor

OWN_PROJECT = "own_register"


def record_look(
    *,
    participant: UUID,
    person: UUID,
    owners: Iterable[int],
    chosen: ChosenPurpose | None,
    grants: Sequence[Grant],
    request_id: str,
    by: Actor,
) -> None:
    """One entry in the reader's chain, and one in that of every other institution whose data were shown.

    owners: institutions whose projects were shown, the reader's own among them or not.
    """
    numbers = {grant.giver_id: grant.agreement_number for grant in grants}
    others = sorted(set(owners) - {by.institution_id})
    audit.append(
        *(
            Entry(
                institution_id=owner,
                action=Action.VIEW_CLIENT,
                actor_user_id=by.user_id,
                institution_acting_id=by.institution_id,
                person=person,
                object_ref=f"participant:{participant}",
                categories=(Category.MEASURES.value,),
                purpose=chosen.purpose if chosen else OWN_PROJECT,
                legal_basis=chosen.legal_basis if chosen else "",
                agreement=numbers.get(owner, ""),
                relation=RelationKind.INVOLVEMENT.value,
                request_id=request_id,
            )
            for owner in (by.institution_id, *others)
        )
    )


def record_export(project: UUID, *, count: int, request_id: str, by: Actor) -> None:
    """The people of a project were taken out as a file."""
    audit.append(
        Entry(
            institution_id=by.institution_id,
            action=Action.EXPORT,
            actor_user_id=by.user_id,
            institution_acting_id=by.institution_id,
            object_ref=f"project:{project}",
            count=count,
            request_id=request_id,
        )
    )
