"""What a report counts, added up in the database: one row for each person, recipient, or kind of event.

Distinct people, entities and recipients cannot be added up, so the cells keep who they are about; everything
else is a sum over cells.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, Sum
from django.db.models.functions import Coalesce

from spoiwo.support.models import Attendance, Delivery, DeliveryParticipant, Entity, Group, Participant
from spoiwo.support.querysets import CountedQuerySet, PeopleQuerySet
from spoiwo.support.types import DeliveryKind, EventKind, LabourStatus, Scope

BATCH = 20_000


@dataclass(frozen=True, slots=True)
class PersonCell:
    """What one participant took part in. times, minutes: by kind, kinds that did not happen left out."""

    county: str
    participant: int
    times: Mapping[str, int]
    minutes: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class RecipientCell:
    """What one recipient was given, counted once however many people were there."""

    county: str
    participant: int | None
    entity: int | None
    group: int | None
    count: Mapping[str, int]
    minutes: Mapping[str, int]
    anonymous: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Who:
    """The person behind a participant, and whether the centre wrote them down as unemployed."""

    person: Any
    is_unemployed: bool


@dataclass(frozen=True, slots=True)
class What:
    """The organisation behind an entity row."""

    identity: str
    is_social: bool


def delivery_people(scope: Scope, *, by_county: bool) -> list[PersonCell]:
    """Who was there when support was delivered."""
    rows = DeliveryParticipant.objects.within(scope)
    return _people(rows, scope, [kind.value for kind in DeliveryKind], by_county=by_county)


def event_people(scope: Scope, *, by_county: bool) -> list[PersonCell]:
    """Who was at sessions of events; what was attended counts even when somebody withdrew afterwards."""
    rows = Attendance.objects.within(scope).filter(minutes__gt=0)
    return _people(rows, scope, [kind.value for kind in EventKind], by_county=by_county)


def recipients(scope: Scope, *, by_county: bool) -> list[RecipientCell]:
    """To whom support was delivered; what was withdrawn is not there."""
    rows: CountedQuerySet = Delivery.objects.within(scope).filter(withdrawn_at__isnull=True)
    if scope.counties:
        rows = rows.filter(county__in=sorted(scope.counties))
    if scope.unemployed is not None:
        unemployed = Q(participant__labour_status=LabourStatus.UNEMPLOYED)
        rows = rows.filter(participant__isnull=False).filter(unemployed if scope.unemployed else ~unemployed)
    keys = [*(["county"] if by_county else []), "participant_id", "entity_id", "group_id"]
    kinds = [kind.value for kind in DeliveryKind]
    sums: dict[str, Any] = {}
    for kind in kinds:
        of_kind = Q(kind=kind)
        sums[f"n_{kind}"] = Count("pk", filter=of_kind)
        sums[f"m_{kind}"] = Coalesce(Sum("minutes", filter=of_kind), 0)
        sums[f"a_{kind}"] = Coalesce(Sum("anonymous_headcount", filter=of_kind), 0)
    cells = []
    for row in rows.order_by().values(*keys).annotate(**sums):
        present = [kind for kind in kinds if row[f"n_{kind}"]]
        cells.append(
            RecipientCell(
                county=row.get("county", ""),
                participant=row["participant_id"],
                entity=row["entity_id"],
                group=row["group_id"],
                count={kind: row[f"n_{kind}"] for kind in present},
                minutes={kind: row[f"m_{kind}"] for kind in present},
                anonymous={kind: row[f"a_{kind}"] for kind in present},
            )
        )
    return cells


def people_behind(participants: Iterable[int]) -> dict[int, Who]:
    """Who the participants are: one person for all rows that identity decisions have joined."""
    wanted = set(participants)
    found: dict[int, Who] = {}
    rows = Participant.objects.order_by().values_list(
        "pk", Coalesce("record__person_id", "person_id"), "labour_status"
    )
    for part in _parts(sorted(wanted)):
        for pk, person, status in rows.filter(pk__gte=part[0], pk__lte=part[-1]):
            if pk in wanted:
                found[pk] = Who(person, status == LabourStatus.UNEMPLOYED)
    return found


def entities_behind(entities: Iterable[int]) -> dict[int, What]:
    """Which organisations the rows stand for."""
    rows = Entity.objects.filter(pk__in=set(entities)).values_list("pk", "identity", "is_social")
    return {pk: What(identity, is_social) for pk, identity, is_social in rows}


def groups_behind(groups: Iterable[int], scope: Scope) -> dict[int, int | None]:
    """The entity each group had become by the end of the scope, None while it is a group."""
    rows = Group.objects.filter(pk__in=set(groups)).values_list("pk", "became_id", "became_on")
    return {pk: became if on is not None and on <= scope.last else None for pk, became, on in rows}


def _people(rows: PeopleQuerySet, scope: Scope, kinds: list[str], *, by_county: bool) -> list[PersonCell]:
    if scope.counties:
        rows = rows.filter(county__in=sorted(scope.counties))
    keys = [*(["county"] if by_county else []), "participant_id"]
    sums: dict[str, Any] = {}
    for kind in kinds:
        sums[f"n_{kind}"] = Count("pk", filter=Q(kind=kind))
        sums[f"m_{kind}"] = Coalesce(Sum("minutes", filter=Q(kind=kind)), 0)
    start = len(keys)
    names = [*keys, *sums]
    cells = []
    for row in rows.order_by().values(*keys).annotate(**sums).values_list(*names):
        pairs = [
            (kind, row[start + 2 * place], row[start + 2 * place + 1]) for place, kind in enumerate(kinds)
        ]
        cells.append(
            PersonCell(
                county=row[0] if by_county else "",
                participant=row[start - 1],
                times={kind: times for kind, times, _ in pairs if times},
                minutes={kind: minutes for kind, times, minutes in pairs if times},
            )
        )
    return cells


def _parts(numbers: list[int]) -> Iterable[list[int]]:
    return (numbers[start : start + BATCH] for start in range(0, len(numbers), BATCH))
