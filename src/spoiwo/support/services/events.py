"""Events: planning, registering, attendance, reporting."""

import secrets
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Count, Q

from spoiwo.kernel.actor import Actor
from spoiwo.kernel.ids import new_uuid
from spoiwo.support.errors import (
    EventHasAttendance,
    EventLocked,
    EventNotOver,
    MinutesNotPositive,
    NoSuchRow,
    NothingPlanned,
    OutsideProject,
    WrongStep,
)
from spoiwo.support.models import (
    Attendance,
    Entity,
    Event,
    Exhibitor,
    Material,
    MeetingCycle,
    Project,
    Registration,
    Session,
)
from spoiwo.support.rules import events as rules
from spoiwo.support.services import registering
from spoiwo.support.services.calendar_of_events import show_in_calendar, take_out
from spoiwo.support.services.log import record
from spoiwo.support.types import EventDetails, EventKind, EventState, RegistrationState, SessionDetails
from spoiwo.toolkit.conflicts import Conflict
from spoiwo.toolkit.context import counting

BATCH = 1000
register = registering.register


@transaction.atomic
def plan_events(events: Sequence[EventDetails], *, announce: bool, by: Actor) -> list[Event]:
    """Write events down with their sessions. Raises NothingPlanned, OutsideProject, NoSuchRow, MinutesNotPositive."""
    projects = {row.uuid: row for row in Project.objects.visible_to(by)}
    cycles = {row.uuid: row for row in MeetingCycle.objects.visible_to(by)}
    rows, sessions = [], []
    for one in events:
        row = _event(one, projects, cycles, by)
        row.state = EventState.ANNOUNCED if announce else EventState.DRAFT
        rows.append(row)
        sessions += [_session(part, row) for part in one.sessions]
    Event.objects.bulk_create(rows, batch_size=BATCH)
    Session.objects.bulk_create(sessions, batch_size=BATCH)
    show_in_calendar(rows)
    record(by, "events", rows[0].uuid if len(rows) == 1 else len(rows), count=len(rows))
    return rows


def plan_event(event: EventDetails, *, by: Actor, announce: bool = False) -> Event:
    """Write an event down; raises what plan_events raises."""
    return plan_events([event], announce=announce, by=by)[0]


@transaction.atomic
def change_event(uuid: UUID, event: EventDetails, *, version: int, by: Actor) -> Event:
    """Write down how an event is planned now. Sessions at which people were present stay.

    Raises as plan_events, EventLocked, and Conflict when somebody was faster.
    """
    row = _open(uuid, by)
    if row.version != version:
        raise Conflict((), version=row.version)
    projects = {one.uuid: one for one in Project.objects.visible_to(by)}
    cycles = {one.uuid: one for one in MeetingCycle.objects.visible_to(by)}
    fresh = _event(event, projects, cycles, by)
    if _was_attended(row, least=0):
        fresh.starts_on, fresh.ends_on = row.starts_on, row.ends_on
    else:
        take_out(row)
        row.sessions.all().delete()
        Session.objects.bulk_create([_session(part, row) for part in event.sessions])
    fresh.pk, fresh.uuid, fresh.code = row.pk, row.uuid, row.code
    fresh.state, fresh.created_at, fresh.version = row.state, row.created_at, row.version + 1
    fresh.save()
    show_in_calendar([fresh])
    record(by, "event", uuid)
    return fresh


@transaction.atomic
def announce(uuid: UUID, *, by: Actor) -> None:
    """Open an event for registration. Raises NoSuchRow, WrongStep."""
    row = _open(uuid, by)
    if row.state != EventState.DRAFT:
        raise WrongStep
    row.state = EventState.ANNOUNCED
    row.save(update_fields=["state"])
    show_in_calendar([row])
    record(by, "event", uuid)


@transaction.atomic
def cancel(uuid: UUID, *, by: Actor) -> None:
    """Call an event off. Raises EventHasAttendance when somebody was there, EventLocked, NoSuchRow."""
    row = _open(uuid, by)
    if _was_attended(row, least=1):
        raise EventHasAttendance
    row.state = EventState.CANCELLED
    row.save(update_fields=["state"])
    show_in_calendar([row])
    record(by, "event", uuid)


@transaction.atomic
def take_attendance(uuid: UUID, presence: Mapping[tuple[UUID, UUID], int], *, by: Actor) -> int:
    """Write down who was there: (session, registration) -> minutes, 0 for somebody who was not.

    Who was at any session attended; who was at none did not come. Answers how many rows were written.
    Raises EventLocked, NoSuchRow for a pair of another event, MinutesNotPositive for more than the session lasts.
    """
    row = _open(uuid, by)
    sessions = {one.uuid: one for one in row.sessions.all()}
    registrations = {
        one.uuid: one for one in row.registrations.filter(participant__isnull=False).select_for_update()
    }
    rows = [
        _attendance(sessions.get(session), registrations.get(registration), minutes, row)
        for (session, registration), minutes in presence.items()
    ]
    Attendance.objects.bulk_create(
        rows,
        batch_size=BATCH,
        update_conflicts=True,
        unique_fields=["session", "registration"],
        update_fields=["minutes"],
    )
    _settle_states(row)
    record(by, "attendance", uuid, count=len(rows))
    return len(rows)


