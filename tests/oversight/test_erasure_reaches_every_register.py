"""Who is erased from an institution's register is forgotten by what was written down beside it; figures stay."""

import pytest
from django.db.models import Model
from django.utils import timezone

from spoiwo.clients.models import SourceRecord
from spoiwo.clients.services import erasing, erasure_register
from spoiwo.districts.models import HandOver
from spoiwo.districts.types import HandOverReason
from spoiwo.exchange.models import RejectedSheetRow, SheetImport
from spoiwo.exchange.services import files, sheets
from spoiwo.exchange.types import SheetState
from spoiwo.institutions.models import Institution
from spoiwo.projects import models as projects
from spoiwo.referrals.models import CheckAnswer, ReferralEvent, ReferralFile, RefusedReferral
from spoiwo.referrals.rules.steps import OUTCOMES
from spoiwo.referrals.services import packets
from spoiwo.referrals.types import Step
from spoiwo.support import models as support
from spoiwo.support.errors import NoBasis, NoSuchRow, StandsInRegister
from spoiwo.support.models import Participant
from spoiwo.support.services import cases, certificates, events, forgetting, identity, registering
from spoiwo.support.types import Applicant, RecipientKind, RecipientRef
from spoiwo.toolkit.context import acting_for
from tests.makers import districts as make_districts
from tests.makers import projects as make_projects
from tests.makers import referrals as make_referrals
from tests.makers import registers
from tests.makers import sheets as sheets_made
from tests.makers import support as make_support

pytestmark = pytest.mark.django_db
PESEL = "44051401458"
CANARY = "Kanarkowska"


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


def test_a_support_centre_forgets_what_was_written_of_somebody():
    by = make_support.centre()
    person = make_support.person(by, "Ewa", last_name=CANARY, email="ewa@example.pl")
    make_support.delivered(by, person, topic=f"rozwód {CANARY}")
    with acting_for(by.institution_id):
        about = RecipientRef(RecipientKind.PERSON, person.uuid)
        case = cases.open_case(recipient=about, goal=f"praca dla {CANARY}", opened_on=make_support.DAY, by=by)
        cases.promise(case.uuid, text=f"telefon do {CANARY}", due_on=None, by=by)
        cases.add_document(case.uuid, name=f"cv {CANARY}.pdf", content=b"%PDF", by=by)
        training = make_support.event(by, 240)
        applied = registering.apply(
            make_support.event(by, 60),
            Applicant(first_name="Ewa", last_name=CANARY, email="EWA@example.pl", needs=CANARY),
            today=make_support.DAY,
        )
    make_support.attended(by, training, person, 240)
    with acting_for(by.institution_id):
        events.report_event(training.uuid, today=make_support.TODAY, by=by)
        (issued,) = certificates.issue_certificates(training.uuid, today=make_support.TODAY, by=by)
    record = client_of(by.institution_id)
    Participant.objects.filter(pk=person.pk).update(record=record)

    erase(record)

    assert written_in(support) == set()
    assert issued.registration.attendances.get().minutes == 240
    applied.refresh_from_db()
    assert (applied.email, applied.needs) == ("", "")


def test_somebody_known_from_support_alone_is_erased_there_and_stays_away(django_capture_on_commit_callbacks):
    by = make_support.centre()
    one, again = (make_support.person(by, "Ewa", last_name=CANARY) for _ in range(2))
    make_support.delivered(by, one)
    sheets_made.checked(by, sheets_made.HEADERS, ["kiedyś", "1", f"Ewa {CANARY}", "", "", ""])
    told = [(one.uuid, by.institution_id, timezone.now(), "żądanie")]
    with acting_for(by.institution_id):
        identity.join_participants(one.uuid, again.uuid, by=by)
        with pytest.raises(NoBasis):
            forgetting.erase_person(one.uuid, basis=" kaprys ", by=by)

        with django_capture_on_commit_callbacks(execute=True):
            forgetting.erase_person(one.uuid, basis="żądanie z 2 stycznia", by=by)

        with pytest.raises(NoSuchRow):
            forgetting.erase_person(one.uuid, basis="żądanie z 2 stycznia", by=by)
        assert written_in(support) == set()
        assert not RejectedSheetRow.objects.exists()
        Participant.objects.filter(pk=one.pk).update(last_name=CANARY, wrapped_key=b"x")  # a backup is back
    assert erasing.erase_again(told) == 1
    assert erasing.erase_again(told) == 0
    assert {again.uuid, one.uuid} <= {line[0] for line in erasure_register.read()}
    one.refresh_from_db()
    assert one.last_name == "—"


def test_who_stands_in_the_register_of_clients_is_erased_there():
    by = make_support.centre()
    person = make_support.person(by)
    Participant.objects.filter(pk=person.pk).update(record=client_of(by.institution_id))

    with acting_for(by.institution_id), pytest.raises(StandsInRegister):
        forgetting.erase_person(person.uuid, basis="żądanie z 2 stycznia", by=by)


def test_sheets_on_their_way_in_are_forgotten(django_capture_on_commit_callbacks):
    by = make_support.centre()
    waiting, taken = (
        sheets_made.checked(by, sheets_made.HEADERS, ["kiedyś", "1", f"Ewa {CANARY}", "", "", ""])
        for _ in range(2)
    )
    SheetImport.objects.filter(pk=taken.pk).update(state=SheetState.DONE)
    record = client_of(by.institution_id)

    with django_capture_on_commit_callbacks(execute=True):
        erase(record)

    assert not RejectedSheetRow.objects.exists()
    assert set(SheetImport.objects.values_list("state", "wrapped_key")) == {
        (SheetState.STOPPED, b""),
        (SheetState.DONE, b""),
    }
    assert not files.path_of(sheets.FOLDER, waiting.uuid).exists()


def written_in(models_of) -> set[str]:
    """Tables of a context in which the canary stands somewhere."""
    return {
        model.__name__
        for model in vars(models_of).values()
        if isinstance(model, type) and issubclass(model, Model) and not model._meta.abstract
        for row in model._default_manager.values()
        if CANARY.casefold() in str(row).casefold()
    }


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


def test_rows_of_referrals_that_were_not_taken_are_forgotten():
    parties = make_referrals.pair()
    office = parties.clients[0].institution_id
    file = ReferralFile.objects.create(
        institution_id=office,
        name="a.csv",
        sha256="0" * 64,
        rows=1,
        taken=0,
        refused=1,
        read_at=timezone.now(),
    )
    RefusedReferral.objects.create(
        file=file, institution_id=office, number=2, cells={"nazwisko": CANARY}, problems=["row"]
    )

    erase(parties.clients[0])

    assert not RefusedReferral.objects.exists()
    assert ReferralFile.objects.get().refused == 1


def test_a_hand_over_keeps_from_where_to_where_and_no_note():
    office = make_districts.office()
    keeper = make_districts.keeper(office)
    left, right = (make_districts.district(keeper) for _ in range(2))
    record = client_of(office.pk)
    moved = HandOver.objects.create(
        institution=office,
        record=record,
        from_district=left,
        to_district=right,
        reason=HandOverReason.MOVED,
        noticed_on=timezone.localdate(),
        note=f"{CANARY} prosi o telefon",
    )

    erase(record)

    moved.refresh_from_db()
    assert (moved.note, moved.to_district_id) == ("", right.pk)
