"""Events of past years with who was there, taken from a centre's own spreadsheet: a line for each person.

Events that a sheet names are written down as reported, so nobody is asked to keep their attendance again.
"""

import secrets
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import transaction

from spoiwo.kernel.actor import Actor
from spoiwo.kernel.text import search_key
from spoiwo.support.models import Attendance, Event, Project, Registration, Session
from spoiwo.support.services import past_recipients as past
from spoiwo.support.services.log import record
from spoiwo.support.services.past_recipients import LineProblem, Refused
from spoiwo.support.services.turns import wait_for_turn
from spoiwo.support.types import EventKind, EventState, RecipientKind, RegistrationState

Key = tuple[Any, ...]  # of an event: lines of one key are about one event


@dataclass(frozen=True, slots=True, kw_only=True)
class PastAttendance:
    """One line of the sheet: that somebody was at an event. person: None for people without names.

    edition: joins days of one event; without it each day (or stretch of days) of a title is an event of its own.
    lasted: minutes that it lasted, when that is more than somebody was there.
    """

    title: str
    day: date
    last_day: date
    minutes: int
    lasted: int = 0
    kind: EventKind = EventKind.TRAINING
    edition: str = ""
    place: str = ""
    teryt: str = ""
    project: str = ""
    person: past.Named | None = None
    entity: past.Named | None = None
    anonymous_headcount: int = 0

    @property
    def whole_title(self) -> str:
        """The title with the edition, which tells events of one title apart."""
        return f"{self.title} ({self.edition})"[:TITLE] if self.edition else self.title

    @property
    def key(self) -> Key:
        """What tells the event from others."""
        days = () if self.edition else (self.day, self.last_day)
        return self.kind.value, search_key(self.whole_title), *days


TITLE = 250
_Seat = tuple[Key, date, past.Whom]  # somebody at a session


@dataclass(slots=True)
class _Weighed:
    """A line that can be taken, and whom it names."""

    line: PastAttendance
    person: past.Found | None
    entity: past.Found | None
    project: Project | None


def weigh_lines(lines: Sequence[PastAttendance], *, today: date, by: Actor) -> list[LineProblem | None]:
    """What is wrong with each line, None when it can be taken; writes nothing."""
    return [one if isinstance(one, LineProblem) else None for one in _Known(lines, today, by).weighed()]


@transaction.atomic
def take_lines(lines: Sequence[PastAttendance], *, today: date, by: Actor) -> list[LineProblem | None]:
    """Write the good lines down, and new events, people and entities once each; tells what is wrong with the others.

    A line that was taken before is refused as written already, so taking a sheet twice does no harm.
    """
    wait_for_turn(by.institution_id)
    known = _Known(lines, today, by)
    weighed = known.weighed()
    good = [one for one in weighed if isinstance(one, _Weighed)]
    named = (found for one in good for found in (one.person, one.entity) if found is not None)
    rows = past.write_down(named, by=by)
    by_event: dict[Key, list[_Weighed]] = defaultdict(list)
    for one in good:
        by_event[one.line.key].append(one)
    for key, held in by_event.items():
        event = _locked(known.events.get(key)) or _event(held[0], today, by)
        _write_sessions(event, held)
        _write_attendance(event, held, rows)
    record(by, "events", len(by_event), count=len(good))
    return [one if isinstance(one, LineProblem) else None for one in weighed]


