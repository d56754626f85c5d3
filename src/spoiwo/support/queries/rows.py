"""The rows behind a figure: what was counted, so that nobody has to believe a number."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.db.models import QuerySet

from spoiwo.support.models import (
    Attendance,
    Delivery,
    DeliveryParticipant,
    Entity,
    Exhibitor,
    Participant,
    PromotedEntity,
    Registration,
)
from spoiwo.support.queries import cells, measures, totals
from spoiwo.support.types import ADVICE, TRAINED_BY, DeliveryKind, EventKind, LabourStatus, Scope


class Table(StrEnum):
    """What kind of rows stand behind a figure."""

    DELIVERIES = "deliveries"
    PEOPLE = "people"
    ENTITIES = "entities"
    EVENTS = "events"
    RESULTS = "results"
    PROMOTION = "promotion"
    PARTNERSHIPS = "partnerships"
    CONTRACTS = "contracts"
    PATHS = "paths"
    KFS = "kfs"


@dataclass(frozen=True, slots=True)
class Person:
    """A participant with how often and how long they were there."""

    participant: Any
    times: int
    minutes: int


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows of one kind: a queryset, or Person rows."""

    table: Table
    rows: Any


_ALL = [kind.value for kind in DeliveryKind]
_PEOPLE = {"people", "person_times", "person_hours"}


def rows_of(key: str, scope: Scope) -> Rows | None:
    """The rows behind a figure; None for an unknown one. Asked in the context of the centre."""
    family, _, measure = key.partition(".")
    if family == "advice":
        return _support(measure, [kind.value for kind in ADVICE], scope)
    if family in {"support", "events"}:
        kind, _, measure = measure.partition(".")
        return (
            _support(measure, _ALL if kind == "all" else [kind], scope)
            if family == "support"
            else _events(kind, measure, scope)
        )
    found = _OTHERS.get(family)
    return found(measure, scope) if found else None


def _support(measure: str, kinds: Collection[str], scope: Scope) -> Rows:
    given = Delivery.objects.within(scope).filter(withdrawn_at__isnull=True, kind__in=list(kinds))
    if measure in _PEOPLE or measure == "recipients.people":
        there = DeliveryParticipant.objects.within(scope).filter(kind__in=list(kinds))
        if measure == "recipients.people":
            there = there.filter(delivery__participant__isnull=False)
        return Rows(Table.PEOPLE, _people(there))
    if measure == "recipients.entities":
        counted = measures.read(scope)
        mask = cells.mask_of(kinds)
        given_to = [row for row in counted.given[1] if row.mask & mask]
        wanted = {row.entity for row in given_to if row.entity}
        became = {counted.became[row.group] for row in given_to if row.group}
        return Rows(Table.ENTITIES, _entities(pk for pk in wanted | became if pk is not None))
    if measure == "anonymous":
        given = given.filter(anonymous_headcount__gt=0)
    if measure == "recipients.groups":
        given = given.filter(group__isnull=False)
    ordered = given.select_related("participant", "entity", "group", "adviser").order_by("-day", "-pk")
    return Rows(Table.DELIVERIES, ordered)


def _events(kind: str, measure: str, scope: Scope) -> Rows:
    kinds = [one.value for one in TRAINED_BY] if kind == "trained" else [kind]
    if measure in _PEOPLE:
        return Rows(
            Table.PEOPLE, _people(Attendance.objects.within(scope).filter(kind__in=kinds, minutes__gt=0))
        )
    events = totals.events_of(scope).filter(kind__in=kinds)
    if measure == "exhibitors":
        return Rows(
            Table.ENTITIES,
            _entities(Exhibitor.objects.filter(event__in=events).values_list("entity_id", flat=True)),
        )
    return Rows(Table.EVENTS, events.order_by("starts_on", "pk"))


