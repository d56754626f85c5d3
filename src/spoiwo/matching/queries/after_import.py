"""What an import brought, in groups: linked by a rule, waiting for people, new, changed, no longer served."""

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from django.utils import timezone

from spoiwo.clients.queries import changes, own_records
from spoiwo.clients.queries.changes import Change, ChangedRecord
from spoiwo.kernel.actor import Actor
from spoiwo.matching.models import MatchRun, Proposal


class Group(StrEnum):
    """Groups in the order in which they are shown."""

    LINKED = "linked"
    WAITING = "waiting"
    NEW = "new"
    CHANGED = "changed"
    GONE = "gone"


CHANGES = {Group.NEW: Change.NEW, Group.CHANGED: Change.CHANGED, Group.GONE: Change.GONE}


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """A record of a group. proposal: what waits about it, None in the other groups and for who cannot decide."""

    shown: ChangedRecord
    proposal: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One page of a group, in the order of the register's own growth. after: of the next page, 0 on the last."""

    members: list[Member]
    after: int


def counts(actor: Actor, run: MatchRun) -> dict[Group, int]:
    """How many records each group holds, of those the actor may see."""
    found = {group: changes.count_changed(actor, run.generation, change) for group, change in CHANGES.items()}
    return {
        Group.LINKED: len(_own_records(actor, run, Group.LINKED)),
        Group.WAITING: len(_own_records(actor, run, Group.WAITING)),
        **found,
    }


def members(actor: Actor, run: MatchRun, group: Group, *, after: int, size: int) -> Page:
    """Records of a group after one of them; a record that several proposals concern stands there once."""
    if group in CHANGES:
        rows = changes.changed_by(actor, run.generation, CHANGES[group], after=after, limit=size + 1)
        return Page(members=[Member(shown=one) for one in rows[:size]], after=_next(rows, size))
    proposals = _own_records(actor, run, group)
    wanted = sorted(record for record in proposals if record > after)
    named = changes.records_named(actor, wanted[: size + 1])
    decides = actor.has_any("reviewer")
    shown = [Member(shown=one, proposal=proposals[one.record] if decides else None) for one in named[:size]]
    return Page(members=shown, after=wanted[size - 1] if len(wanted) > size else 0)


def _next(rows: list[ChangedRecord], size: int) -> int:
    return rows[size - 1].record if len(rows) > size else 0


def _own_records(actor: Actor, run: MatchRun, group: Group) -> dict[int, UUID | None]:
    """Own records of a group -> the proposal that waits, None for those linked."""
    until = run.finished_at or timezone.now()
    found: dict[int, UUID | None] = {}
    if group is Group.WAITING:
        rows = Proposal.objects.overseen_by(actor).filter(
            state=Proposal.State.OPEN, created_at__gte=run.started_at, created_at__lte=until
        )
        columns = ("left_record", "left_institution", "right_record", "right_institution", "uuid")
        for left, left_at, right, right_at, uuid in rows.values_list(*columns):
            found.update(
                {
                    record: uuid
                    for record, at in ((left, left_at), (right, right_at))
                    if at == run.institution_id
                }
            )
        return found
    linked = own_records.linked_unattended(actor, run.institution_id, run.started_at, until)
    return dict.fromkeys(linked)
