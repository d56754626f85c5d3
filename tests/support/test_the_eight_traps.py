"""Eight situations in which support is easily counted wrong; every expected figure is worked out by hand."""

from datetime import date
from typing import Any

import pytest

from spoiwo.access.types import LinkRule
from spoiwo.kernel.actor import Actor
from spoiwo.support.errors import EventHasAttendance, PeriodClosed
from spoiwo.support.queries import measures
from spoiwo.support.queries.report import report
from spoiwo.support.services import deliveries, events, identity, people, periods, registering
from spoiwo.support.types import DeliveryKind, EventKind, RegistrationState, Scope
from spoiwo.toolkit.context import acting_for
from tests.makers import support as made
from tests.makers.access import agreement

pytestmark = pytest.mark.django_db
YEAR = Scope(first=date(2024, 1, 1), last=date(2024, 12, 31))
EWA, JAN = "44051401458", "02070803628"


def counted(*centres: Actor, **scope: Any) -> dict[str, float]:
    """Figures of the year for these centres, or for all."""
    ids = frozenset(one.institution_id for one in centres)
    wanted = Scope(first=YEAR.first, last=YEAR.last, institutions=ids, **scope)
    with acting_for(0, job="export"):
        return {one.key: one.value for one in measures.figures(wanted)}


def test_one_advice_to_three_people_of_one_entity():
    owes = made.centre()
    entity = made.entity(owes)
    there = {made.person(owes).uuid: minutes for minutes in (90, 90, 60)}

    made.delivered(owes, entity, minutes=90, participants=there)

    figures = counted(owes)
    assert figures["advice.count"] == 1
    assert figures["advice.hours"] == 1.5  # once, however many people were there
    assert figures["advice.person_hours"] == 4  # 90 + 90 + 60 minutes
    assert figures["advice.person_times"] == 3
    assert figures["advice.people"] == 3
    assert figures["advice.recipients"] == 1
    assert figures["advice.recipients.entities"] == 1
    assert figures["advice.recipients.people"] == 0


def test_a_training_of_two_days_with_different_attendance():
    owes = made.centre()
    training = made.event(owes, 240, 360)
    both, first_only, nobody = (made.person(owes) for _ in range(3))

    made.attended(owes, training, both, 240, 360)
    made.attended(owes, training, first_only, 180, 0)
    made.attended(owes, training, nobody, 0, 0)

    figures = counted(owes)
    assert figures["events.training.count"] == 1
    assert figures["events.training.hours"] == 10  # 240 + 360 minutes, once
    assert figures["events.training.people"] == 2
    assert figures["events.training.person_times"] == 3
    assert figures["events.training.person_hours"] == 13  # 240 + 360 + 180 minutes
    assert figures["events.trained.people"] == 2


def test_the_same_person_under_two_centres_counts_once_where_an_agreement_joins_them():
    here, there = made.centre("OWES Tu"), made.centre("OWES Tam")
    left = made.person(here, "Ewa", last_name="Próbna", pesel=EWA)
    right = made.person(there, "Ewa", last_name="Próbna", pesel=EWA)
    made.delivered(here, left)
    made.delivered(there, right)
    apart = counted(here, there)["advice.people"]
    agreement(left.institution, right.institution, link_rules=[LinkRule.PESEL_ONE_FIELD])

    joined = identity.join_same_people(here.institution_id, day=date(2024, 6, 1))

    assert (apart, joined) == (2, 1)
    assert counted(here, there)["advice.people"] == 1
    assert counted(here, there)["advice.recipients"] == 1
    assert counted(here, there)["advice.count"] == 2
    assert counted(here)["advice.people"] == counted(there)["advice.people"] == 1


def test_a_person_later_found_to_be_another_counts_once_until_that_is_undone():
    owes = made.centre()
    one, same = made.person(owes), made.person(owes)
    made.delivered(owes, one)
    made.delivered(owes, same, minutes=30)

    with acting_for(owes.institution_id):
        identity.join_participants(one.uuid, same.uuid, by=owes)
    joined = counted(owes)
    with acting_for(owes.institution_id):
        identity.undo_join(same.uuid, by=owes)

    assert (joined["advice.people"], joined["advice.recipients"], joined["advice.hours"]) == (1, 1, 1.5)
    assert counted(owes)["advice.people"] == 2


