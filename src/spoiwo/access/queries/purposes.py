"""Why a reader may look: the purposes agreements allow, and the one stated for a person in this session."""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from spoiwo.access import rules
from spoiwo.access.models import Relation
from spoiwo.access.queries.grants import grants_to
from spoiwo.access.types import ChosenPurpose, Grant, OfferedPurpose, RelationKind
from spoiwo.kernel.actor import Actor

SESSION_KEY = "purposes"


def purposes_for(
    actor: Actor, *, giver_ids: Collection[int], kinds: Collection[RelationKind], day: date
) -> list[OfferedPurpose]:
    """Purposes the actor may state to see what these institutions share; two queries.

    kinds: why the actor's institution may know the person; decides which purpose is pre-selected.
    """
    grants = [grant for grant in grants_to(actor.institution_id, day) if grant.giver_id in giver_ids]
    return rules.offered_purposes(grants, kinds)


def offered_purposes(grants: Collection[Grant], kinds: Collection[RelationKind]) -> list[OfferedPurpose]:
    """As `purposes_for`, for a caller who has the grants already."""
    return rules.offered_purposes(grants, kinds)


def grants_for(chosen: ChosenPurpose, grants: Collection[Grant]) -> list[Grant]:
    """The grants that allow what the reader stated; only these may be shown."""
    return rules.grants_for(chosen, grants)


def relation_kinds(person: UUID, *, institution_id: int, day: date) -> frozenset[RelationKind]:
    """Why the institution may know the person on the day; empty when it may not."""
    current = Relation.objects.current(day).filter(person=person, institution_id=institution_id)
    return frozenset(RelationKind(kind) for kind in current.values_list("kind", flat=True))


def purpose_in_session(
    session: Mapping[str, Any], *, actor: Actor, person: UUID, grants: Collection[Grant], day: date
) -> ChosenPurpose | None:
    """What the actor stated for the person in this session, None when they must state it (again).

    grants: what is given to the actor's institution today. A purpose stated on another day, for another
    institution, or under an agreement that has ended meanwhile is not good any more.
    """
    stated = session.get(SESSION_KEY, {}).get(session_slot(actor, person))
    if stated is None:
        return None
    chosen = ChosenPurpose(
        purpose=stated["purpose"],
        legal_basis=stated["legal_basis"],
        agreement=stated["agreement"],
        stated_on=date.fromisoformat(stated["stated_on"]),
    )
    return chosen if rules.still_good(chosen, grants, day) else None


def session_slot(actor: Actor, person: UUID) -> str:
    """Where a purpose is kept: by acting institution and person."""
    return f"{actor.institution_id}:{person}"
