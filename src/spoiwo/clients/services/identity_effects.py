"""What follows from identity decisions: index rows of records, relations, common clients, the log."""

import hashlib
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import timedelta
from uuid import UUID

from django.db import connection, models
from django.db.models import Q
from django.utils import timezone

from spoiwo.access import services as access
from spoiwo.access.types import RelationKind
from spoiwo.audit import services as audit
from spoiwo.audit.types import Action, Entry
from spoiwo.clients.models import IdentityDecision, NeverSame, SourceRecord
from spoiwo.clients.rules.clusters import Move, Pair, in_order
from spoiwo.clients.services.common_clients import Served, refresh_rows, served_at
from spoiwo.clients.services.hiding import carry_over, refresh_hidden
from spoiwo.clients.types import DecisionKind
from spoiwo.kernel.actor import Actor
from spoiwo.toolkit.among import among

ACTIONS = {
    DecisionKind.LINK: Action.LINK,
    DecisionKind.SPLIT: Action.UNLINK,
    DecisionKind.APART: Action.DECIDE_PROPOSAL,
}
Reported = tuple[IdentityDecision, frozenset[int]]  # a decision and the institutions it concerns


def standing_links(records: Collection[int], *, without: IdentityDecision | None = None) -> list[Pair]:
    """Pairs among these records that a standing decision links."""
    rows = IdentityDecision.objects.filter(
        among("left_record", records),
        among("right_record", records),
        kind=DecisionKind.LINK,
        undone_at__isnull=True,
    )
    if without is not None:
        rows = rows.exclude(pk=without.pk)
    return [in_order(left, right) for left, right in rows.values_list("left_record_id", "right_record_id")]


def pairs_apart(records: Collection[int], *, without: IdentityDecision | None = None) -> list[Pair]:
    """Pairs among these records that a standing decision keeps apart."""
    wanted = set(records)
    rows = NeverSame.objects.filter(among("left_record", wanted))
    if without is not None:
        rows = rows.exclude(decision=without)
    pairs = rows.values_list("left_record_id", "right_record_id")
    return [(left, right) for left, right in pairs if right in wanted]


def pairs_parted_by(decision: IdentityDecision) -> list[Pair]:
    """Pairs that the decision keeps apart."""
    rows = NeverSame.objects.filter(decision=decision)
    return list(rows.values_list("left_record_id", "right_record_id"))


def was_split_later(decision: IdentityDecision, records: Collection[int]) -> bool:
    """Whether a record has since been split from any of these; that has to be taken back first."""
    return (
        NeverSame.objects.filter(
            Q(left_record__in=records) | Q(right_record__in=records),
            decision__kind=DecisionKind.SPLIT,
            decision__decided_at__gte=decision.decided_at,
        )
        .exclude(decision=decision)
        .exists()
    )


def carry_out(moves: Sequence[Move], before: Mapping[int, UUID], *, parting: bool = False) -> None:
    """Let records point at their new index rows, and bring relations, restrictions and common clients in line.

    before: index row of every record of the people concerned, as it was. parting: a split; what was hidden together
    stays hidden on either side of it.
    """
    if not moves:
        return
    if parting:
        carry_over(before, {move.record for move in moves})
    _point(moves)
    after = {**before, **{move.record: move.to_person for move in moves}}
    people = {*before.values(), *after.values()}
    served = [Served(one.record, one.institution, after[one.record], *one[3:]) for one in served_at(people)]
    known = {(before[one.record], one.institution) for one in served}
    due = {(one.person, one.institution) for one in served}
    today = timezone.localdate()
    access.close_relations(
        sorted(known - due), kind=RelationKind.INVOLVEMENT, until=today - timedelta(days=1)
    )
    access.open_relations(sorted(due - known), kind=RelationKind.INVOLVEMENT, since=today)
    refresh_hidden(people, day=today)
    refresh_rows(served, list(before), day=today)


def report(decisions: Sequence[Reported], *, undone_by: Actor | None = None) -> None:
    """Write decisions to the chains of the institutions concerned; many at once as one entry with a digest."""
    by_chain: dict[tuple[int, Action], list[IdentityDecision]] = defaultdict(list)
    for decision, institutions in decisions:
        action = Action.UNDO if undone_by else ACTIONS[DecisionKind(decision.kind)]
        for institution in institutions:
            by_chain[institution, action].append(decision)
    people = _people_of([decision for decision, _institutions in decisions]) if len(decisions) == 1 else {}
    audit.append(
        *(
            _entry(institution, action, made, people, undone_by)
            for (institution, action), made in sorted(by_chain.items())
        )
    )


def _entry(
    institution: int,
    action: Action,
    made: Sequence[IdentityDecision],
    people: Mapping[int, UUID],
    undone_by: Actor | None,
) -> Entry:
    first = made[0]
    one = len(made) == 1
    agreements = {decision.agreement for decision in made}
    ids = b"".join(sorted(decision.pk.bytes for decision in made))
    return Entry(
        institution_id=institution,
        action=action,
        actor_user_id=undone_by.user_id if undone_by else first.decided_by_user_id,
        institution_acting_id=undone_by.institution_id if undone_by else first.institution_acting_id,
        person=people.get(first.left_record_id or 0),
        object_ref=f"identity_decision:{first.pk}" if one else "identity_decisions",
        agreement=agreements.pop() if len(agreements) == 1 else "",
        count=len(made),
        outcome="different" if first.kind == DecisionKind.APART and not undone_by else "ok",
        digest=hashlib.sha256(ids).digest(),
    )


def _people_of(decisions: Sequence[IdentityDecision]) -> dict[int, UUID]:
    records = [decision.left_record_id for decision in decisions if decision.left_record_id]
    return dict(SourceRecord.objects.filter(among("pk", records)).values_list("pk", "person_id"))


def _point(moves: Sequence[Move]) -> None:
    column = models.UUIDField()
    rows = [(column.get_db_prep_value(move.to_person, connection), move.record) for move in moves]
    with connection.cursor() as cursor:
        cursor.executemany("UPDATE clients_sourcerecord SET person_id = %s WHERE id = %s", rows)