def test_a_correction_after_closing_is_listed_and_changes_no_figure():
    owes = made.centre()
    row = made.delivered(owes, made.person(owes), minutes=120)
    scope = Scope(first=YEAR.first, last=YEAR.last, institutions=frozenset({owes.institution_id}))
    with acting_for(owes.institution_id):
        periods.close_period(first_day=YEAR.first, last_day=YEAR.last, today=date(2025, 1, 2), by=owes)

        with pytest.raises(PeriodClosed):
            deliveries.withdraw_delivery(row.uuid, reason=" ", by=owes)
        deliveries.withdraw_delivery(row.uuid, reason="wpisano dwa razy", by=owes)

        closed = report(scope)
    frozen = {one.key: one.value for one in closed.figures}
    assert (frozen["advice.count"], frozen["advice.hours"], frozen["advice.people"]) == (1, 2, 1)
    assert counted(owes)["advice.count"] == 0  # what would be counted now
    assert [(one.kind, one.minutes_before, one.minutes_after) for one in closed.corrections] == [
        ("withdrawn", 120, 0)
    ]


def test_people_without_names_are_a_head_count_and_nothing_else():
    owes = made.centre()
    made.delivered(owes, made.entity(owes), anonymous_headcount=12, kind=DeliveryKind.ANIMATION)
    made.event(owes, 120, kind=EventKind.INFORMATION, anonymous_headcount=40)

    figures = counted(owes)
    assert figures["support.animation.anonymous"] == 12
    assert figures["support.animation.people"] == 0
    assert figures["events.information.anonymous"] == 40
    assert figures["events.information.people"] == 0
    assert figures["people.reached"] == 0


def test_a_group_that_becomes_an_entity_is_one_recipient():
    owes = made.centre()
    entity = made.entity(owes)
    with acting_for(owes.institution_id):
        group = people.add_group(name="Grupa", founded_on=date(2024, 1, 5), by=owes)
    made.delivered(owes, group, day=date(2024, 2, 1))
    before = counted(owes)
    with acting_for(owes.institution_id):
        people.become_entity(group.uuid, entity=entity.uuid, on=date(2024, 6, 1), by=owes)
    made.delivered(owes, entity, day=date(2024, 7, 1))

    after = counted(owes)
    first_half = Scope(first=date(2024, 1, 1), last=date(2024, 5, 31))
    with acting_for(0, job="export"):
        spring = {one.key: one.value for one in measures.figures(first_half)}
    assert (before["advice.recipients.groups"], before["advice.recipients.entities"]) == (1, 0)
    assert (after["advice.recipients.groups"], after["advice.recipients.entities"]) == (0, 1)
    assert (after["advice.count"], after["advice.recipients"], after["entities.social"]) == (2, 1, 1)
    assert (spring["advice.recipients.groups"], spring["advice.recipients.entities"]) == (1, 0)


def test_who_withdraws_after_the_first_day_was_there_that_day():
    owes = made.centre()
    training = made.event(owes, 240, 240)
    left_early = made.attended(owes, training, made.person(owes), 240, 0)

    with acting_for(owes.institution_id):
        registering.settle(left_early.uuid, state=RegistrationState.CANCELLED, by=owes)
        with pytest.raises(EventHasAttendance):
            events.cancel(training.uuid, by=owes)

    figures = counted(owes)
    assert figures["events.training.people"] == 1
    assert figures["events.training.person_times"] == 1
    assert figures["events.training.person_hours"] == 4


def test_unemployed_people_are_counted_once_and_apart():
    owes = made.centre()
    without, working = (
        made.person(owes, labour_status="unemployed"),
        made.person(owes, labour_status="employed"),
    )
    made.delivered(owes, without)
    made.delivered(owes, without, day=date(2024, 6, 3))
    made.delivered(owes, working)

    assert counted(owes)["people.supported.unemployed"] == 1
    assert counted(owes, unemployed=True)["advice.count"] == 2
    assert counted(owes, unemployed=True)["advice.people"] == 1
    assert counted(owes, unemployed=False)["advice.people"] == 1


def test_counties_are_told_by_where_support_was_given():
    owes = made.centre()
    one = made.person(owes)
    made.delivered(owes, one, teryt="0801052")
    made.delivered(owes, one, teryt="0803011", day=date(2024, 6, 3), minutes=30)

    with acting_for(owes.institution_id):
        found = measures.by_county(YEAR)

    told = {county: {one.key: one.value for one in rows} for county, rows in found.items()}
    assert {county: rows["advice.hours"] for county, rows in told.items()} == {"0801": 1, "0803": 0.5}
    assert {county: rows["people.supported"] for county, rows in told.items()} == {"0801": 1, "0803": 1}
    assert counted(owes)["people.supported"] == 1
