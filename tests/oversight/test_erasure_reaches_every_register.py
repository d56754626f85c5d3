"""Who is erased from an institution's register is forgotten by what was written down beside it; figures stay."""

import pytest

from spoiwo.clients.models import SourceRecord
from spoiwo.clients.services import erasing
from spoiwo.institutions.models import Institution
from spoiwo.projects import models as projects
from spoiwo.referrals.models import CheckAnswer, ReferralEvent
from spoiwo.referrals.rules.steps import OUTCOMES
from spoiwo.referrals.services import packets
from spoiwo.referrals.types import Step
from spoiwo.support.models import Participant
from spoiwo.toolkit.context import acting_for
from tests.makers import projects as make_projects
from tests.makers import referrals as make_referrals
from tests.makers import registers
from tests.makers import support as make_support

pytestmark = pytest.mark.django_db
PESEL = "44051401458"


def erase(record: SourceRecord) -> None:
    with acting_for(record.institution_id, job=erasing.JOB):
        erasing.erase_records([record.pk], institution_id=record.institution_id, basis="żądanie", by=None)


def client_of(institution_id: int) -> SourceRecord:
    office = Institution.objects.get(pk=institution_id)
    registers.bring_in(office, registers.row("1"))
    (record,) = registers.records(office, "1")
    return record


def test_a_support_centre_keeps_what_was_given_and_no_name():
    by = make_support.centre()
    person = make_support.person(by, "Ewa", last_name="Próbna", pesel=PESEL, phone="600 100 200")
    given = make_support.delivered(by, person)
    record = client_of(by.institution_id)
    Participant.objects.filter(pk=person.pk).update(record=record)

    erase(record)

    person.refresh_from_db()
    assert (person.first_name, person.last_name, person.phone, person.birth_date) == ("", "—", "", None)
    assert (bytes(person.wrapped_key), bytes(person.pesel_sealed), person.pesel_index) == (b"", b"", None)
    assert given.people.get().participant_id == person.pk


def test_a_project_keeps_the_way_and_no_name():
    by = make_projects.keeper()
    record = client_of(by.institution_id)
    one = make_projects.participant(by, make_projects.project(by), record=record.uuid)
    paid = make_projects.support(by, one)

    erase(record)

    one.refresh_from_db()
    assert (one.first_name, one.last_name, one.birth_date, one.search_key) == ("", "—", None, "")
    assert projects.Support.objects.get().pk == paid.pk


def test_a_referral_keeps_where_to_and_no_name():
    parties = make_referrals.pair()
    sent = make_referrals.sent(parties)
    (outcome, *_others) = sorted(OUTCOMES[Step.WITHDRAW])
    make_referrals.step(sent, parties.worker, Step.WITHDRAW, outcome=outcome, note="Nowak1 znalazła pracę")

    erase(parties.clients[0])

    sent.refresh_from_db()
    assert (sent.first_name, sent.last_name, sent.search_key) == ("", "—", "")
    assert packets.opened(sent) == {}
    assert set(ReferralEvent.objects.values_list("note", flat=True)) == {""}
    assert not CheckAnswer.objects.exists()
    assert sent.place_id == parties.place.pk
