"""Events: what can follow what, who gets a place, who finished."""

from dataclasses import replace
from datetime import date, time, timedelta
from uuid import uuid4

import pytest

from spoiwo.calendars.models import Entry
from spoiwo.support.errors import (
    EventLocked,
    EventNotOpen,
    EventNotOver,
    MinutesNotPositive,
    NoSuchRow,
    NotFinished,
    NothingPlanned,
    OutsideProject,
    RegisteredAlready,
    WrongStep,
)
from spoiwo.support.models import Event, Participant, Registration
from spoiwo.support.services import certificates, events, registering, results
from spoiwo.support.types import (
    Applicant,
    EventDetails,
    EventKind,
    RegistrationState,
    SessionDetails,
)
from spoiwo.toolkit.conflicts import Conflict
from spoiwo.toolkit.context import acting_for
from tests.makers import support as made

pytestmark = pytest.mark.django_db
SESSION = SessionDetails(day=made.DAY, minutes=120, starts_at=time(9))
PLAN = EventDetails(kind=EventKind.TRAINING, title="Szkolenie", sessions=(SESSION,))


def test_an_event_without_a_session_or_outside_its_project_is_not_planned():
    by = made.centre()
    with acting_for(by.institution_id):
        project = results.add_project(
            name="P", number="", starts_on=date(2024, 1, 1), ends_on=date(2024, 2, 1), by=by
        )
        with pytest.raises(NothingPlanned):
            events.plan_event(replace(PLAN, sessions=()), by=by)
        with pytest.raises(MinutesNotPositive):
            events.plan_event(replace(PLAN, sessions=(replace(SESSION, minutes=0),)), by=by)
        with pytest.raises(OutsideProject):
            events.plan_event(replace(PLAN, project=project.uuid), by=by)
        with pytest.raises(NoSuchRow):
            events.plan_event(replace(PLAN, cycle=uuid4()), by=by)


def test_an_event_goes_from_draft_to_announced_to_reported_and_no_further():
    by = made.centre()
    with acting_for(by.institution_id):
        event = events.plan_event(PLAN, by=by)
        with pytest.raises(WrongStep):
            events.report_event(event.uuid, today=made.TODAY, by=by)
        events.announce(event.uuid, by=by)
        with pytest.raises(WrongStep):
            events.announce(event.uuid, by=by)
        with pytest.raises(EventNotOver):
            events.report_event(event.uuid, today=date(2024, 5, 13), by=by)
        with pytest.raises(NotFinished):
            certificates.issue_certificates(event.uuid, today=made.TODAY, by=by)
        events.report_event(event.uuid, today=made.TODAY, by=by)
        for refused in (
            lambda: events.cancel(event.uuid, by=by),
            lambda: events.change_event(event.uuid, PLAN, version=1, by=by),
            lambda: events.take_attendance(event.uuid, {}, by=by),
            lambda: registering.register(event.uuid, participant=made.person(by).uuid, by=by),
        ):
            with pytest.raises(EventLocked):
                refused()
        with pytest.raises(NoSuchRow):
            events.announce(uuid4(), by=by)


def test_an_event_called_off_takes_nobody():
    by = made.centre()
    event = made.event(by)
    with acting_for(by.institution_id):
        events.cancel(event.uuid, by=by)
        with pytest.raises(EventLocked):
            registering.register(event.uuid, participant=made.person(by).uuid, by=by)


def test_sessions_change_until_somebody_was_present():
    by = made.centre()
    event = made.event(by, 120)
    later = replace(PLAN, sessions=(replace(SESSION, day=date(2024, 6, 1)),))
    with acting_for(by.institution_id):
        changed = events.change_event(event.uuid, later, version=1, by=by)
        first = (changed.starts_on, changed.version, changed.code)
        registration = registering.register(event.uuid, participant=made.person(by).uuid, by=by)
        events.take_attendance(event.uuid, {(changed.sessions.get().uuid, registration.uuid): 120}, by=by)
        kept = events.change_event(event.uuid, replace(PLAN, title="Inny"), version=2, by=by)
        with pytest.raises(Conflict):
            events.change_event(event.uuid, PLAN, version=2, by=by)

    assert first == (date(2024, 6, 1), 2, event.code)
    assert (kept.title, kept.starts_on, kept.sessions.count()) == ("Inny", date(2024, 6, 1), 1)


def test_who_comes_after_the_last_place_waits_for_one():
    by = made.centre()
    event = made.event(by, capacity=1)
    first, second = made.person(by), made.person(by)
    with acting_for(by.institution_id):
        rows = registering.register_many(event.uuid, [(first.uuid, None), (second.uuid, None)], by=by)
        with pytest.raises(RegisteredAlready):
            registering.register(event.uuid, participant=first.uuid, by=by)
        with pytest.raises(NoSuchRow):
            registering.register(event.uuid, participant=uuid4(), by=by)
        registering.settle(rows[0].uuid, state=RegistrationState.CANCELLED, by=by)
        moved = registering.settle(rows[1].uuid, state=RegistrationState.ACCEPTED, by=by)
        with pytest.raises(WrongStep):
            registering.settle(rows[1].uuid, state=RegistrationState.ATTENDED, by=by)
        with pytest.raises(NoSuchRow):
            registering.settle(uuid4(), state=RegistrationState.ACCEPTED, by=by)

    assert [row.state for row in rows] == ["accepted", "waiting"]
    assert moved.state == "accepted"


