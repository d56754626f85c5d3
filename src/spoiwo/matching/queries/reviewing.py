"""What reviewers see: proposals by what is to be done, one proposal, the next one, the import's result."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from spoiwo.clients.queries import own_records
from spoiwo.clients.queries.own_records import OwnName
from spoiwo.kernel.actor import Actor
from spoiwo.matching.models import MatchRun, Proposal
from spoiwo.matching.querysets import ProposalQuerySet


class Pile(StrEnum):
    """Proposals by what is to be done with them, seen from one side."""

    WAITING = "waiting"
    LATER = "later"
    ELSEWHERE = "elsewhere"
    LINKED = "linked"
    DIFFERENT = "different"
    OBSOLETE = "obsolete"


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A proposal in the list with the own record's name, None when the register no longer holds it."""

    proposal: Proposal
    name: OwnName | None


def pile(
    actor: Actor, chosen: Pile, *, rule: str = "", older_than: int = 0, now: datetime
) -> ProposalQuerySet:
    """Proposals of a pile, the oldest first. rule: code, empty for all. older_than: days."""
    seen = Proposal.objects.visible_to(actor)
    match chosen:
        case Pile.WAITING:
            found = seen.waiting_for(actor.institution_id)
        case Pile.LATER:
            found = seen.put_off_by(actor.institution_id)
        case Pile.ELSEWHERE:
            found = seen.waiting_elsewhere(actor.institution_id)
        case _:
            found = seen.filter(state=chosen.value)
    if rule:
        found = found.filter(rule=rule)
    if older_than:
        found = found.filter(created_at__lt=now - timedelta(days=older_than))
    return found.order_by("created_at", "pk")


def rows(actor: Actor, proposals: Sequence[Proposal]) -> list[Row]:
    """Proposals with the names of the own records; nothing of the other side is read, not even who it is."""
    own = {proposal.pk: own_record_of(proposal, actor) for proposal in proposals}
    names = own_records.own_names(actor, list(own.values()))
    return [Row(proposal=proposal, name=names.get(own[proposal.pk])) for proposal in proposals]


def proposal(actor: Actor, uuid: UUID) -> Proposal | None:
    """One proposal about an own record."""
    return Proposal.objects.visible_to(actor).filter(uuid=uuid).first()


def next_to_decide(actor: Actor, *, beside: Proposal | None = None) -> Proposal | None:
    """The oldest that the own side has not answered, else the oldest it put off."""
    seen = Proposal.objects.visible_to(actor).order_by("created_at", "pk")
    if beside is not None:
        seen = seen.exclude(pk=beside.pk)
    waiting = seen.waiting_for(actor.institution_id).first()
    return waiting or seen.put_off_by(actor.institution_id).first()


def count_waiting(actor: Actor) -> int:
    """How many proposals wait for an answer of the own side."""
    return Proposal.objects.visible_to(actor).waiting_for(actor.institution_id).count()


def run_after_import(actor: Actor, generation: int) -> MatchRun | None:
    """The run that followed an import of the own register."""
    return MatchRun.objects.visible_to(actor).filter(other__isnull=True, generation=generation).first()


def own_record_of(row: Proposal, actor: Actor) -> int:
    """The record of the pair that is the actor's institution's; the left one when both are."""
    return row.left_record_id if row.left_institution_id == actor.institution_id else row.right_record_id


def is_in_area(actor: Actor, record: int) -> bool:
    """Whether the actor works where the person of an own record lives; those without an area work everywhere."""
    return not actor.territories or own_records.own_version(actor, record) is not None


def other_side_of(row: Proposal, actor: Actor) -> int:
    """The other institution of the pair."""
    left, right = row.left_institution_id, row.right_institution_id
    return right if left == actor.institution_id else left


def own_answer(row: Proposal, actor: Actor) -> str:
    """What the own side has said, empty for nothing."""
    return row.left_answer if row.left_institution_id == actor.institution_id else row.right_answer
