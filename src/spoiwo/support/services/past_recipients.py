"""Whom lines of past years' sheets name: the row the centre has, or one to be written down, once each."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any, TypeVar

from spoiwo.kernel.actor import Actor
from spoiwo.kernel.text import search_key
from spoiwo.support.errors import BadNumber, InTheFuture, MinutesNotPositive, OutsideProject
from spoiwo.support.models import ClosedPeriod, Entity, Group, Participant, Project
from spoiwo.support.rules import deliveries as rules
from spoiwo.support.services import people
from spoiwo.support.services.numbers import blind, entity_number, pesel_number
from spoiwo.support.types import EntityDetails, LabourStatus, PersonDetails, RecipientKind
from spoiwo.toolkit.among import among

Row = Participant | Entity | Group
Whom = tuple[Any, ...]  # kind and id of a row, or what a row to be made is told by


class LineProblem(StrEnum):
    """Why a line is not taken."""

    NO_MINUTES = "no_minutes"
    DAY_TO_COME = "day_to_come"
    UNKNOWN_PROJECT = "unknown_project"
    OUTSIDE_PROJECT = "outside_project"
    PERIOD_CLOSED = "period_closed"
    WRITTEN_ALREADY = "written_already"
    BAD_NUMBER = "bad_number"
    SEVERAL_MATCH = "several_match"
    EVENT_UNDER_WAY = "event_under_way"


class Refused(Exception):
    """A line that is not taken; never leaves the weighing of lines."""

    def __init__(self, problem: LineProblem):
        super().__init__(problem)
        self.problem = problem


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """Whom a line names. name: of an entity or a group; number: NIP or REGON of an entity; since: first support."""

    kind: RecipientKind
    since: date
    name: str = ""
    first_name: str = ""
    last_name: str = ""
    pesel: str = ""
    birth_date: date | None = None
    labour_status: LabourStatus = LabourStatus.UNKNOWN
    number: str = ""
    teryt: str = ""
    is_social: bool = True

    @property
    def written(self) -> str:
        """The name as it is compared."""
        if self.kind is RecipientKind.PERSON:
            return search_key(f"{self.last_name} {self.first_name}")[: people.LONGEST_SEARCH]
        return search_key(self.name)


@dataclass(frozen=True, slots=True)
class Found:
    """Whom a line is about, and the row when the centre has one."""

    named: Named
    whom: Whom
    row: Row | None


Line = TypeVar("Line")
Weighed = TypeVar("Weighed")


def weighed(lines: Sequence[Line], weigh: Callable[[Line], Weighed]) -> list[Weighed | LineProblem]:
    """What each line comes to, or why it is not taken."""
    found: list[Weighed | LineProblem] = []
    for line in lines:
        try:
            found.append(weigh(line))
        except Refused as refused:
            found.append(refused.problem)
    return found


@dataclass(slots=True)
class Days:
    """Projects and closed periods of the centre, which decide whether a day can be written down."""

    by: Actor
    today: date
    projects: dict[str, Project] = field(default_factory=dict)
    periods: list[ClosedPeriod] = field(default_factory=list)

    def __post_init__(self) -> None:
        for project in Project.objects.visible_to(self.by):
            for name in (project.name, project.number):
                self.projects.setdefault(search_key(name), project)
        self.periods = list(ClosedPeriod.objects.filter(institution_id=self.by.institution_id))

    def check(self, *days: date, minutes: int, project: str) -> Project | None:
        """The project of this name, once the days and the minutes a day fit. Raises Refused."""
        row = self.projects.get(search_key(project)) if project else None
        if project and row is None:
            raise Refused(LineProblem.UNKNOWN_PROJECT)
        try:
            rules.check_minutes(minutes)
            for day in days:
                rules.check_day(
                    day=day,
                    today=self.today,
                    starts_on=row.starts_on if row else None,
                    ends_on=row.ends_on if row else None,
                )
        except MinutesNotPositive:
            raise Refused(LineProblem.NO_MINUTES) from None
        except InTheFuture:
            raise Refused(LineProblem.DAY_TO_COME) from None
        except OutsideProject:
            raise Refused(LineProblem.OUTSIDE_PROJECT) from None
        if any(one.first_day <= day <= one.last_day for one in self.periods for day in days):
            raise Refused(LineProblem.PERIOD_CLOSED)
        return row


@dataclass(slots=True)
class Recipients:
    """The people, entities and groups that lines name, as far as the centre knows them."""

    everybody: Sequence[Named]
    by: Actor
    by_name: dict[tuple[RecipientKind, str], list[Row]] = field(default_factory=lambda: defaultdict(list))
    by_number: dict[Any, Row] = field(default_factory=dict)
    new: dict[tuple[RecipientKind, str], dict[Whom, Named]] = field(default_factory=lambda: defaultdict(dict))

    def __post_init__(self) -> None:
        self._load_people()
        self._load_entities()
        self._load_groups()

    def find(self, named: Named) -> Found:
        """The row that is meant, or by what a row to be made is told from others. Raises Refused."""
        number = _number(named)
        row = self.by_number.get(number) if number else None
        row = row or _only(
            one for one in self.by_name[named.kind, named.written] if _may_be(one, named, number=number)
        )
        if row is not None:
            return Found(named, (named.kind, row.pk), row)
        new = self.new[named.kind, named.written]
        whom = (named.kind, number or (named.written, named.birth_date))
        if whom not in new:
            whom = _only(key for key, first in new.items() if _may_be_new(first, named)) or whom
        new.setdefault(whom, named)
        return Found(named, whom, None)

    def _load_people(self) -> None:
        persons = [one for one in self.everybody if one.kind is RecipientKind.PERSON]
        rows = Participant.objects.visible_to(self.by)
        indexes = {index for one in persons if (index := _number_or_none(one))}
        for row in rows.filter(among("pesel_index", sorted(indexes))):
            self.by_number[bytes(row.pesel_index)] = row
        for row in rows.filter(among("search_key", self._names(RecipientKind.PERSON))):
            self.by_name[RecipientKind.PERSON, row.search_key].append(row)

    def _load_entities(self) -> None:
        entities = [one for one in self.everybody if one.kind is RecipientKind.ENTITY]
        rows = Entity.objects.visible_to(self.by)
        for row in rows.filter(among("search_key", self._names(RecipientKind.ENTITY))):
            self.by_name[RecipientKind.ENTITY, row.search_key].append(row)
        numbers = sorted({number for one in entities if (number := _number_or_none(one))})
        for field_name in ("nip", "regon"):
            for row in rows.filter(among(field_name, numbers)):
                self.by_number[getattr(row, field_name)] = row

    def _load_groups(self) -> None:
        if self._names(RecipientKind.GROUP):
            for row in Group.objects.visible_to(self.by).filter(became__isnull=True):
                self.by_name[RecipientKind.GROUP, search_key(row.name)].append(row)

    def _names(self, kind: RecipientKind) -> list[str]:
        return sorted({one.written for one in self.everybody if one.kind is kind})


def write_down(found: Iterable[Found], *, by: Actor) -> Mapping[Whom, Row]:
    """The row of each `whom`: the one there is, else a new one from the first line that names it."""
    rows: dict[Whom, Row] = {}
    new: dict[RecipientKind, dict[Whom, Named]] = {kind: {} for kind in RecipientKind}
    for one in found:
        if one.row is not None:
            rows[one.whom] = one.row
            continue
        first = new[one.named.kind].setdefault(one.whom, one.named)
        if one.named.pesel and not first.pesel:
            new[one.named.kind][one.whom] = one.named
    persons, entities, groups = (new[kind] for kind in RecipientKind)
    made: list[Row] = []
    if persons:
        made += people.add_people([_person(one) for one in persons.values()], by=by)
    if entities:
        made += people.add_entities([_entity(one) for one in entities.values()], by=by)
    made += [
        people.add_group(name=one.name, founded_on=one.since, teryt=one.teryt, by=by)
        for one in groups.values()
    ]
    return rows | dict(zip([*persons, *entities, *groups], made, strict=True))


def _only(found: Iterable[Any]) -> Any:
    """The only one, None without any. Raises Refused when there are several."""
    first = list(found)
    if len(first) > 1:
        raise Refused(LineProblem.SEVERAL_MATCH)
    return first[0] if first else None


def _number_or_none(one: Named) -> Any:
    try:
        return _number(one)
    except Refused:
        return None


def _number(one: Named) -> Any:
    """The checked number that somebody is named by, None without one. Raises Refused."""
    try:
        if one.kind is RecipientKind.PERSON:
            return blind(pesel_number(one.pesel)) if one.pesel else None
        return entity_number(one.number)[1] if one.number else None
    except BadNumber:
        raise Refused(LineProblem.BAD_NUMBER) from None


def _may_be(row: Row, named: Named, *, number: object) -> bool:
    """Whether a row of this name may be whom the line means: no other number, no other day of birth."""
    if isinstance(row, Participant):
        other_day = bool(row.birth_date and named.birth_date and row.birth_date != named.birth_date)
        return not other_day and not (number and row.pesel_index)
    return not (number and isinstance(row, Entity) and (row.nip or row.regon))


def _may_be_new(first: Named, named: Named) -> bool:
    """The same of somebody whom an earlier line of the sheet named first."""
    other_day = bool(first.birth_date and named.birth_date and first.birth_date != named.birth_date)
    return not other_day and not (_number_or_none(first) and _number_or_none(named))


def _person(one: Named) -> PersonDetails:
    return PersonDetails(
        first_name=one.first_name or "–",
        last_name=one.last_name,
        pesel=one.pesel,
        birth_date=one.birth_date,
        labour_status=one.labour_status,
        supported_from=one.since,
    )


def _entity(one: Named) -> EntityDetails:
    kind, number = entity_number(one.number) if one.number else ("nip", "")
    return EntityDetails(
        name=one.name,
        is_social=one.is_social,
        nip=number if kind == "nip" else "",
        regon=number if kind == "regon" else "",
    )