@transaction.atomic
def report_event(uuid: UUID, *, today: date, by: Actor) -> Event:
    """Lock attendance after the last session. Raises EventNotOver, EventLocked, NoSuchRow, WrongStep."""
    row = _open(uuid, by)
    if row.state != EventState.ANNOUNCED:
        raise WrongStep
    if row.ends_on > today:
        raise EventNotOver
    _settle_states(row)
    row.state, row.reported_on = EventState.REPORTED, today
    row.save(update_fields=["state", "reported_on"])
    record(by, "event", uuid)
    return row


@transaction.atomic
def add_exhibitors(
    uuid: UUID, entities: Iterable[UUID], *, by: Actor, stand: str = "", shows: str = ""
) -> int:
    """Write down who shows what at a fair; who stands there already is left alone. Raises NoSuchRow, EventLocked."""
    row = _open(uuid, by)
    wanted = list(dict.fromkeys(entities))
    found = {one.uuid: one for one in Entity.objects.visible_to(by).filter(uuid__in=wanted)}
    if row.kind != EventKind.FAIR or len(found) != len(wanted):
        raise NoSuchRow(str(uuid))
    made = [
        Exhibitor(institution_id=row.institution_id, event=row, entity=found[one], stand=stand, shows=shows)
        for one in wanted
    ]
    Exhibitor.objects.bulk_create(made, ignore_conflicts=True)
    record(by, "event", uuid, count=len(made))
    return len(made)


@transaction.atomic
def add_material(uuid: UUID, *, title: str, address: str, by: Actor) -> Material:
    """Put something to read beside an event. Raises NoSuchRow."""
    row = Event.objects.visible_to(by).filter(uuid=uuid).first()
    if row is None:
        raise NoSuchRow(str(uuid))
    return Material.objects.create(institution_id=row.institution_id, event=row, title=title, address=address)


def _open(uuid: UUID, by: Actor) -> Event:
    """The event, to be changed. Raises NoSuchRow, EventLocked."""
    found = Event.objects.filter(institution_id=by.institution_id).visible_to(by)
    row: Event | None = found.select_for_update().filter(uuid=uuid).first()
    if row is None:
        raise NoSuchRow(str(uuid))
    if row.state in {EventState.REPORTED, EventState.CANCELLED}:
        raise EventLocked
    return row


def _event(
    one: EventDetails, projects: Mapping[UUID, Project], cycles: Mapping[UUID, MeetingCycle], by: Actor
) -> Event:
    days = [part.day for part in one.sessions]
    if not days:
        raise NothingPlanned
    if any(part.minutes <= 0 for part in one.sessions):
        raise MinutesNotPositive("0")
    project = _known(projects, one.project)
    if project is not None and not project.starts_on <= min(days) <= max(days) <= project.ends_on:
        raise OutsideProject(project.starts_on, project.ends_on)
    return Event(
        uuid=new_uuid(),
        institution_id=by.institution_id,
        project=project,
        cycle=_known(cycles, one.cycle),
        kind=one.kind,
        title=one.title,
        about=one.about,
        place=one.place,
        teryt=one.teryt,
        county=one.teryt[:4],
        starts_on=min(days),
        ends_on=max(days),
        capacity=one.capacity,
        required_sessions=one.required_sessions,
        registration_until=one.registration_until,
        is_public=one.is_public,
        anonymous_headcount=one.anonymous_headcount,
        code=secrets.token_hex(5),
    )


@counting()
def _was_attended(event: Event, *, least: int) -> bool:
    """Whether anybody, hidden or not, is written down with at least so many minutes."""
    return bool(Attendance.objects.filter(session__event=event, minutes__gte=least).exists())


def _known(rows: Mapping[UUID, Any], uuid: UUID | None) -> Any:
    if uuid is None:
        return None
    if uuid not in rows:
        raise NoSuchRow(str(uuid))
    return rows[uuid]


def _session(part: SessionDetails, event: Event) -> Session:
    return Session(
        uuid=new_uuid(),
        institution_id=event.institution_id,
        event=event,
        day=part.day,
        starts_at=part.starts_at,
        minutes=part.minutes,
        title=part.title,
        track=part.track,
        leader=part.leader,
    )


def _attendance(
    session: Session | None, registration: Registration | None, minutes: int, event: Event
) -> Attendance:
    if session is None or registration is None or registration.participant_id is None:
        raise NoSuchRow("session")
    if not 0 <= minutes <= session.minutes:
        raise MinutesNotPositive(str(minutes))
    return Attendance(
        institution_id=event.institution_id,
        session=session,
        registration=registration,
        participant_id=registration.participant_id,
        day=session.day,
        kind=event.kind,
        county=event.county,
        minutes=minutes,
    )


@counting()
def _settle_states(event: Event) -> None:
    """Attended or did not come, as attendance says; who withdrew stays withdrawn."""
    known = event.registrations.annotate(
        noted=Count("attendances"), present=Count("attendances", filter=Q(attendances__minutes__gt=0))
    ).filter(noted__gt=0)
    settled = [*rules.HOLDING_A_PLACE, RegistrationState.NO_SHOW]
    for row in known.filter(state__in=settled):
        state = RegistrationState.ATTENDED if row.present else RegistrationState.NO_SHOW
        if row.state != state:
            Registration.objects.filter(pk=row.pk).update(state=state)