@dataclass(slots=True)
class _Known:
    """What the centre knows already of what the lines name."""

    lines: Sequence[PastAttendance]
    today: date
    by: Actor
    days: past.Days = field(init=False)
    recipients: past.Recipients = field(init=False)
    events: dict[Key, Event] = field(default_factory=dict)
    taken: set[_Seat] = field(default_factory=set)
    counted: set[Key] = field(default_factory=set)  # events whose people without names are counted

    def __post_init__(self) -> None:
        self.days = past.Days(self.by, self.today)
        named = [one for line in self.lines for one in (line.person, line.entity) if one is not None]
        self.recipients = past.Recipients(named, self.by)
        self._load_events()

    def weighed(self) -> list[_Weighed | LineProblem]:
        """What each line comes to."""
        return past.weighed(self.lines, self._weigh)

    def _weigh(self, line: PastAttendance) -> _Weighed:
        a_day = -(-line.minutes // ((line.last_day - line.day).days + 1))
        project = self.days.check(line.day, line.last_day, minutes=a_day, project=line.project)
        event = self.events.get(line.key)
        if event is not None and event.state != EventState.REPORTED:
            raise Refused(LineProblem.EVENT_UNDER_WAY)
        if line.person is None:
            if line.key in self.counted:
                raise Refused(LineProblem.WRITTEN_ALREADY)
            self.counted.add(line.key)
            return _Weighed(line, None, None, project)
        person = self.recipients.find(line.person)
        entity = self.recipients.find(line.entity) if line.entity else None
        seat = (line.key, line.day, person.whom)
        if seat in self.taken:
            raise Refused(LineProblem.WRITTEN_ALREADY)
        self.taken.add(seat)
        return _Weighed(line, person, entity, project)

    def _load_events(self) -> None:
        """Events of these titles, who was there, and whether people without names are counted."""
        wanted = {line.key for line in self.lines}
        rows = Event.objects.filter(institution_id=self.by.institution_id).visible_to(self.by)
        kinds = {line.kind.value for line in self.lines}
        keys = {}
        for row in rows.filter(kind__in=kinds).exclude(state=EventState.CANCELLED).order_by("pk"):
            written = (row.kind, search_key(row.title))
            for key in ((*written, row.starts_on, row.ends_on), written):
                if key in wanted:
                    self.events.setdefault(key, row)
                    keys[row.pk] = key
        self.counted = {key for key, row in self.events.items() if row.anonymous_headcount}
        there = Attendance.objects.visible_to(self.by).filter(session__event__in=list(keys))
        for event, day, participant in there.values_list("session__event_id", "day", "participant_id"):
            self.taken.add((keys[event], day, (RecipientKind.PERSON, participant)))


def _locked(event: Event | None) -> Event | None:
    return event and Event.objects.select_for_update().get(pk=event.pk)


def _event(one: _Weighed, today: date, by: Actor) -> Event:
    line = one.line
    made: Event = Event.objects.create(
        institution_id=by.institution_id,
        project=one.project,
        kind=line.kind,
        title=line.whole_title,
        place=line.place,
        teryt=line.teryt,
        county=line.teryt[:4],
        starts_on=line.day,
        ends_on=line.last_day,
        is_public=False,
        code=secrets.token_hex(5),
        state=EventState.REPORTED,
        reported_on=today,
    )
    return made


def _write_sessions(event: Event, held: Iterable[_Weighed]) -> None:
    """A session for each day, as long as anybody was there or the sheet says; the event lasts from first to last."""
    sessions = {one.day: one for one in event.sessions.select_for_update()}
    for one in held:
        line = one.line
        session = sessions.get(line.day)
        if session is None:
            session = Session(institution_id=event.institution_id, event=event, day=line.day, minutes=0)
            sessions[line.day] = session
        session.minutes = max(session.minutes, line.minutes, line.lasted)
        event.starts_on = min(event.starts_on, line.day)
        event.ends_on = max(event.ends_on, line.last_day)
        if one.person is None:
            event.anonymous_headcount = line.anonymous_headcount
    for session in sessions.values():
        session.save()
    event.save(update_fields=["starts_on", "ends_on", "anonymous_headcount"])


def _write_attendance(event: Event, held: Iterable[_Weighed], rows: Mapping[past.Whom, past.Row]) -> None:
    sessions = {one.day: one for one in event.sessions.all()}
    registered = {one.participant_id: one for one in event.registrations.filter(participant__isnull=False)}
    there = []
    for one in held:
        if one.person is None:
            continue
        person: Any = rows[one.person.whom]
        if person.pk not in registered:
            registered[person.pk] = Registration.objects.create(
                institution_id=event.institution_id,
                event=event,
                participant=person,
                entity=rows[one.entity.whom] if one.entity else None,  # type: ignore[misc]
                first_name=person.first_name,
                last_name=person.last_name,
                state=RegistrationState.ATTENDED,
            )
        there.append(
            Attendance(
                institution_id=event.institution_id,
                session=sessions[one.line.day],
                registration=registered[person.pk],
                participant=person,
                day=one.line.day,
                kind=event.kind,
                county=event.county,
                minutes=one.line.minutes,
            )
        )
    Attendance.objects.bulk_create(there, batch_size=500)
