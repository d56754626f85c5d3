"""The named measures of a report, kept apart: deliveries, hours, person-hours, person-times, distinct people.

`hours` counts a delivery once, however many people were there; `person_hours` adds up how long each was there.
`people` counts each person once, across kinds, centres and registers; `recipients` counts to whom support was
given: people, entities and groups, a group that became an entity as that entity.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from spoiwo.support.queries import cells, totals
from spoiwo.support.types import ADVICE, TRAINED_BY, DeliveryKind, EventKind, Figure, Scope, Unit
from spoiwo.toolkit.context import counting

MINUTES_IN_HOUR = 60
ALL_KINDS = tuple(kind.value for kind in DeliveryKind)


@dataclass(slots=True)
class Tally:
    """Sums by kind, and who stands behind each set of kinds. sets: mask of kinds -> people."""

    sums: dict[str, cells.Sums]
    sets: dict[int, set[Any]] = field(default_factory=dict)

    def total(self, what: str, kinds: Iterable[str]) -> int:
        """The sum over kinds of "count", "minutes" or "anonymous"."""
        return sum(getattr(self.sums[kind], what) for kind in kinds if kind in self.sums)

    def distinct(self, kinds: Iterable[str]) -> set[Any]:
        """Distinct people who took part in one of the kinds."""
        wanted = cells.mask_of(kinds)
        return set().union(*(people for mask, people in self.sets.items() if mask & wanted))


@dataclass(slots=True)
class Counted:
    """Everything a report needs of a scope, read once. who, what, became: who stands behind the rows."""

    scope: Scope
    given: tuple[list[cells.Sums], list[cells.RecipientCell]]
    there: tuple[list[cells.Sums], list[cells.PersonCell]]
    came: tuple[list[cells.Sums], list[cells.PersonCell]]
    who: dict[int, cells.Who] = field(default_factory=dict)
    what: dict[int, cells.What] = field(default_factory=dict)
    became: dict[int, int | None] = field(default_factory=dict)

    def unemployed(self, people: set[Any]) -> int:
        """How many of the people some centre wrote down as unemployed."""
        return len(people & {who.person for who in self.who.values() if who.is_unemployed})

    def given_tally(self) -> Tally:
        """Sums over deliveries, each counted once."""
        return Tally(cells.by_kind(self.given[0]))

    def people_tally(self, rows: tuple[list[cells.Sums], list[cells.PersonCell]]) -> Tally:
        """Sums over what people took part in, and who they are."""
        sums, people = rows
        sets: dict[int, set[Any]] = defaultdict(set)
        for row in people:
            sets[row.mask].add(self.who[row.participant].person)
        return Tally(cells.by_kind(sums), sets)

    def within(self, counties: frozenset[str]) -> "Counted":
        """The part of it that happened in some counties."""

        def part(rows: tuple[list[Any], list[Any]]) -> tuple[list[Any], list[Any]]:
            sums, found = rows
            return [one for one in sums if one.county in counties], [
                one for one in found if one.county in counties
            ]

        scope = replace(self.scope, counties=counties)
        return Counted(
            scope, part(self.given), part(self.there), part(self.came), self.who, self.what, self.became
        )


@counting()
def read(scope: Scope, *, by_county: bool = False) -> Counted:
    """The scope's cells and who stands behind them."""
    counted = Counted(
        scope,
        cells.recipients(scope, by_county=by_county),
        cells.delivery_people(scope, by_county=by_county),
        cells.event_people(scope, by_county=by_county),
    )
    given = counted.given[1]
    participants = {row.participant for row in (*counted.there[1], *counted.came[1])}
    participants |= {row.participant for row in given if row.participant is not None}
    counted.who = cells.people_behind(participants)
    counted.became = cells.groups_behind((row.group for row in given if row.group), scope)
    became = {entity for entity in counted.became.values() if entity is not None}
    counted.what = cells.entities_behind(became | {row.entity for row in given if row.entity})
    return counted


@counting()
def figures(scope: Scope) -> list[Figure]:
    """All figures of a scope, in the order they are shown. Asks in the caller's context (toolkit.context)."""
    return [*_of_people(read(scope)), *totals.figures(scope)]


@counting()
def narrowed(scope: Scope, places: Iterable[frozenset[str]]) -> dict[str, list[Figure]]:
    """All figures of every place, and of people with and without work, there and everywhere, by Scope.part."""
    found = {}
    wholes = [read(replace(scope, unemployed=whom), by_county=True) for whom in (None, True, False)]
    for counties in {frozenset[str](), *places}:
        others = list(totals.figures(replace(scope, counties=counties)))
        for whole in wholes:
            counted = whole.within(counties) if counties else whole
            if counted.scope.part:
                found[counted.scope.part] = [*_of_people(counted), *others]
    return found