def test_attendance_is_of_this_event_and_no_longer_than_its_sessions():
    by = made.centre()
    event, other = made.event(by, 60), made.event(by, 60)
    with acting_for(by.institution_id):
        row = registering.register(event.uuid, participant=made.person(by).uuid, by=by)
        here, there = event.sessions.get().uuid, other.sessions.get().uuid
        with pytest.raises(NoSuchRow):
            events.take_attendance(event.uuid, {(there, row.uuid): 60}, by=by)
        with pytest.raises(MinutesNotPositive):
            events.take_attendance(event.uuid, {(here, row.uuid): 61}, by=by)
        events.take_attendance(event.uuid, {(here, row.uuid): 0}, by=by)
        row.refresh_from_db()
        absent = row.state
        events.take_attendance(event.uuid, {(here, row.uuid): 30}, by=by)
        row.refresh_from_db()

    assert (absent, row.state) == ("no_show", "attended")


def test_certificates_go_to_those_who_finished_once_and_in_order():
    by = made.centre()
    event = made.event(by, 60, 60, 60, required_sessions=2)
    for name, minutes in (("Żak", (60, 60, 0)), ("Adamska", (60, 60, 60)), ("Nowak", (60, 0, 0))):
        made.attended(by, event, made.person(by, last_name=name), *minutes)
    with acting_for(by.institution_id):
        events.report_event(event.uuid, today=made.TODAY, by=by)
        issued = certificates.issue_certificates(event.uuid, today=made.TODAY, by=by)
        again = certificates.issue_certificates(event.uuid, today=made.TODAY, by=by)
        with pytest.raises(NoSuchRow):
            certificates.issue_certificates(uuid4(), today=made.TODAY, by=by)

    assert [(one.number, one.full_name, one.minutes) for one in issued] == [
        ("1/2024", "Ewa Adamska", 180),
        ("2/2024", "Ewa Żak", 120),
    ]
    assert again == []


def test_the_public_page_takes_applications_while_it_is_open():
    by = made.centre()
    event = made.event(by, 60)
    hidden = made.event(by, 60, is_public=False)
    jan = Applicant(first_name="Jan", last_name="Wymyślony", email="jan@example.pl", phone="990")
    with acting_for(by.institution_id):
        known = made.person(by, "Jan", last_name="Wymyślony", phone="990")
        applied = registering.apply(event, jan, today=date(2024, 5, 1))
        with pytest.raises(RegisteredAlready):
            registering.apply(event, jan, today=date(2024, 5, 2))
        with pytest.raises(EventNotOpen):
            registering.apply(event, jan, today=date(2024, 5, 15))
        with pytest.raises(EventNotOpen):
            registering.apply(hidden, jan, today=date(2024, 5, 1))
        accepted = registering.settle(applied.uuid, state=RegistrationState.ACCEPTED, by=by)
        other = replace(jan, email="inny@example.pl", phone="")
        stranger = registering.settle(
            registering.apply(event, other, today=date(2024, 5, 1)).uuid,
            state=RegistrationState.ACCEPTED,
            by=by,
        )
        same = registering.apply(event, replace(jan, email="jan2@example.pl"), today=date(2024, 5, 1))
        with pytest.raises(RegisteredAlready):
            registering.settle(same.uuid, state=RegistrationState.ACCEPTED, by=by)

        assert accepted.participant_id == known.pk
        assert stranger.participant_id not in {None, known.pk}
        assert Participant.objects.count() == 2
        events.report_event(event.uuid, today=made.TODAY, by=by)
        with pytest.raises(EventLocked):
            registering.settle(applied.uuid, state=RegistrationState.CANCELLED, by=by)


def test_exhibitors_stand_at_fairs_and_materials_at_every_event():
    by = made.centre()
    fair, training = made.event(by, kind=EventKind.FAIR), made.event(by)
    entity = made.entity(by)
    with acting_for(by.institution_id):
        events.add_exhibitors(fair.uuid, [entity.uuid, entity.uuid], stand="7", by=by)
        with pytest.raises(NoSuchRow):
            events.add_exhibitors(training.uuid, [entity.uuid], by=by)
        events.add_material(training.uuid, title="Statut", address="https://example.pl/statut", by=by)
        with pytest.raises(NoSuchRow):
            events.add_material(uuid4(), title="Statut", address="https://example.pl/statut", by=by)

        assert fair.exhibitors.get().stand == "7"
        assert Event.objects.get(pk=training.pk).materials.count() == 1
        assert not Registration.objects.exists()


def test_sessions_stand_in_the_calendar_from_announcement_on():
    by = made.centre()
    with acting_for(by.institution_id):
        event = events.plan_event(replace(PLAN, place="Słubice"), by=by)
        draft = list(Entry.objects.all())
        events.announce(event.uuid, by=by)
        announced = Entry.objects.get()
        later = replace(
            PLAN, sessions=(replace(SESSION, day=date(2024, 6, 1), starts_at=None, title="Statut"),)
        )
        events.change_event(event.uuid, replace(later, is_public=False), version=1, by=by)
        moved = Entry.objects.get()
        events.cancel(event.uuid, by=by)

    assert draft == []
    assert (announced.title, announced.place, announced.is_public) == ("Szkolenie", "Słubice", True)
    assert announced.ends_at - announced.starts_at == timedelta(minutes=120)
    assert (moved.title, moved.is_all_day, moved.is_public) == ("Szkolenie: Statut", True, False)
    assert Entry.objects.get().is_cancelled
