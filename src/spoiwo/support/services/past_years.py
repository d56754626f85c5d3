"""Support given in past years, taken from a centre's own spreadsheet: weighed line by line, then written down."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from django.db import transaction

from spoiwo.kernel.actor import Actor
from spoiwo.kernel.text import search_key
from spoiwo.support.errors import BadNumber, InTheFuture, MinutesNotPositive, OutsideProject
from spoiwo.support.models import ClosedPeriod, Delivery, Entity, Group, Participant, Project
from spoiwo.support.rules import deliveries as rules
from spoiwo.support.services import deliveries, people
from spoiwo.support.services.numbers import blind, entity_number, pesel_number
from spoiwo.support.types import (
    DeliveryDetails,
    DeliveryKind,
    EntityDetails,
    LabourStatus,
    Mode,
    PersonDetails,
    RecipientKind,
    RecipientRef,
    Span,
)
from spoiwo.toolkit.among import among

Row = Participant | Entity | Group


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


@dataclass(frozen=True, slots=True, kw_only=True)
class PastLine:
    """One line of the sheet: what was given to whom. adviser_id: 0 for whoever brings the sheet in."""

    day: date
    minutes: int
    recipient: RecipientKind
    name: str = ""  # of an entity or a group
    first_name: str = ""
    last_name: str = ""
    pesel: str = ""
    birth_date: date | None = None
    labour_status: LabourStatus = LabourStatus.UNKNOWN
    number: str = ""  # NIP or REGON of an entity
    kind: DeliveryKind = DeliveryKind.GENERAL
    mode: Mode = Mode.OFFICE
    topic: str = ""
    place: str = ""
    teryt: str = ""
    project: str = ""
    adviser_id: int = 0
    anonymous_headcount: int = 0

    @property
    def written(self) -> str:
        """The name as it is compared."""
        if self.recipient is RecipientKind.PERSON:
            return search_key(f"{self.last_name} {self.first_name}")[: people.LONGEST_SEARCH]
        return search_key(self.name)


class _Refused(Exception):
    """Never leaves this module."""

    def __init__(self, problem: LineProblem):
        super().__init__(problem)
        self.problem = problem


_Whom = tuple[Any, ...]  # kind and id of a row, or what a row to be made is told by


@dataclass(slots=True)
class _Weighed:
    """A line that can be taken: whom it is for, and the row when the centre has one."""

    line: PastLine
    whom: _Whom
    row: Row | None
    project: Project | None


def weigh_lines(lines: Sequence[PastLine], *, today: date, by: Actor) -> list[LineProblem | None]:
    """What is wrong with each line, None when it can be taken; writes nothing."""
    return [one if isinstance(one, LineProblem) else None for one in _weighed(lines, today, by)]


@transaction.atomic
def take_lines(lines: Sequence[PastLine], *, today: date, by: Actor) -> list[LineProblem | None]:
    """Write the good lines down, and new people, entities and groups once each; tells what is wrong with the others.

    A line that was taken before is refused as written already, so taking a sheet twice does no harm.
    """
    weighed = _weighed(lines, today, by)
    good = [one for one in weighed if isinstance(one, _Weighed)]
    refs = _write_recipients(good, by)
    given = [_details(one, refs[one.whom]) for one in good]
    if given:
        deliveries.record_deliveries(given, today=today, by=by)
    return [one if isinstance(one, LineProblem) else None for one in weighed]


def _weighed(lines: Sequence[PastLine], today: date, by: Actor) -> list[_Weighed | LineProblem]:
    if not lines:
        return []
    known = _Known(lines, by)
    found: list[_Weighed | LineProblem] = []
    for line in lines:
        try:
            found.append(known.weigh(line, today))
        except _Refused as refused:
            found.append(refused.problem)
    return found


@dataclass(slots=True)
class _Known:
    """What the centre knows already of what the lines name."""

    lines: Sequence[PastLine]
    by: Actor
    by_name: dict[tuple[RecipientKind, str], list[Row]] = field(default_factory=lambda: defaultdict(list))
    by_number: dict[Any, Row] = field(default_factory=dict)
    new: dict[tuple[RecipientKind, str], dict[_Whom, PastLine]] = field(
        default_factory=lambda: defaultdict(dict)
    )
    projects: dict[str, Project] = field(default_factory=dict)
    periods: list[ClosedPeriod] = field(default_factory=list)
    spans: dict[Any, list[Span]] = field(default_factory=lambda: defaultdict(list))

    def __post_init__(self) -> None:
        self._load_people()
        self._load_entities()
        self._load_groups()
        for project in Project.objects.visible_to(self.by):
            for name in (project.name, project.number):
                self.projects.setdefault(search_key(name), project)
        self.periods = list(ClosedPeriod.objects.filter(institution_id=self.by.institution_id))
        self._load_spans()

    def weigh(self, line: PastLine, today: date) -> _Weighed:
        """The line with whom it is for. Raises _Refused."""
        project = self._project(line, today)
        if any(one.first_day <= line.day <= one.last_day for one in self.periods):
            raise _Refused(LineProblem.PERIOD_CLOSED)
        whom, row = self._whom(line)
        spans = self.spans[line.adviser_id or self.by.user_id, line.day, whom]
        span = Span(None, line.minutes)
        if any(rules.overlap(span, other) for other in spans):
            raise _Refused(LineProblem.WRITTEN_ALREADY)
        spans.append(span)
        return _Weighed(line, whom, row, project)

    def _project(self, line: PastLine, today: date) -> Project | None:
        project = self.projects.get(search_key(line.project)) if line.project else None
        if line.project and project is None:
            raise _Refused(LineProblem.UNKNOWN_PROJECT)
        try:
            rules.check_minutes(line.minutes)
            rules.check_day(
                day=line.day,
                today=today,
                starts_on=project.starts_on if project else None,
                ends_on=project.ends_on if project else None,
            )
        except MinutesNotPositive:
            raise _Refused(LineProblem.NO_MINUTES) from None
        except InTheFuture:
            raise _Refused(LineProblem.DAY_TO_COME) from None
        except OutsideProject:
            raise _Refused(LineProblem.OUTSIDE_PROJECT) from None
        return project

    def _whom(self, line: PastLine) -> tuple[_Whom, Row | None]:
        """The row that the line names, or by what a row to be made is told from others."""
        number = _number(line)
        row = self.by_number.get(number) if number else None
        row = row or _only(
            one for one in self.by_name[line.recipient, line.written] if _may_be(one, line, number=number)
        )
        if row is not None:
            return (line.recipient, row.pk), row
        new = self.new[line.recipient, line.written]
        whom = (line.recipient, number or (line.written, line.birth_date))
        if whom not in new:
            whom = _only(key for key, first in new.items() if _may_be_new(first, line)) or whom
        new.setdefault(whom, line)
        return whom, None

    def _load_people(self) -> None:
        persons = [line for line in self.lines if line.recipient is RecipientKind.PERSON]
        rows = Participant.objects.visible_to(self.by)
        indexes = {index for line in persons if (index := _number_or_none(line))}
        for row in rows.filter(among("pesel_index", sorted(indexes))):
            self.by_number[bytes(row.pesel_index)] = row
        for row in rows.filter(among("search_key", self._names(RecipientKind.PERSON))):
            self.by_name[RecipientKind.PERSON, row.search_key].append(row)

    def _load_entities(self) -> None:
        entities = [line for line in self.lines if line.recipient is RecipientKind.ENTITY]
        rows = Entity.objects.visible_to(self.by)
        for row in rows.filter(among("search_key", self._names(RecipientKind.ENTITY))):
            self.by_name[RecipientKind.ENTITY, row.search_key].append(row)
        numbers = sorted({number for line in entities if (number := _number_or_none(line))})
        for field_name in ("nip", "regon"):
            for row in rows.filter(among(field_name, numbers)):
                self.by_number[getattr(row, field_name)] = row

    def _load_groups(self) -> None:
        if self._names(RecipientKind.GROUP):
            for row in Group.objects.visible_to(self.by).filter(became__isnull=True):
                self.by_name[RecipientKind.GROUP, search_key(row.name)].append(row)

    def _load_spans(self) -> None:
        """What was given on these days with no hour noted, as lines of a sheet are."""
        written = Delivery.objects.visible_to(self.by).filter(
            day__in={line.day for line in self.lines}, withdrawn_at__isnull=True, starts_at__isnull=True
        )
        for one in written:
            pks = zip(RecipientKind, (one.participant_id, one.entity_id, one.group_id), strict=True)
            whom = next((kind, pk) for kind, pk in pks if pk is not None)
            self.spans[one.adviser_id, one.day, whom].append(Span(None, one.minutes))

    def _names(self, kind: RecipientKind) -> list[str]:
        return sorted({line.written for line in self.lines if line.recipient is kind})


def _only(found: Iterable[Any]) -> Any:
    """The only one, None without any. Raises _Refused when there are several."""
    first = list(found)
    if len(first) > 1:
        raise _Refused(LineProblem.SEVERAL_MATCH)
    return first[0] if first else None


def _number_or_none(line: PastLine) -> Any:
    try:
        return _number(line)
    except _Refused:
        return None


def _number(line: PastLine) -> Any:
    """The checked number that the line names somebody by, None without one. Raises _Refused."""
    try:
        if line.recipient is RecipientKind.PERSON:
            return blind(pesel_number(line.pesel)) if line.pesel else None
        return entity_number(line.number)[1] if line.number else None
    except BadNumber:
        raise _Refused(LineProblem.BAD_NUMBER) from None


def _may_be(row: Row, line: PastLine, *, number: object) -> bool:
    """Whether a row of this name may be whom the line means: no other number, no other day of birth."""
    if isinstance(row, Participant):
        other_day = bool(row.birth_date and line.birth_date and row.birth_date != line.birth_date)
        return not other_day and not (number and row.pesel_index)
    return not (number and isinstance(row, Entity) and (row.nip or row.regon))


def _may_be_new(first: PastLine, line: PastLine) -> bool:
    """The same of somebody whom an earlier line of the sheet named first."""
    other_day = bool(first.birth_date and line.birth_date and first.birth_date != line.birth_date)
    return not other_day and not (_number_or_none(first) and _number_or_none(line))


def _write_recipients(good: Iterable[_Weighed], by: Actor) -> dict[_Whom, RecipientRef]:
    """A recipient for each `whom`: the row there is, else a new one from the first line that names it."""
    refs: dict[_Whom, RecipientRef] = {}
    new: dict[RecipientKind, dict[_Whom, PastLine]] = defaultdict(dict)
    for one in good:
        if one.row is not None:
            refs[one.whom] = RecipientRef(one.line.recipient, one.row.uuid)
            continue
        first = new[one.line.recipient].setdefault(one.whom, one.line)
        if one.line.pesel and not first.pesel:
            new[one.line.recipient][one.whom] = one.line
    persons, entities = new[RecipientKind.PERSON], new[RecipientKind.ENTITY]
    made: list[Row] = []
    if persons:
        made += people.add_people([_person(line) for line in persons.values()], by=by)
    if entities:
        made += people.add_entities([_entity(line) for line in entities.values()], by=by)
    groups = new[RecipientKind.GROUP]
    made += [
        people.add_group(name=line.name, founded_on=line.day, teryt=line.teryt, by=by)
        for line in groups.values()
    ]
    for (whom, line), row in zip([*persons.items(), *entities.items(), *groups.items()], made, strict=True):
        refs[whom] = RecipientRef(line.recipient, row.uuid)
    return refs


def _person(line: PastLine) -> PersonDetails:
    return PersonDetails(
        first_name=line.first_name or "–",
        last_name=line.last_name,
        pesel=line.pesel,
        birth_date=line.birth_date,
        labour_status=line.labour_status,
        supported_from=line.day,
    )


def _entity(line: PastLine) -> EntityDetails:
    kind, number = entity_number(line.number) if line.number else ("nip", "")
    return EntityDetails(
        name=line.name,
        is_social=True,
        nip=number if kind == "nip" else "",
        regon=number if kind == "regon" else "",
    )


def _details(one: _Weighed, recipient: RecipientRef) -> DeliveryDetails:
    line = one.line
    return DeliveryDetails(
        kind=line.kind,
        day=line.day,
        minutes=line.minutes,
        recipient=recipient,
        mode=line.mode,
        topic=line.topic,
        place=line.place,
        teryt=line.teryt,
        adviser_id=line.adviser_id,
        project=one.project.uuid if one.project else None,
        anonymous_headcount=line.anonymous_headcount,
    )
