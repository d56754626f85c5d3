"""Hidden people hold their places, numbers and attendance for those too who cannot see them."""

import pytest
from django.db import connection

from spoiwo.support.errors import EventHasAttendance, RegisteredAlready
from spoiwo.support.models import Participant, Registration
from spoiwo.support.queries import happenings
from spoiwo.support.services import certificates, events, people, registering
from spoiwo.support.types import Applicant, EventState, PersonDetails, RegistrationState
from spoiwo.toolkit.context import acting_for, counting
from tests.makers import guarding, institutions
from tests.makers import support as make_support
from tests.makers.clients import signed_in
from tests.makers.everything import asked_by, everything

pytestmark = pytest.mark.django_db


@pytest.fixture
def there():
    """An office whose client, hidden from one of two workers, was at its event."""
    place = everything()
    guarding.hidden(place.record, named=[place.named])
    return place


def test_places_and_numbers_are_taken_all_the_same(there):
    other = institutions.acting(there.other)

    with asked_by(other):
        (event,) = happenings.events(other)
        held, listed = registering.places_held(event), list(happenings.registrations(event, other))
        with counting():
            registered = [one.registered for one in happenings.events(other)]
        fresh = people.add_person(PersonDetails(first_name="Ewa", last_name="Nowa"), by=other)

    assert (held, registered, listed) == (1, [1], [])
    assert fresh.number == "U/2"
    row = signed_in(there.other).get("/wsparcie/wydarzenia/").content.decode().split(event.title)[1]
    assert ">1<" in row.split("</tr>")[0].replace(" ", "").replace("\n", "")


def test_figures_see_hidden_people_of_the_own_centre_alone_and_jobs_see_what_they_saw(there):
    make_support.person(make_support.centre())
    other = institutions.acting(there.other)

    with asked_by(other):
        before = Participant.objects.count()
        with counting(), counting():
            counted = Participant.objects.count()
        after = Participant.objects.count()
    with acting_for(0, job="support"):
        with counting():
            by_the_job = Participant.objects.count()
        still = Participant.objects.count()

    walled = connection.vendor == "postgresql"
    assert (before, counted, after) == ((0, 1, 0) if walled else (2, 2, 2))
    assert (by_the_job, still) == (2, 2)


def test_counting_ends_with_an_error(there):
    other = institutions.acting(there.other)

    with asked_by(other):
        with pytest.raises(ZeroDivisionError), counting():
            raise ZeroDivisionError
        after = Participant.objects.count()

    assert after == (0 if connection.vendor == "postgresql" else 1)


def test_an_event_that_a_hidden_person_attended_cannot_be_called_off(there):
    other = institutions.acting(there.other)

    with asked_by(other):
        (event,) = happenings.events(other)
        with pytest.raises(EventHasAttendance):
            events.cancel(event.uuid, by=other)


def test_reporting_an_event_settles_hidden_people_and_certifies_them(there):
    other = institutions.acting(there.other)

    with asked_by(other):
        (event,) = happenings.events(other)
        events.report_event(event.uuid, today=make_support.TODAY, by=other)
        (issued,) = certificates.issue_certificates(event.uuid, today=make_support.TODAY, by=other)
    with acting_for(event.institution_id):  # as the public page asks, in nobody's name
        found = happenings.certificate(event.institution_id, issued.code)

    assert Registration.objects.get(event=event).state == RegistrationState.ATTENDED
    assert found is not None
    assert EventState(found.registration.event.state) == EventState.REPORTED


def test_somebody_hidden_who_applied_cannot_apply_again(there):
    other = institutions.acting(there.other)
    whom = Applicant(first_name="Ewa", last_name="Próbna", email="ewa@example.pl")
    training = make_support.event(institutions.acting(there.named), 60)
    with acting_for(training.institution_id):
        made = registering.apply(training, whom, today=make_support.DAY)
    hidden = Registration.objects.exclude(participant=None).values("participant")
    Registration.objects.filter(pk=made.pk).update(participant=hidden[:1])

    with acting_for(training.institution_id), pytest.raises(RegisteredAlready):
        registering.apply(training, whom, today=make_support.DAY)

    with asked_by(other):
        assert not happenings.registrations(training, other).exists()
