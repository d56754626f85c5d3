"""What reviewers see: proposals by what is to be done, one proposal, the next one, the import's result."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from django.db.models import Q
from django.utils.dateparse import parse_datetime

from spoiwo.clients.queries import own_records
from spoiwo.clients.queries.own_records import OwnName, OwnVersion
from spoiwo.kernel.actor import Actor
from spoiwo.matching.models import MatchRun, Proposal
from spoiwo.matching.queries import waiting
from spoiwo.matching.querysets import ProposalQuerySet


class Pile(StrEnum):
    """Proposals by what is to be done with them, seen from one side."""

    WAITING = "waiting"
    LATER = "later"
    ELSEWHERE = "elsewhere"
    LINKED = "linked"
    DIFFERENT = "different"
    OBSOLETE = "obsolete"


MOST_COUNTED = 1000  # of each side; nobody needs to know more exactly
_STATES: dict[Pile, tuple[str, str | None]] = {
    Pile.WAITING: ("open", ""),
    Pile.LATER: ("open", "later"),
    Pile.ELSEWHERE: ("open", "same"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A proposal in the list with the own record's name, None when the register no longer holds it."""

    proposal: Proposal
    name: OwnName | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What a list of proposals is narrowed to. rule: code, empty for all. older_than: days."""

    pile: Pile = Pile.WAITING
    rule: str = ""
    older_than: int = 0

    @property
    def state(self) -> tuple[str, str | None]:
        """State of the proposals, and what the own side has said."""
        return _STATES.get(self.pile) or (self.pile.value, None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Screen:
    """One page of a list, the oldest first. after: cursor of the next page, empty on the last one.

    count: how many there are in all, counted up to MOST_COUNTED.
    """

    proposals: Sequence[Proposal]
    after: str
    count: int


def screen(actor: Actor, wanted: Wanted, *, after: str = "", size: int, now: datetime) -> Screen:
    """Proposals after a cursor (of an earlier Screen; one that is none counts as the beginning)."""
    found: list[Proposal] = []
    count = 0
    for whole in waiting.sides(actor, *wanted.state):
        side = _narrowed(whole, wanted, now)
        count += side.values("pk")[:MOST_COUNTED].count()
        found += side.filter(_later_than(after)).order_by("created_at", "pk")[: size + 1]
    found.sort(key=lambda one: (one.created_at, one.pk))
    last = found[size - 1] if len(found) > size else None
    return Screen(
        proposals=found[:size],
        after=f"{last.created_at.isoformat()}_{last.pk}" if last else "",
        count=min(count, MOST_COUNTED),
    )


def _narrowed(side: ProposalQuerySet, wanted: Wanted, now: datetime) -> ProposalQuerySet:
    if wanted.rule:
        side = side.filter(rule=wanted.rule)
    if wanted.older_than:
        side = side.filter(created_at__lt=now - timedelta(days=wanted.older_than))
    return side


def _later_than(cursor: str) -> Q:
    at, _, pk = cursor.partition("_")
    moment = parse_datetime(at) if at and pk.isdigit() else None
    if moment is None or moment.tzinfo is None:
        return Q()
    return Q(created_at__gt=moment) | Q(created_at=moment, pk__gt=int(pk))


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
    for answer in ("", "later"):
        first: list[Proposal] = []
        for side in waiting.sides(actor, Proposal.State.OPEN, answer):
            others = side.exclude(pk=beside.pk) if beside is not None else side
            first += others.order_by("created_at", "pk")[:1]
        if first:
            return min(first, key=lambda one: (one.created_at, one.pk))
    return None


def run_after_import(actor: Actor, generation: int) -> MatchRun | None:
    """The run that followed an import of the own register."""
    return MatchRun.objects.visible_to(actor).filter(other__isnull=True, generation=generation).first()


def own_record_of(row: Proposal, actor: Actor) -> int:
    """The record of the pair that is the actor's institution's; the left one when both are."""
    return row.left_record_id if row.left_institution_id == actor.institution_id else row.right_record_id


def second_version(row: Proposal, actor: Actor) -> OwnVersion | None:
    """The other record of a duplicate, which is the own register's too; None for any other pair."""
    return own_records.own_version(actor, row.right_record_id) if row.is_duplicate else None


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


def other_answer(row: Proposal, actor: Actor) -> str:
    """What the other side has said, empty for nothing."""
    return row.right_answer if row.left_institution_id == actor.institution_id else row.left_answer