def _of_people(counted: Counted) -> list[Figure]:
    given, there, came = _tallies(counted)
    families = {"advice": [kind.value for kind in ADVICE], "support.all": list(ALL_KINDS)}
    families |= {f"support.{kind}": [kind] for kind in ALL_KINDS}
    return [
        *(
            figure
            for name, kinds in families.items()
            for figure in _support(name, counted, given, there, kinds)
        ),
        *_events(counted, came),
        *_reached(counted, there, came),
    ]


@counting()
def by_county(scope: Scope) -> dict[str, list[Figure]]:
    """Figures of support and of who was reached, county by county of where it happened; "" when not noted."""
    whole = read(scope, by_county=True)
    counties = {one.county for sums, _rows in (whole.given, whole.there, whole.came) for one in sums}
    found = {}
    for county in sorted(counties):
        counted = whole.within(frozenset({county}))
        given, there, came = _tallies(counted)
        found[county] = [
            *_support("advice", counted, given, there, [kind.value for kind in ADVICE]),
            *_support("support.all", counted, given, there, list(ALL_KINDS)),
            *_reached(counted, there, came),
        ]
    return found


def _tallies(counted: Counted) -> tuple[Tally, Tally, Tally]:
    return counted.given_tally(), counted.people_tally(counted.there), counted.people_tally(counted.came)


def _support(
    name: str, counted: Counted, given: Tally, there: Tally, kinds: Collection[str]
) -> Iterator[Figure]:
    wanted = cells.mask_of(kinds)
    rows = [row for row in counted.given[1] if row.mask & wanted]
    people, entities, groups = _recipients(rows, counted)
    yield Figure(f"{name}.count", given.total("count", kinds))
    yield Figure(f"{name}.hours", _hours(given.total("minutes", kinds)), Unit.HOURS)
    yield Figure(f"{name}.person_hours", _hours(there.total("minutes", kinds)), Unit.HOURS)
    yield Figure(f"{name}.person_times", there.total("count", kinds))
    yield Figure(f"{name}.people", len(there.distinct(kinds)))
    yield Figure(f"{name}.recipients", len(people) + len(entities) + len(groups))
    yield Figure(f"{name}.recipients.people", len(people))
    yield Figure(f"{name}.recipients.entities", len(entities))
    yield Figure(f"{name}.recipients.groups", len(groups))
    yield Figure(f"{name}.anonymous", given.total("anonymous", kinds))


def _recipients(
    given: Iterable[cells.RecipientCell], counted: Counted
) -> tuple[set[Any], set[str], set[int]]:
    """Distinct people, entities (by identity) and groups that are still groups."""
    people: set[Any] = set()
    entities: set[str] = set()
    groups: set[int] = set()
    for row in given:
        entity = row.entity
        if row.group is not None:
            entity = counted.became[row.group]
            if entity is None:
                groups.add(row.group)
        if row.participant is not None:
            people.add(counted.who[row.participant].person)
        if entity is not None:
            entities.add(counted.what[entity].identity)
    return people, entities, groups


def _events(counted: Counted, came: Tally) -> Iterator[Figure]:
    held = totals.events_held(counted.scope)
    for kind in EventKind:
        one = held[kind.value]
        name = f"events.{kind.value}"
        yield Figure(f"{name}.count", one.count)
        yield Figure(f"{name}.counties", one.counties)
        yield Figure(f"{name}.hours", _hours(one.minutes), Unit.HOURS)
        yield Figure(f"{name}.person_hours", _hours(came.total("minutes", [kind.value])), Unit.HOURS)
        yield Figure(f"{name}.person_times", came.total("count", [kind.value]))
        yield Figure(f"{name}.people", len(came.distinct([kind.value])))
        yield Figure(f"{name}.anonymous", one.anonymous)
    yield Figure("events.trained.people", len(came.distinct(TRAINED_BY)))


def _reached(counted: Counted, there: Tally, came: Tally) -> Iterator[Figure]:
    supported = there.distinct(ALL_KINDS) | came.distinct(TRAINED_BY)
    reached = supported | came.distinct(list(EventKind))
    social, other = totals.entities_served(counted.scope, counted.what, _entity_rows(counted))
    yield Figure("people.supported", len(supported))
    yield Figure("people.supported.unemployed", counted.unemployed(supported))
    yield Figure("people.reached", len(reached))
    yield Figure("entities.social", social)
    yield Figure("entities.other", other)


def _entity_rows(counted: Counted) -> set[int]:
    rows = {row.entity for row in counted.given[1] if row.entity is not None}
    became = {counted.became[row.group] for row in counted.given[1] if row.group is not None}
    return rows | {entity for entity in became if entity is not None}


def _hours(minutes: int) -> float:
    return minutes / MINUTES_IN_HOUR
