"""Identity decisions: which records are one person, with every step on record and reversible row for row.

Source records are never changed, save for the index row they point at. All rows of the people concerned are
locked in id order first, the heads of the audit chains last.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from operator import attrgetter
from uuid import UUID

from django.db import transaction
from django.db.models import Q, Value
from django.utils import timezone

from spoiwo.clients.errors import (
    AlreadyUndone,
    ClientsError,
    DecisionOvertaken,
    KeptApart,
    LinkWithdrawn,
    NoSuchDecision,
    NoSuchRecord,
    NothingToSplit,
    OnePersonAlready,
)
from spoiwo.clients.models import IdentityDecision, IdentityMove, NeverSame, Person, SourceRecord
from spoiwo.clients.policies import may_undo
from spoiwo.clients.rules import clusters
from spoiwo.clients.rules.clusters import Move, Pair, in_order
from spoiwo.clients.services import identity_effects as effects
from spoiwo.clients.services.bulk import Adapters, insert_rows
from spoiwo.clients.types import DecisionKind
from spoiwo.kernel.actor import Actor
from spoiwo.toolkit.among import among
from spoiwo.toolkit.context import acting_for

BY_PEOPLE = "person"  # the rule of decisions that people made
ATTEMPTS = 20
DECISION_COLUMNS = (
    "id", "decided_at", "kind", "left_record_id", "right_record_id", "rule", "strategy", "agreement",
    "decided_by_user_id", "institution_acting_id", "undone_by_user_id",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkWish:
    """Two records to be linked, why, and under which agreement."""

    left_record_id: int
    right_record_id: int
    rule: str
    strategy: str = ""
    agreement: str = ""

    @property
    def pair(self) -> Pair:
        """The two records, the smaller id first."""
        return in_order(self.left_record_id, self.right_record_id)


@dataclass(frozen=True, slots=True)
class LinkOutcome:
    """What became of wishes: the decision of each linked pair (standing: of before), and why others were refused."""

    made: dict[Pair, UUID] = field(default_factory=dict)
    standing: set[Pair] = field(default_factory=set)
    refused: dict[Pair, ClientsError] = field(default_factory=dict)


def link_records(
    *, left_record_id: int, right_record_id: int, rule: str, strategy: str, agreement: str, by: Actor | None
) -> UUID:
    """Decide that two records are one person; returns the decision, the standing one when there is one.

    by: None when a rule links unattended. Raises NoSuchRecord (neither record is in the actor's reach),
    KeptApart, and for unattended links LinkWithdrawn.
    """
    wish = LinkWish(
        left_record_id=left_record_id,
        right_record_id=right_record_id,
        rule=rule,
        strategy=strategy,
        agreement=agreement,
    )
    outcome = link_many([wish], by=by)
    if wish.pair in outcome.refused:
        raise outcome.refused[wish.pair]
    return outcome.made[wish.pair]


def link_many(wishes: Sequence[LinkWish], *, by: Actor | None, acting_institution_id: int = 0) -> LinkOutcome:
    """Link any number of pairs in one transaction, with the same result as one by one in any order.

    Refusals do not stop the others. Raises NoSuchRecord when an actor reaches neither record of a pair.
    acting_institution_id: for whom unattended links are made.
    """
    wishes = sorted({wish.pair: wish for wish in wishes}.values(), key=lambda wish: wish.pair)
    if by is not None:
        _check_reach([wish.pair for wish in wishes], by)
    acting_for_whom = by.institution_id if by else acting_institution_id
    with _deciding(acting_for_whom):
        return _link_many(wishes, by=by, institution_id=acting_for_whom)


def split_record(*, record_id: int, by: Actor) -> UUID:
    """Take a record out of the person it was linked to, and keep it apart from all it leaves behind.

    Records that only this one held together part too, but may be linked again. Returns the decision.
    Raises NoSuchRecord, NothingToSplit.
    """
    _check_reach([(record_id, record_id)], by)
    with _deciding(by.institution_id):
        scene = _lock([record_id])
        others = scene.beside(record_id)
        if not others:
            raise NothingToSplit(str(record_id))
        decision = _decision(DecisionKind.SPLIT, (record_id, None), by=by)
        decision.save(force_insert=True)
        groups = [frozenset({record_id}), *clusters.parts(others, effects.standing_links(others))[1:]]
        moves = [
            Move(record, scene.person_of[record], person)
            for group, person in zip(groups, _new_people(len(groups)), strict=True)
            for record in sorted(group)
        ]
        _keep_apart([in_order(record_id, other) for other in others], decision)
        _write_moves(decision, moves)
        effects.carry_out(moves, scene.person_of, parting=True)
        effects.report([(decision, scene.institutions_beside(record_id))])
        return decision.pk


def keep_apart(*, left_record_id: int, right_record_id: int, by: Actor) -> UUID:
    """Decide that two records, not linked so far, are different people; returns the standing decision.

    Raises NoSuchRecord, OnePersonAlready.
    """
    pair = in_order(left_record_id, right_record_id)
    _check_reach([pair], by)
    with _deciding(by.institution_id):
        scene = _lock(pair)
        if scene.person_of[pair[0]] == scene.person_of[pair[1]]:
            raise OnePersonAlready(str(pair))
        standing = NeverSame.objects.filter(left_record=pair[0], right_record=pair[1]).first()
        if standing is not None:
            return standing.decision_id
        decision = _decision(DecisionKind.APART, pair, by=by)
        decision.save(force_insert=True)
        _keep_apart([pair], decision)
        effects.report([(decision, frozenset(scene.institution_of[record] for record in pair))])
        return decision.pk


def undo_decision(*, decision_id: UUID, by: Actor) -> None:
    """Take a decision back: records, relations and common clients return to what they were before it.

    Raises NoSuchDecision, AlreadyUndone, and DecisionOvertaken (naming them) when later decisions rest on it.
    """
    with _deciding(by.institution_id):
        decision = IdentityDecision.objects.visible_to(by).filter(pk=decision_id).first()
        if decision is None or not may_undo(by, decision):
            raise NoSuchDecision(str(decision_id))
        moves = [
            Move(*row)
            for row in decision.moves.order_by("record_id").values_list(
                "record_id", "from_person_id", "to_person_id"
            )
        ]
        records = {pk for pk in (decision.left_record_id, decision.right_record_id) if pk}
        scene = _lock(
            records | {move.record for move in moves},
            also={person for move in moves for person in (move.from_person, move.to_person)},
        )
        decision.refresh_from_db()
        if decision.undone_at is not None:
            raise AlreadyUndone(str(decision_id))
        back = [Move(move.record, move.to_person, move.from_person) for move in moves]
        _check_not_overtaken(decision, back, scene)
        decision.undone_at, decision.undone_by_user_id = timezone.now(), by.user_id
        decision.save(update_fields=["undone_at", "undone_by_user_id"])
        NeverSame.objects.filter(decision=decision).delete()
        effects.carry_out(back, scene.person_of)
        effects.report([(decision, frozenset(scene.institution_of.values()))], undone_by=by)


@dataclass(frozen=True, slots=True)
class _Scene:
    """Locked people: every record at them, with its index row and its institution."""

    person_of: dict[int, UUID]
    institution_of: dict[int, int]

    def beside(self, record: int) -> list[int]:
        """The other records of the record's person."""
        person = self.person_of[record]
        return [one for one, whose in self.person_of.items() if whose == person and one != record]

    def institutions_beside(self, record: int) -> frozenset[int]:
        """Institutions of the record's person, its own among them."""
        return frozenset(self.institution_of[one] for one in (record, *self.beside(record)))


@contextmanager
def _deciding(institution_id: int) -> Iterator[None]:
    with acting_for(institution_id, job="matching"), transaction.atomic():
        yield


def _check_reach(pairs: Sequence[Pair], by: Actor) -> None:
    wanted = {record for pair in pairs for record in pair}
    with acting_for(by.institution_id, user_id=by.user_id):
        own = set(SourceRecord.objects.visible_to(by).filter(pk__in=wanted).values_list("pk", flat=True))
    for left, right in pairs:
        if left not in own and right not in own:
            raise NoSuchRecord(f"{left}, {right}")


def _lock(records: Collection[int], *, also: Collection[UUID] = ()) -> _Scene:
    """Lock the people of the records, in id order, and read everybody's records. Raises NoSuchRecord.

    Whoever moves a record holds the locks of both people; if a record moved before its person was locked,
    the locks are given back and taken anew, so that nobody waits in a circle.
    """
    wanted = set(records)
    for _attempt in range(ATTEMPTS):
        people = {
            *SourceRecord.objects.filter(among("pk", wanted)).values_list("person_id", flat=True),
            *also,
        }
        point = transaction.savepoint()
        locked = Person.objects.select_for_update().filter(among("pk", people)).order_by("pk")
        list(locked.values_list(Value(1)))
        rows = SourceRecord.objects.filter(among("person", people)).order_by("pk")
        found = list(rows.values_list("pk", "person_id", "institution_id"))
        scene = _Scene({row[0]: row[1] for row in found}, {row[0]: row[2] for row in found})
        if scene.person_of.keys() >= wanted:
            transaction.savepoint_commit(point)
            return scene
        transaction.savepoint_rollback(point)
    raise NoSuchRecord(str(sorted(wanted)[:2]))


def _link_many(wishes: Sequence[LinkWish], *, by: Actor | None, institution_id: int) -> LinkOutcome:
    scene = _lock({record for wish in wishes for record in wish.pair})
    plan = clusters.Clusters(scene.person_of, effects.pairs_apart(scene.person_of))
    standing, withdrawn = _earlier_links([wish.pair for wish in wishes])
    outcome = LinkOutcome()
    decisions: list[tuple[IdentityDecision, list[Move]]] = []
    now = timezone.now()
    for wish in wishes:
        if wish.pair in standing and plan.are_one(wish.pair):
            outcome.made[wish.pair] = standing[wish.pair]
            outcome.standing.add(wish.pair)
        elif by is None and wish.pair in withdrawn:
            outcome.refused[wish.pair] = LinkWithdrawn(str(wish.pair))
        elif not plan.are_one(wish.pair) and plan.kept_apart(wish.pair):
            outcome.refused[wish.pair] = KeptApart(str(wish.pair))
        else:
            decision = _decision(DecisionKind.LINK, wish.pair, by=by, wish=wish, now=now)
            decision.institution_acting_id = institution_id
            decisions.append((decision, [] if plan.are_one(wish.pair) else plan.join(wish.pair)))
            outcome.made[wish.pair] = decision.pk
    _write_links(decisions, scene, plan.person_of)
    return outcome


def _write_links(
    decisions: Sequence[tuple[IdentityDecision, list[Move]]], scene: _Scene, after: Mapping[int, UUID]
) -> None:
    if not decisions:
        return
    adapt = Adapters()
    plain = attrgetter(*DECISION_COLUMNS[2:])
    rows = [(adapt.uuid(one.pk), adapt.instant(one.decided_at), *plain(one)) for one, _moves in decisions]
    insert_rows(IdentityDecision, DECISION_COLUMNS, rows)
    insert_rows(
        IdentityMove,
        ("decision_id", "record_id", "from_person_id", "to_person_id"),
        [
            (adapt.uuid(decision.pk), move.record, adapt.uuid(move.from_person), adapt.uuid(move.to_person))
            for decision, moves in decisions
            for move in moves
        ],
    )
    moved = [
        Move(record, person, after[record])
        for record, person in scene.person_of.items()
        if after[record] != person
    ]
    effects.carry_out(moved, scene.person_of)
    institutions: dict[UUID, set[int]] = {}
    for record, person in after.items():
        institutions.setdefault(person, set()).add(scene.institution_of[record])
    effects.report(
        [
            (decision, frozenset(institutions[after[decision.left_record_id or 0]]))
            for decision, _moves in decisions
        ]
    )


def _earlier_links(pairs: Sequence[Pair]) -> tuple[dict[Pair, UUID], set[Pair]]:
    """Link decisions on these very pairs: those that stand, and pairs whose link was undone."""
    wanted = set(pairs)
    rows = IdentityDecision.objects.filter(
        among("left_record", {left for left, _right in pairs}), kind=DecisionKind.LINK
    ).values_list("left_record_id", "right_record_id", "pk", "undone_at")
    standing, withdrawn = {}, set()
    for left, right, pk, undone_at in rows:
        if (left, right) in wanted:
            if undone_at is None:
                standing[left, right] = pk
            else:
                withdrawn.add((left, right))
    return standing, withdrawn


def _decision(
    kind: DecisionKind,
    pair: tuple[int, int | None],
    *,
    by: Actor | None,
    wish: LinkWish | None = None,
    now: datetime | None = None,
) -> IdentityDecision:
    return IdentityDecision(
        kind=kind,
        left_record_id=pair[0],
        right_record_id=pair[1],
        rule=wish.rule if wish else BY_PEOPLE,
        strategy=wish.strategy if wish else "",
        agreement=wish.agreement if wish else "",
        decided_by_user_id=by.user_id if by else 0,
        institution_acting_id=by.institution_id if by else 0,
        decided_at=now or timezone.now(),
    )


def _new_people(count: int) -> list[UUID]:
    return [person.pk for person in Person.objects.bulk_create(Person() for _ in range(count))]


def _write_moves(decision: IdentityDecision, moves: Sequence[Move]) -> None:
    IdentityMove.objects.bulk_create(
        IdentityMove(
            decision=decision,
            record_id=move.record,
            from_person_id=move.from_person,
            to_person_id=move.to_person,
        )
        for move in moves
    )


def _keep_apart(pairs: Sequence[Pair], decision: IdentityDecision) -> None:
    NeverSame.objects.bulk_create(
        NeverSame(left_record_id=left, right_record_id=right, decision=decision) for left, right in pairs
    )


def _check_not_overtaken(decision: IdentityDecision, back: Sequence[Move], scene: _Scene) -> None:
    """Refuse when a later decision would no longer be true, or could itself no longer be taken back."""
    before = scene.person_of
    after = {**before, **{move.record: move.to_person for move in back}}
    reunited = effects.pairs_parted_by(decision) if decision.kind == DecisionKind.SPLIT else []
    broken = (
        any(before[move.record] != move.from_person for move in back)
        or not {record for pair in reunited for record in pair} <= after.keys()
        or effects.was_split_later(decision, list(before))
        or clusters.undo_breaks(
            before=before,
            after=after,
            links=effects.standing_links(list(before), without=decision),
            apart=effects.pairs_apart(before, without=decision),
            reunited=reunited,
        )
    )
    if broken:
        raise DecisionOvertaken(_later(decision, list(before)))


def _later(decision: IdentityDecision, records: Sequence[int]) -> list[UUID]:
    touching = (
        IdentityDecision.objects.filter(
            Q(left_record__in=records)
            | Q(right_record__in=records)
            | Q(moves__record__in=records)
            | Q(apart__left_record__in=records)
            | Q(apart__right_record__in=records),
            undone_at__isnull=True,
            decided_at__gte=decision.decided_at,
        )
        .exclude(pk=decision.pk)
        .order_by("-decided_at", "-pk")
        .values_list("pk", "decided_at")
        .distinct()
    )
    return [pk for pk, _at in touching]
