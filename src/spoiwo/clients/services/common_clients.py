"""Keeping the derived list of common clients right: one row for each own record and other institution.

Everything in it follows from the register, the identity decisions and the agreements in force, so that it may
be dropped and rebuilt at any time with the same result.
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import NamedTuple, cast
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from spoiwo.access import queries as access
from spoiwo.clients.models import (
    CommonClient,
    Extract,
    HiddenRecord,
    IdentityDecision,
    RecordVersion,
    RegisterState,
    SourceRecord,
)
from spoiwo.clients.rules import clusters
from spoiwo.clients.services.bulk import Adapters, chunks, insert_rows
from spoiwo.clients.types import DecisionKind, RegisterKind
from spoiwo.toolkit.among import among

COPIED = ("sort_key", "last_key", "first_key", "teryt", "status", "worker")  # from the own record's values
KEPT = ("person_id", "since", "since_generation", "rule", *COPIED)
PART = 400  # people refreshed in one transaction


class Served(NamedTuple):
    """A record in the register in force: whose it is, its person, and the values a list needs."""

    record: int
    institution: int
    person: UUID
    sort_key: str
    last_key: str
    first_key: str
    teryt: str
    status: str
    worker: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """What a row of the list has to say, beside its key (record, other institution)."""

    institution_id: int
    person_id: UUID
    since: datetime
    since_generation: int
    rule: str
    sort_key: str
    last_key: str
    first_key: str
    teryt: str
    status: str
    worker: str


ROW_FIELDS = tuple(field.name for field in fields(Row))


@transaction.atomic
def refresh_common(people: Collection[UUID], *, day: date | None = None) -> int:
    """Bring the rows of everybody at these index rows in line with register, decisions and agreements.

    Returns how many rows came in addition. Call it in the context of a job that sees both sides.
    """
    day = day or timezone.localdate()
    added = 0
    for part in chunks(sorted(set(people))):
        added += _refresh(part, day)
    return added


def rebuild_common(institution_id: int, *, day: date | None = None) -> int:
    """Work out an institution's rows, and those of others about its clients, anew; how many came in addition."""
    return sum(refresh_common(people, day=day) for people in people_to_rebuild(institution_id))


def people_to_rebuild(institution_id: int) -> list[list[UUID]]:
    """Everybody whose rows depend on the institution, in parts to be refreshed one by one."""
    own = SourceRecord.objects.filter(institution_id=institution_id).values_list("person_id", flat=True)
    listed = CommonClient.objects.filter(Q(institution_id=institution_id) | Q(other_id=institution_id))
    shared = set(listed.values_list("person_id", flat=True)) | _of_several(set(own))
    return list(chunks(sorted(shared), PART))


def served_at(people: Collection[UUID]) -> list[Served]:
    """Records at these index rows that the registers in force hold (not vanished, not erased)."""
    versions = (
        RecordVersion.objects.current()
        .filter(among("record__person", people), record__erased_at__isnull=True)
        .order_by("record_id")
        .values_list("record_id", "institution_id", "record__person_id", *COPIED)
    )
    return [Served(*row) for row in versions]


def _of_several(people: set[UUID]) -> set[UUID]:
    shared: set[UUID] = set()
    seen: dict[UUID, int] = {}
    rows = SourceRecord.objects.filter(among("person", people)).values_list("person_id", "institution_id")
    for person, institution in rows:
        if seen.setdefault(person, institution) != institution:
            shared.add(person)
    return shared


def refresh_rows(served: Iterable[Served], records: Sequence[int], *, day: date) -> int:
    """Bring the rows of these records in line; how many came in addition.

    served: those of the people's records that registers in force hold. records: all of the people's records.
    """
    by_person: dict[UUID, list[Served]] = defaultdict(list)
    for one in served:
        by_person[one.person].append(one)
    shared = [group for group in by_person.values() if len({one.institution for one in group}) > 1]
    held = CommonClient.objects.filter(among("record", records))
    standing = {(row.record_id, row.other_id): row for row in held}
    wanted = _wanted(shared, day)
    _delete([row.pk for key, row in standing.items() if key not in wanted])
    fresh = {key: row for key, row in wanted.items() if key not in standing}
    _insert(fresh)
    _update(standing, wanted)
    return len(fresh)


def _refresh(people: Sequence[UUID], day: date) -> int:
    records = list(SourceRecord.objects.filter(among("person", people)).values_list("pk", flat=True))
    return refresh_rows(served_at(people), records, day=day)


