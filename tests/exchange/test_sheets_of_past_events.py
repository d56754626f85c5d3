"""Trainings of past years come in from a centre's own sheet with who was there, once, and count like any others."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as some

from spoiwo.exchange.rules import sheets as rules
from spoiwo.exchange.services import sheets
from spoiwo.exchange.types import Layout, RowProblem, SheetKind, SheetState
from spoiwo.kernel.actor import Actor
from spoiwo.support.models import Attendance, Entity, Event, Participant, Registration, Session
from spoiwo.support.queries import measures
from spoiwo.support.services import periods, results
from spoiwo.support.types import EventState, Scope
from spoiwo.toolkit.context import acting_for
from tests.makers import support as made
from tests.makers.sheets import checked

EWA = "44051401458"
HEADERS = ("Nazwa szkolenia", "Nr edycji", "Data", "Godziny", "Imię i nazwisko", "PESEL", "Instytucja", "PES")


def taken(by: Actor, headers: Any, *rows: Any) -> Any:
    """The sheet, checked and written down."""
    sheet = checked(by, headers, *rows, kind=SheetKind.EVENTS)
    with acting_for(by.institution_id):
        sheets.take_sheet(uuid=sheet.uuid, by=by)
        sheets.run_sheet(sheet.uuid)
        sheet.refresh_from_db()
    return sheet


def figures(by: Actor) -> dict[str, float]:
    scope = Scope(
        first=date(2021, 1, 1), last=date(2021, 12, 31), institutions=frozenset({by.institution_id})
    )
    with acting_for(by.institution_id):
        return {one.key: one.value for one in measures.figures(scope)}


def of(model: Any, by: Actor) -> Any:
    return model.objects.filter(institution_id=by.institution_id)


def read(headers: Any, row: Any) -> Any:
    layout = Layout(columns=rules.guess(SheetKind.EVENTS, headers).columns)
    return rules.SheetReader(SheetKind.EVENTS, headers, layout, {}).read(row)


@pytest.mark.django_db
def test_days_of_one_edition_are_sessions_of_one_training(monkeypatch):
    monkeypatch.setattr(sheets, "BATCH", 2)  # an event goes on in the next batch
    owes = made.centre()
    known = made.person(owes, "Ewa", last_name="Dawna", pesel=EWA)

    sheet = taken(
        owes,
        HEADERS,
        ["Statut", "I", "2021-03-01", "6", "Ewa Inaczejpisana", EWA, "Fundacja Próbna", "tak"],
        ["Statut", "I", "2021-03-01", "4", "Jan Wymyślony", "", "Gmina Próbna", "nie"],
        ["Statut", "I", "2021-03-02", "5", "Jan Wymyślony", "", "Gmina Próbna", "nie"],
        ["Statut", "II", "2021-06-01", "6", "Jan Wymyślony", "", "", ""],
        ["Statut", "I", "2021-03-02", "5", "Jan Wymyślony", "", "Gmina Próbna", "nie"],
    )

    with acting_for(owes.institution_id):
        assert (sheet.state, sheet.taken, sheet.problems) == (SheetState.DONE, 4, {"written_already:": 1})
        first, second = Event.objects.order_by("starts_on")
        assert (first.title, first.state, first.ends_on) == (
            "Statut (I)",
            EventState.REPORTED,
            date(2021, 3, 2),
        )
        assert list(first.sessions.order_by("day").values_list("minutes", flat=True)) == [360, 300]
        assert second.title == "Statut (II)"
        assert Participant.objects.count() == 2
        assert Attendance.objects.filter(participant=known).count() == 1
        assert set(Entity.objects.values_list("name", "is_social")) == {
            ("Fundacja Próbna", True),
            ("Gmina Próbna", False),
        }
    counted = figures(owes)
    assert counted["events.training.count"] == 2
    assert counted["events.training.hours"] == 17  # 6 and 5, then 6; each session once
    assert counted["events.training.person_hours"] == 21  # 6 + 4 + 5 + 6
    assert counted["events.trained.people"] == 2
    assert (counted["entities.social"], counted["entities.other"]) == (1, 1)


@pytest.mark.django_db
def test_a_stretch_of_days_is_one_event_and_people_without_names_are_a_head_count():
    owes = made.centre()
    headers = ("Tytuł", "Rodzaj wydarzenia", "Data od", "Data do", "Godziny", "Nazwisko", "Liczba osób")
    rows = [
        ["Jak to robią inni", "wizyta studyjna", "2021-04-05", "2021-04-07", "20", "Wymyślona", ""],
        ["Jak to robią inni", "wizyta studyjna", "2021-04-12", "2021-04-13", "12", "Wymyślona", ""],
        ["Ekonomia społeczna", "konferencja", "2021-05-10", "", "5", "", "120"],
    ]

    taken(owes, headers, *rows)
    again = taken(owes, headers, *rows)

    assert again.problems == {"written_already:": 3}
    counted = figures(owes)
    assert (counted["events.study_visit.count"], counted["events.study_visit.hours"]) == (2, 32)
    assert counted["events.study_visit.people"] == 1
    assert (counted["events.conference.count"], counted["events.conference.anonymous"]) == (1, 120)


@pytest.mark.django_db
def test_what_the_register_would_refuse_is_refused_line_by_line():
    owes = made.centre()
    kept = made.event(owes, 240, title="Szkolenie w toku")
    with acting_for(owes.institution_id):
        results.add_project(
            name="OWES 2021", number="1/2021", starts_on=date(2021, 1, 1), ends_on=date(2021, 6, 30), by=owes
        )
        periods.close_period(
            first_day=date(2020, 1, 1), last_day=date(2020, 12, 31), today=date(2021, 1, 5), by=owes
        )
    headers = ("Tytuł", "Dzień", "Ostatni dzień", "Minuty", "Nazwisko", "Projekt", "PESEL")
    tomorrow = (timezone.localdate() + timedelta(days=1)).isoformat()
    rows = [
        ["Szkolenie", "2021-06-30", "2021-07-01", "600", "Próbna", "owes 2021", ""],
        ["Szkolenie", "2020-12-31", "2021-01-01", "600", "Próbna", "", ""],
        ["Szkolenie", tomorrow, "", "60", "Próbna", "", ""],
        ["Szkolenie", "2021-02-03", "", "1500", "Próbna", "", ""],
        ["Szkolenie", "2021-02-03", "2021-02-04", "1500", "Próbna", "", ""],
        ["Szkolenie", "2021-02-05", "", "60", "Próbna", "", "44051401459"],
        ["szkolenie w toku", kept.starts_on.isoformat(), "", "60", "Próbna", "", ""],
        ["Szkolenie", "2021-02-03", "2021-02-01", "60", "Próbna", "", ""],
    ]

    sheet = checked(owes, headers, *rows, kind=SheetKind.EVENTS)

    assert sheet.problems == {
        "outside_project:project": 1,
        "period_closed:day": 1,
        "day_to_come:day": 1,
        "no_minutes:minutes": 1,
        "bad_number:": 1,
        "event_under_way:title": 1,
        "end_before_start:last_day": 1,
    }
    assert sheet.taken == 1


@pytest.mark.parametrize(
    ("row", "found"),
    [
        pytest.param(
            ["Szkolenie", "2021-02-03", "60", "", ""], (RowProblem.NOBODY, "last_name"), id="nobody"
        ),
        pytest.param(
            ["Szkolenie", "2021-02-03", "", "", "A B"], (RowProblem.NO_MINUTES, "minutes"), id="time"
        ),
        pytest.param(["", "2021-02-03", "60", "", "A B"], (RowProblem.MISSING, "title"), id="no title"),
    ],
)
def test_what_cannot_be_read_is_named(row, found):
    _, findings = read(("Tytuł", "Dzień", "Minuty", "Wymiar", "Uczestnik"), row)

    assert [(one.problem, one.field) for one in findings] == [found]


def test_who_was_there_to_the_end_is_told_by_how_long_it_lasted():
    values, findings = read(
        ("Tytuł", "Dzień", "Minuty", "Wymiar", "Uczestnik"),
        ["Szkolenie", "2021-02-03", "", "6", "Ewa Próbna"],
    )

    assert findings == []
    assert (values["minutes"], values["lasted"], values["last_name"]) == (360, 360, "Próbna")
    assert values["last_day"] == date(2021, 2, 3)


SEATS = some.tuples(
    some.sampled_from(["I", "II"]),
    some.integers(1, 3),
    some.sampled_from(["A B", "C D"]),
    some.integers(1, 4),
)


@pytest.mark.django_db
@given(seats=some.lists(SEATS, min_size=1, max_size=8))
@settings(max_examples=6, deadline=None)
def test_any_sheet_seats_everybody_once_and_no_longer_than_its_session(seats):
    owes = made.centre()
    rows = [
        ["Szkolenie", edition, f"{day}.02.2021", str(hours), name, "", "", ""]
        for edition, day, name, hours in seats
    ]

    for _ in range(2):
        taken(owes, HEADERS, *rows)

    with acting_for(owes.institution_id):
        there = list(of(Attendance, owes).select_related("session"))
        assert len(there) == len({seat[:3] for seat in seats})
        assert all(0 < one.minutes <= one.session.minutes for one in there)
        assert of(Event, owes).count() == len({edition for edition, *_rest in seats})
        assert of(Session, owes).count() == len({seat[:2] for seat in seats})
        assert of(Registration, owes).count() == len({(edition, name) for edition, _day, name, _h in seats})