def _reached(measure: str, scope: Scope) -> Rows:
    there = list(_people(DeliveryParticipant.objects.within(scope)))
    kinds = [one.value for one in (EventKind if measure == "reached" else TRAINED_BY)]
    came = _people(Attendance.objects.within(scope).filter(kind__in=kinds, minutes__gt=0))
    merged: dict[int, Person] = {}
    for one in (*there, *came):
        before = merged.get(one.participant.pk)
        merged[one.participant.pk] = Person(
            one.participant,
            one.times + (before.times if before else 0),
            one.minutes + (before.minutes if before else 0),
        )
    people = sorted(merged.values(), key=lambda one: one.participant.sort_key)
    if measure.endswith("unemployed"):
        people = [one for one in people if one.participant.labour_status == LabourStatus.UNEMPLOYED]
    return Rows(Table.PEOPLE, people)


def _served(measure: str, scope: Scope) -> Rows:
    given = Delivery.objects.within(scope).filter(withdrawn_at__isnull=True)
    wanted = set(given.filter(entity__isnull=False).values_list("entity_id", flat=True))
    groups = set(given.filter(group__isnull=False).values_list("group_id", flat=True))
    wanted |= {pk for pk in cells.groups_behind(groups, scope).values() if pk is not None}
    came = Attendance.objects.within(scope).filter(minutes__gt=0).values("registration")
    represented = Registration.objects.filter(pk__in=came, entity__isnull=False)
    wanted |= set(represented.values_list("entity_id", flat=True))
    return Rows(Table.ENTITIES, _entities(wanted).filter(is_social=measure == "social"))


def _animation(measure: str, scope: Scope) -> Rows:
    return Rows(
        Table.RESULTS,
        totals.results_of(scope).filter(kind=measure.split(".", maxsplit=1)[0]).order_by("day", "pk"),
    )


def _promotion(measure: str, scope: Scope) -> Rows:
    kind, _, what = measure.partition(".")
    rows = totals.promotion_of(scope).filter(kind=kind)
    if what == "entities":
        promoted = PromotedEntity.objects.filter(promotion__in=rows).values_list("entity_id", flat=True)
        return Rows(Table.ENTITIES, _entities(promoted))
    return Rows(Table.PROMOTION, rows.order_by("day", "pk"))


def _cycles(measure: str, scope: Scope) -> Rows:
    if measure == "finished.people":
        came = Attendance.objects.within(scope).filter(kind=EventKind.CYCLE, minutes__gt=0)
        return Rows(Table.PEOPLE, _people(came))
    return Rows(Table.EVENTS, totals.events_of(scope).filter(kind=EventKind.CYCLE).order_by("county", "pk"))


def _partnerships(measure: str, scope: Scope) -> Rows:
    if measure.startswith("contracts"):
        return Rows(
            Table.CONTRACTS, totals.contracts_of(scope).select_related("partnership").order_by("day", "pk")
        )
    return Rows(Table.PARTNERSHIPS, totals.partnerships_of(scope).order_by("name", "pk"))


def _paths(measure: str, scope: Scope) -> Rows:
    rows = totals.founded_of(scope) if measure == "founded" else totals.paths_of(scope)
    return Rows(
        Table.PATHS,
        rows.select_related("template", "participant", "entity", "group").order_by("opened_on", "pk"),
    )


def _kfs(_measure: str, scope: Scope) -> Rows:
    return Rows(Table.KFS, totals.kfs_of(scope).select_related("institution").order_by("first_day", "pk"))


_OTHERS: dict[str, Callable[[str, Scope], Rows]] = {
    "people": _reached,
    "entities": _served,
    "animation": _animation,
    "promotion": _promotion,
    "cycles": _cycles,
    "partnerships": _partnerships,
    "paths": _paths,
    "kfs": _kfs,
}


def _people(rows: QuerySet[Any]) -> list[Person]:
    times: dict[int, int] = defaultdict(int)
    minutes: dict[int, int] = defaultdict(int)
    for participant, long in rows.values_list("participant_id", "minutes"):
        times[participant] += 1
        minutes[participant] += long
    people = Participant.objects.in_bulk(list(times))
    found = [Person(people[pk], times[pk], minutes[pk]) for pk in times]
    return sorted(found, key=lambda one: one.participant.sort_key)


def _entities(wanted: Iterable[int]) -> QuerySet[Any]:
    found: QuerySet[Any] = Entity.objects.filter(pk__in=set(wanted)).order_by("sort_key", "pk")
    return found