def _insert(rows: Mapping[tuple[int, int], Row]) -> None:
    adapt = Adapters()
    insert_rows(
        CommonClient,
        ("record_id", "other_id", *ROW_FIELDS),
        [
            (
                *key,
                row.institution_id,
                adapt.uuid(row.person_id),
                adapt.instant(row.since),
                row.since_generation,
                row.rule,
                *(getattr(row, name) for name in COPIED),
            )
            for key, row in rows.items()
        ],
    )


def _delete(keys: Sequence[int]) -> None:
    if keys:
        CommonClient.objects.filter(among("pk", keys)).delete()


def _update(standing: Mapping[tuple[int, int], CommonClient], wanted: Mapping[tuple[int, int], Row]) -> None:
    changed = []
    for key, row in wanted.items():
        old = standing.get(key)
        if old is not None and any(getattr(old, name) != getattr(row, name) for name in KEPT):
            for name in KEPT:
                setattr(old, name, getattr(row, name))
            changed.append(old)
    CommonClient.objects.bulk_update(changed, ["person", *KEPT[1:]], batch_size=200)


def _wanted(groups: Sequence[Sequence[Served]], day: date) -> dict[tuple[int, int], Row]:
    """Rows by (own record, other institution): both serve the person, and an agreement joins the two."""
    institutions = {one.institution for group in groups for one in group}
    partners = {pk: access.partners_of(pk, day) for pk in sorted(institutions)}
    generations = _Generations(institutions)
    edges = _edges_of([one.person for group in groups for one in group])
    hidden = _hidden([one.record for group in groups for one in group])
    wanted: dict[tuple[int, int], Row] = {}
    for group in groups:
        served_by: dict[int, list[int]] = defaultdict(list)
        for one in group:
            if one.record not in hidden:  # that an institution serves somebody it hides is nobody's business
                served_by[one.institution].append(one.record)
        for one in group:
            for other in served_by.keys() & partners[one.institution]:
                edge = clusters.joined_by(one.record, served_by[other], edges[one.person])
                if edge is not None:
                    wanted[one.record, other] = _row(one, edge, generations)
    return wanted


def _hidden(records: Sequence[int]) -> set[int]:
    """Those of the records that a restriction hides."""
    return set(HiddenRecord.objects.filter(among("pk", records)).values_list("pk", flat=True))


def _row(one: Served, edge: clusters.Edge, generations: "_Generations") -> Row:
    return Row(
        institution_id=one.institution,
        person_id=one.person,
        since=edge.decided_at,
        since_generation=generations.at(one.institution, edge.decided_at),
        rule=edge.rule,
        **{name: getattr(one, name) for name in COPIED},
    )


def _edges_of(people: Collection[UUID]) -> dict[UUID, list[clusters.Edge]]:
    """Standing link decisions among the records of each person."""
    edges: dict[UUID, list[clusters.Edge]] = defaultdict(list)
    # By way of the records: asked for people, SQLite would read every decision there is.
    records = SourceRecord.objects.filter(among("person", set(people))).values("pk")
    rows = IdentityDecision.objects.filter(
        left_record__in=records, kind=DecisionKind.LINK, undone_at__isnull=True
    ).values_list(
        "left_record__person_id",
        "right_record__person_id",
        "left_record_id",
        "right_record_id",
        "decided_at",
        "rule",
    )
    for left_person, right_person, left, right, decided_at, rule in rows:
        if left_person == right_person:
            edges[left_person].append(clusters.Edge(clusters.in_order(left, right), decided_at, rule))
    return edges


class _Generations:
    """Which generation of an institution's register was in force at a moment."""

    def __init__(self, institutions: Collection[int]):
        self._published: dict[int, list[tuple[datetime, int]]] = defaultdict(list)
        extracts = Extract.objects.filter(
            institution__in=institutions, kind=RegisterKind.REGISTER, published_at__isnull=False
        ).order_by("published_at")
        for institution, at, generation in extracts.values_list(
            "institution_id", "published_at", "generation"
        ):
            self._published[institution].append((cast("datetime", at), generation))
        states = RegisterState.objects.filter(institution__in=institutions)
        self._now = dict(states.values_list("institution_id", "generation"))

    def at(self, institution: int, moment: datetime) -> int:
        """The generation at the moment; without a history of extracts the one in force now."""
        published = self._published[institution]
        place = bisect_right(published, moment, key=lambda one: one[0])
        if place:
            return published[place - 1][1]
        return self._now.get(institution, 0)
