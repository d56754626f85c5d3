"""Whatever a report counts, and however it is narrowed, the rows behind a figure add up to it."""

from dataclasses import replace
from datetime import date
from itertools import chain
from typing import Any

import pytest

from spoiwo.institutions.types import Kind
from spoiwo.support.queries import measures
from spoiwo.support.queries.report import by_county, report
from spoiwo.support.queries.rows import Rows, Table, rows_of
from spoiwo.support.services import events, identity, people, periods, results
from spoiwo.support.types import (
    DeliveryKind,
    EventDetails,
    EventKind,
    Figure,
    LabourStatus,
    Scope,
    SessionDetails,
)
from spoiwo.territory.services import load_shipped
from spoiwo.toolkit.context import acting_for
from tests.makers import institutions
from tests.makers import support as made

pytestmark = pytest.mark.django_db
FIRST, LAST = date(2024, 1, 1), date(2024, 12, 31)
HERE, THERE = "0861011", "0862011"


def busy_centre():
    """A centre that worked in two counties, for people with and without work, of whom two rows are one person."""
    owes = made.adviser_of(institutions.institution("", Kind.OWES, teryt=HERE))
    ewa, again, jan = (
        made.person(owes, labour_status=status)
        for status in (LabourStatus.UNEMPLOYED, LabourStatus.EMPLOYED, LabourStatus.EMPLOYED)
    )
    entity, founded = made.entity(owes), made.entity(owes, is_social=False)
    with acting_for(owes.institution_id):
        identity.join_participants(ewa.uuid, again.uuid, by=owes)
        stays, becomes = (
            people.add_group(name=name, founded_on=FIRST, by=owes) for name in ("Grupa A", "Grupa B")
        )
        people.become_entity(becomes.uuid, entity=founded.uuid, on=LAST, by=owes)
    for recipient, kind, minutes, where in (
        (ewa, DeliveryKind.GENERAL, 60, HERE),
        (again, DeliveryKind.GENERAL, 45, THERE),
        (jan, DeliveryKind.SPECIALIST, 30, THERE),
        (entity, DeliveryKind.SPECIALIST, 90, HERE),
        (stays, DeliveryKind.ANIMATION, 120, HERE),
        (becomes, DeliveryKind.ANIMATION, 120, THERE),
    ):
        made.delivered(
            owes,
            recipient,
            kind=kind,
            minutes=minutes,
            teryt=where,
            participants={jan.uuid: 20} if recipient in (entity, becomes) else {},
            anonymous_headcount=4 if recipient == stays else 0,
        )
    for event_kind, where, whom in (
        (EventKind.TRAINING, HERE, ewa),
        (EventKind.STUDY_VISIT, THERE, again),
        (EventKind.SEMINAR, THERE, jan),
    ):
        made.attended(
            owes, made.event(owes, 240, kind=event_kind, teryt=where), whom, 200, entity=entity.uuid
        )
    return owes, jan


def in_no_order(counties: dict[str, list[Figure]]) -> dict[str, set[Figure]]:
    """Figures by county; a database may keep them in any order."""
    return {county: set(figures) for county, figures in counties.items()}


def measured(key: str, rows: Rows) -> Any:
    """What the rows say the figure is; None for a sum that its rows do not tell one by one."""
    found = list(rows.rows)
    if rows.table is Table.PEOPLE:
        by: dict[str, Any] = {"person_times": "times", "person_hours": "minutes"}
        name = by.get(key.rsplit(".", maxsplit=1)[-1])
        total = sum(getattr(one, name) for one in found) if name else len(found)
        return total / 60 if name == "minutes" else total
    if rows.table is Table.DELIVERIES and key.endswith(".hours"):
        return sum(one.minutes for one in found) / 60
    if key.endswith(".anonymous"):
        return sum(one.anonymous_headcount for one in found)
    if key.endswith(".groups") and rows.table is Table.DELIVERIES:
        return len({one.group_id for one in found})
    if key.endswith((".count", ".entities", ".social", ".other", ".recipients.people")):
        return len(found)
    return None


@pytest.mark.parametrize(
    "narrowed",
    [
        pytest.param({}, id="everything"),
        pytest.param({"counties": frozenset({HERE[:4]})}, id="one county"),
        pytest.param({"unemployed": True}, id="unemployed people"),
        pytest.param({"unemployed": False, "counties": frozenset({THERE[:4]})}, id="others of a county"),
    ],
)
def test_rows_add_up_to_their_figure(narrowed):
    owes, _jan = busy_centre()
    scope = Scope(first=FIRST, last=LAST, institutions=frozenset({owes.institution_id}), **narrowed)

    with acting_for(owes.institution_id):
        figures = {one.key: one.value for one in measures.figures(scope)}
        told = {key: measured(key, rows) for key in figures if (rows := rows_of(key, scope)) is not None}

    checked = {key: value for key, value in told.items() if value is not None}
    assert {key: figures[key] for key in checked} == pytest.approx(checked)
    assert sum(value > 0 for value in checked.values()) > 10


def test_a_closed_period_stands_for_every_place_and_for_people_with_and_without_work():
    load_shipped()
    owes, jan = busy_centre()
    whole = Scope(first=FIRST, last=LAST, institutions=frozenset({owes.institution_id}))
    subregion = frozenset({"0801", "0803", "0805", "0806", "0807", "0861"})
    parts = [
        replace(whole, counties=counties, unemployed=unemployed)
        for counties in (frozenset[str](), frozenset({"0861"}), frozenset({"0803"}), subregion)
        for unemployed in (None, True, False)
    ]
    with acting_for(owes.institution_id):
        before = [measures.figures(part) for part in parts]
        counties = in_no_order(by_county(report(whole)))
        periods.close_period(first_day=FIRST, last_day=LAST, today=date(2025, 1, 2), by=owes)
    made.delivered(owes, jan, teryt="0803011", correction_reason="późno", day=date(2024, 2, 2))

    with acting_for(owes.institution_id):
        found = [report(part) for part in parts]

        assert [one.figures for one in found] == before
        assert in_no_order(by_county(found[0])) == counties
        moved = [(True, False, True), (False, False, False), (True, False, True), (True, False, True)]
        assert [bool(one.changes) for one in found] == list(chain.from_iterable(moved))
        assert report(replace(whole, counties=frozenset({"1465"}))).period is None  # another voivodeship


def test_who_finished_a_meeting_cycle_is_listed_with_where():
    owes, jan = busy_centre()
    with acting_for(owes.institution_id):
        cycle = results.add_cycle(name="Animatorzy", sessions_planned=3, required_sessions=2, by=owes)
        days = tuple(SessionDetails(day=date(2024, 3, day), minutes=60) for day in (1, 2, 3))
        meetings = events.plan_event(
            EventDetails(
                kind=EventKind.CYCLE, title="Gorzów", place="Gorzów", sessions=days, cycle=cycle.uuid
            ),
            announce=True,
            by=owes,
        )
    made.attended(owes, meetings, jan, 60, 60, 0)
    made.attended(owes, meetings, made.person(owes), 60, 0, 0)
    scope = Scope(first=FIRST, last=LAST, institutions=frozenset({owes.institution_id}))

    with acting_for(owes.institution_id):
        (one,) = rows_of("cycles.finished.people", scope).rows

    assert (one.registration.participant_id, one.attended, one.planned) == (jan.pk, 2, 3)
    assert one.registration.event.place == "Gorzów"
