"""How many clients the own institution shares with the other parties of a draft agreement."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from spoiwo.access import policies as access_policies
from spoiwo.access import queries as access
from spoiwo.institutions import queries as institutions
from spoiwo.institutions.types import Badge
from spoiwo.kernel.actor import Actor
from spoiwo.matching.models import SharedCount
from spoiwo.matching.rules.counting import may_be_told


class Stage(StrEnum):
    """How far the count has got, seen from one side."""

    NOT_ASKED = "not_asked"
    WAITING = "waiting"  # for the director of the other side
    COUNTING = "counting"
    COUNTED = "counted"


@dataclass(frozen=True, slots=True, kw_only=True)
class Shared:
    """The count with one other party. sure, possible: None when too small to be told; shown once counted."""

    other: Badge
    stage: Stage
    sure: int | None = None
    possible: int | None = None
    counted_at: datetime | None = None


def shared_counts(actor: Actor, agreement_id: int) -> list[Shared] | None:
    """The count with each other party of a draft, None when the actor may not ask for it."""
    draft = access.agreement(actor, agreement_id)
    if draft is None or not access_policies.may_sign_ever(actor, draft):
        return None
    own = actor.institution_id
    others = {party.institution_id for party in draft.parties.all()} - {own}
    badges = institutions.badges_of(others)
    rows = {
        row.right_institution_id if row.left_institution_id == own else row.left_institution_id: row
        for row in SharedCount.objects.visible_to(actor)
    }
    return [_shared(badges[other], rows.get(other), own) for other in sorted(others)]


def _shared(other: Badge, row: SharedCount | None, own: int) -> Shared:
    if row is None:
        return Shared(other=other, stage=Stage.NOT_ASKED)
    if row.counted_at is not None:
        return Shared(
            other=other,
            stage=Stage.COUNTED,
            sure=may_be_told(row.sure),
            possible=may_be_told(row.possible),
            counted_at=row.counted_at,
        )
    mine, theirs = row.left_asked_at, row.right_asked_at
    if row.right_institution_id == own:
        mine, theirs = theirs, mine
    if mine is None:
        return Shared(other=other, stage=Stage.NOT_ASKED)
    return Shared(other=other, stage=Stage.COUNTING if theirs else Stage.WAITING)
