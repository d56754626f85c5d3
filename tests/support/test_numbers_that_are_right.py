"""What is counted is counted right whatever was written down: rules of the register over made-up years."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given, settings
from hypothesis import strategies as some

from spoiwo.support.models import Delivery
from spoiwo.support.queries import measures
from spoiwo.support.queries.report import report
from spoiwo.support.services import deliveries, identity, people, periods
from spoiwo.support.types import Scope
from spoiwo.toolkit.context import acting_for
from tests.makers import support as made

pytestmark = pytest.mark.django_db
FEW = settings(max_examples=10, deadline=None)
MINUTES = some.lists(some.integers(1, 240), min_size=1, max_size=4)
FIRST, LAST = date(2024, 1, 1), date(2024, 12, 31)


def year_of(centre):
    return Scope(first=FIRST, last=LAST, institutions=frozenset({centre.institution_id}))


def counted(*centres):
    ids = frozenset(one.institution_id for one in centres)
    with acting_for(0, job="export"):
        return {
            one.key: one.value for one in measures.figures(Scope(first=FIRST, last=LAST, institutions=ids))
        }


@given(minutes=MINUTES, heads=some.integers(1, 3))
@FEW
def test_hours_are_counted_once_however_many_people_were_there(minutes, heads):
    owes = made.centre()
    entity = made.entity(owes)
    there = [made.person(owes) for _ in range(heads)]

    for place, long in enumerate(minutes):
        day = FIRST + timedelta(days=place)
        made.delivered(owes, entity, day=day, minutes=long, participants={one.uuid: long for one in there})

    figures = counted(owes)
    assert figures["advice.hours"] * 60 == pytest.approx(sum(minutes))
    assert figures["advice.person_hours"] * 60 == pytest.approx(sum(minutes) * heads)
    assert figures["advice.person_times"] == len(minutes) * heads
    assert figures["advice.people"] == heads
    assert figures["advice.recipients"] == 1


@given(times=some.lists(some.integers(1, 3), min_size=2, max_size=3))
@FEW
def test_a_person_joined_with_others_is_counted_once_however_many_rows_they_have(times):
    owes = made.centre()
    rows = [made.person(owes) for _ in times]
    for row, often in zip(rows, times, strict=True):
        for place in range(often):
            made.delivered(owes, row, day=FIRST + timedelta(days=place))
    apart = counted(owes)

    with acting_for(owes.institution_id):
        for other in rows[1:]:
            identity.join_participants(rows[0].uuid, other.uuid, by=owes)

    together = counted(owes)
    assert apart["advice.people"] == len(rows)
    assert together["advice.people"] == 1
    assert together["advice.person_times"] == apart["advice.person_times"] == sum(times)


@given(before=MINUTES, after=MINUTES)
@FEW
def test_figures_of_a_closed_period_never_change_and_corrections_are_listed(before, after):
    owes = made.centre()
    person = made.person(owes)
    rows = [
        made.delivered(owes, person, day=FIRST + timedelta(days=n), minutes=m) for n, m in enumerate(before)
    ]
    with acting_for(owes.institution_id):
        closed = periods.close_period(first_day=FIRST, last_day=LAST, today=date(2025, 1, 2), by=owes)
        frozen = report(year_of(owes)).figures

    for place, long in enumerate(after):
        made.delivered(
            owes, person, day=FIRST + timedelta(days=100 + place), minutes=long, correction_reason="późno"
        )
    with acting_for(owes.institution_id):
        deliveries.withdraw_delivery(rows[0].uuid, reason="pomyłka", by=owes)
        assert report(year_of(owes)).figures == frozen
    assert closed.corrections.count() == len(after) + 1


@given(filled=some.sets(some.sampled_from(["participant", "entity", "group"])))
@FEW
def test_a_recipient_is_exactly_one_of_person_entity_and_group(filled):
    owes = made.centre()
    row = made.delivered(owes, made.person(owes))
    with acting_for(owes.institution_id):
        group = people.add_group(name="Grupa", founded_on=FIRST, by=owes)
    values = {"participant": row.participant, "entity": made.entity(owes), "group": group}

    try:
        with acting_for(owes.institution_id), transaction.atomic():
            Delivery.objects.filter(pk=row.pk).update(
                **{name: value if name in filled else None for name, value in values.items()}
            )
    except IntegrityError:
        taken = False
    else:
        taken = True

    assert taken == (len(filled) == 1)
