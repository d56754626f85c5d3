"""Two advisers of one centre who do the same thing at the same moment."""

from collections.abc import Callable
from datetime import date
from threading import Barrier, Thread
from typing import Any

import pytest
from django.db import connection

from spoiwo.support.models import Event, Participant, SupportCase
from spoiwo.support.services import cases, past_events, past_years, people
from spoiwo.support.services.past_recipients import LineProblem, Named
from spoiwo.support.types import PersonDetails, RecipientKind, RecipientRef
from spoiwo.toolkit.context import acting_for
from tests.database import as_owner
from tests.makers import support as made

pytestmark = pytest.mark.committed
JAN = Named(kind=RecipientKind.PERSON, since=date(2021, 3, 1), first_name="Jan", last_name="Wymyślony")


def at_once(institution_id: int, step: Callable[[int], Any], *, times: int = 4) -> list[Any]:
    """What the step answered in each of so many threads that start together."""
    start, answers = Barrier(times), []

    def run(place: int) -> None:
        try:
            start.wait(timeout=30)
            with acting_for(institution_id):
                answers.append(step(place))
        finally:
            connection.close()

    threads = [Thread(target=run, args=[place]) for place in range(times)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return answers


def test_a_sheet_brought_in_twice_at_once_makes_each_event_once() -> None:
    with as_owner():
        by = made.centre()
    line = past_events.PastAttendance(
        title="Statut",
        day=date(2021, 3, 1),
        last_day=date(2021, 3, 1),
        minutes=60,
        person=JAN,
    )

    answers = at_once(
        by.institution_id, lambda _place: past_events.take_lines([line], today=made.TODAY, by=by)
    )

    assert sorted(answers, key=str) == sorted([[None], *[[LineProblem.WRITTEN_ALREADY]] * 3], key=str)
    with acting_for(by.institution_id):
        assert (Event.objects.count(), Participant.objects.count()) == (1, 1)


def test_advice_brought_in_twice_at_once_is_counted_once() -> None:
    with as_owner():
        by = made.centre()
    line = past_years.PastLine(day=date(2021, 3, 1), minutes=60, recipient=JAN)

    answers = at_once(
        by.institution_id, lambda _place: past_years.take_lines([line], today=made.TODAY, by=by)
    )

    assert [one for one in answers if one == [None]] == [[None]]
    assert len(answers) == 4


def test_people_and_cases_written_down_at_once_have_numbers_of_their_own() -> None:
    with as_owner():
        by = made.centre()
        known = made.person(by)
    recipient = RecipientRef(RecipientKind.PERSON, known.uuid)

    at_once(
        by.institution_id,
        lambda place: people.add_person(PersonDetails(first_name="Ewa", last_name=f"Żak{place}"), by=by),
    )
    at_once(
        by.institution_id,
        lambda _place: cases.open_case(recipient=recipient, goal="firma", opened_on=made.DAY, by=by),
    )

    with acting_for(by.institution_id):
        numbers = set(Participant.objects.values_list("number", flat=True))
        assert numbers == {f"U/{number}" for number in range(1, 6)}
        assert {one.number for one in SupportCase.objects.all()} == {f"W/{n}/2024" for n in range(1, 5)}
