"""The rows behind a figure: what was counted, so that nobody has to believe a number."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from enum import StrEnum
from itertools import chain
from typing import Any

from django.db.models import QuerySet

from spoiwo.kernel.actor import Actor
from spoiwo.support.models import Entity, Exhibitor, Participant, PromotedEntity
from spoiwo.support.queries import cells, totals
from spoiwo.support.querysets import WHO, PeopleQuerySet
from spoiwo.support.types import ADVICE, TRAINED_BY, DeliveryKind, EventKind, LabourStatus, Scope
from spoiwo.toolkit.among import among
from spoiwo.toolkit.context import counting


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
    FINISHED = "finished"


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody with how often and how long they were there. participant: the first row that stands for them."""

    participant: Any
    times: int
    minutes: int
    is_unemployed: bool


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows of one kind: a queryset, Person rows, or Finished rows. kept_back: some are about hidden people."""

    table: Table
    rows: Any
    kept_back: bool = False


_ALL = [kind.value for kind in DeliveryKind]
_PEOPLE = {"people", "person_times", "person_hours"}
_NAMING: dict[Table, Callable[[Any], int]] = {  # rows about one participant each
    Table.PEOPLE: lambda one: one.participant.pk,
    Table.FINISHED: lambda one: one.registration.participant_id,
}


@counting()
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


@counting()
def seen_by(actor: Actor, found: Rows) -> Rows:
    """The rows without those about people hidden from the actor, who are counted all the same."""
    if found.table in _NAMING:
        whose = {id(one): _NAMING[found.table](one) for one in found.rows}
        visible = Participant.objects.visible_to(actor).filter(among("pk", sorted(set(whose.values()))))
        seen = set(visible.values_list("pk", flat=True))
        rows = [one for one in found.rows if whose[id(one)] in seen]
        return Rows(found.table, rows, kept_back=len(rows) < len(found.rows))
    if found.table in {Table.DELIVERIES, Table.PATHS}:
        in_sight = found.rows.model.objects.visible_to(actor).values("pk")
        rest = found.rows.exclude(pk__in=in_sight)
        return Rows(found.table, found.rows.filter(pk__in=in_sight), kept_back=rest.exists())
    return found


def _support(measure: str, kinds: Collection[str], scope: Scope) -> Rows:
    given = cells.given(scope).filter(kind__in=list(kinds))
    if measure in _PEOPLE:
        return Rows(Table.PEOPLE, _people(cells.there(scope).filter(kind__in=list(kinds))))
    if measure == "recipients.people":
        alone = given.filter(participant__isnull=False).annotate(who=WHO)
        return Rows(Table.PEOPLE, _merged(alone.values_list("who", "participant_id", "minutes")))
    if measure == "recipients.entities":
        return Rows(Table.ENTITIES, _entities(_given_to(given, scope)))
    if measure == "recipients.groups":
        became = cells.groups_behind(given.exclude(group=None).values_list("group_id", flat=True), scope)
        given = given.filter(group__in=[pk for pk, entity in became.items() if entity is None])
    if measure == "anonymous":
        given = given.filter(anonymous_headcount__gt=0)
    ordered = given.select_related("participant", "entity", "group", "adviser").order_by("-day", "-pk")
    return Rows(Table.DELIVERIES, ordered)


def _given_to(given: QuerySet[Any], scope: Scope) -> set[int]:
    """Entities that support was given to, also while they were groups."""
    rows = set(given.values_list("entity_id", "group_id").distinct())
    became = cells.groups_behind((group for _entity, group in rows if group is not None), scope)
    found = {entity for entity, _group in rows} | set(became.values())
    return {pk for pk in found if pk is not None}


def _events(kind: str, measure: str, scope: Scope) -> Rows:
    kinds = [one.value for one in TRAINED_BY] if kind == "trained" else [kind]
    if measure in _PEOPLE:
        return Rows(Table.PEOPLE, _people(cells.came(scope).filter(kind__in=kinds)))
    events = totals.events_of(scope).filter(kind__in=kinds)
    if measure == "exhibitors":
        return Rows(
            Table.ENTITIES,
            _entities(Exhibitor.objects.filter(event__in=events).values_list("entity_id", flat=True)),
        )
    return Rows(Table.EVENTS, events.order_by("starts_on", "pk"))


def _reached(measure: str, scope: Scope) -> Rows:
    kinds = [one.value for one in (EventKind if measure == "reached" else TRAINED_BY)]
    people = _people(cells.there(scope), cells.came(scope).filter(kind__in=kinds))
    if measure.endswith("unemployed"):
        people = [one for one in people if one.is_unemployed]
    return Rows(Table.PEOPLE, people)


def _served(measure: str, scope: Scope) -> Rows:
    wanted = _given_to(cells.given(scope), scope) | totals.represented_at_events(scope)
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
        return Rows(Table.FINISHED, totals.finished_cycles(scope))
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


def _people(*rows: PeopleQuerySet) -> list[Person]:
    return _merged(
        chain.from_iterable(one.with_who().values_list("who", "participant_id", "minutes") for one in rows)
    )


def _merged(rows: Iterable[tuple[Any, int, int]]) -> list[Person]:
    """One line for each person, however many rows of the register stand for them."""
    participants: dict[Any, set[int]] = defaultdict(set)
    times: dict[Any, int] = defaultdict(int)
    minutes: dict[Any, int] = defaultdict(int)
    for who, participant, long in rows:
        participants[who].add(participant)
        times[who] += 1
        minutes[who] += long
    known = Participant.objects.in_bulk({pk for pks in participants.values() for pk in pks})
    found = []
    for who, pks in participants.items():
        same = [known[pk] for pk in sorted(pks)]
        unemployed = any(one.labour_status == LabourStatus.UNEMPLOYED for one in same)
        found.append(Person(same[0], times[who], minutes[who], unemployed))
    return sorted(found, key=lambda one: one.participant.sort_key)


def _entities(wanted: Iterable[int]) -> QuerySet[Any]:
    found: QuerySet[Any] = Entity.objects.filter(pk__in=set(wanted)).order_by("sort_key", "pk")
    return found
