"""A person asks what is held about them and who looked; the answer is one click away and on record."""

import io
from uuid import uuid4

import pypdf
import pytest
from django.urls import reverse

from spoiwo.audit.models import AuditRecord
from spoiwo.audit.types import Action
from spoiwo.institutions.types import Role
from tests.makers import access as agreements
from tests.makers import audit, registers
from tests.makers import institutions as people
from tests.pages import seen

pytestmark = pytest.mark.django_db
PESEL = "44051401458"


@pytest.fixture
def office():
    """An office with one client whose address changed, and a supervisor."""
    office = people.institution("urzad", name="Urząd Próbny")
    old = registers.row("7", first_name="Żaneta", last_name="Próbna", pesel=PESEL, place="Stara Wieś")
    registers.bring_in(office, old)
    registers.bring_in(
        office, registers.row("7", first_name="Żaneta", last_name="Próbna", pesel=PESEL, place="Nowa Wieś")
    )
    return office


@pytest.fixture
def supervisor(client, office):
    """A browser in which the office's supervisor is signed in."""
    client.force_login(people.member(office, Role.SUPERVISOR).user)
    return client


def record_of(office):
    """The public id of the client."""
    return registers.records(office, "7")[0]


@pytest.mark.parametrize("typed", [PESEL, "7", "zaneta prob", "PRÓBNA"])
def test_the_person_is_found_by_number_or_name(supervisor, typed):
    page = seen(supervisor.post(reverse("oversight:people"), {"q": typed}))

    assert "Próbna Żaneta" in page
    assert PESEL not in page.replace(f'value="{PESEL}"', "")


def test_looking_for_a_person_is_on_record(supervisor, office):
    supervisor.post(reverse("oversight:people"), {"q": "Próbna"})

    assert AuditRecord.objects.filter(institution_id=office.pk, object_ref="people").count() == 1


def test_nobody_is_found_in_words_that_can_be_answered(supervisor):
    page = seen(supervisor.post(reverse("oversight:people"), {"q": "Nieznany"}))

    assert "Nikt nie pasuje" in page


def test_the_answer_says_what_is_held_now_and_before(supervisor, office):
    page = seen(supervisor.get(reverse("oversight:person", args=(record_of(office).uuid,))))

    assert PESEL in page
    assert "Nowa Wieś" in page
    assert "Poprzednie dane" in page
    assert "Stara Wieś" in page


def test_the_answer_says_who_looked_and_why_but_names_no_worker(supervisor, office):
    other = people.institution("osrodek", name="Ośrodek Sąsiedni")
    worker = people.member(other, Role.CASE_WORKER, account=people.user(full_name="Zenon Niewymieniony")).user
    agreements.agreement(office, other, number="4/2026")
    record = record_of(office)
    audit.look(office.pk, record.person_id, by_user=worker.pk, acting_for=other.pk, agreement="4/2026")

    page = seen(supervisor.get(reverse("oversight:person", args=(record.uuid,))))

    assert "Ośrodek Sąsiedni" in page
    assert "4/2026" in page
    assert worker.full_name not in page


def test_the_print_can_be_read_aloud_and_is_on_record(supervisor, office):
    record = record_of(office)

    answer = supervisor.get(reverse("oversight:person_print", args=(record.uuid,)))

    pdf = pypdf.PdfReader(io.BytesIO(answer.content))
    text = "\n".join(page.extract_text() for page in pdf.pages)
    marks = pdf.root_object["/MarkInfo"]
    assert isinstance(marks, pypdf.generic.DictionaryObject)
    assert marks["/Marked"] == pypdf.generic.BooleanObject(True)
    assert "Twoje dane w tej instytucji" in text
    assert "Żaneta Próbna" in text
    entry = AuditRecord.objects.get(institution_id=office.pk, purpose="subject_access")
    assert (entry.action, entry.object_ref) == (Action.EXPORT, f"record:{record.uuid}")


def test_who_is_no_longer_in_the_register_still_gets_an_answer(supervisor, office):
    registers.bring_in(office, registers.row("8", last_name="Inna"))

    page = seen(supervisor.get(reverse("oversight:person", args=(record_of(office).uuid,))))

    assert "już Cię nie ma" in page
    assert "Nowa Wieś" in page


def test_another_office_and_a_case_worker_find_nothing_there(client, office):
    address = reverse("oversight:person", args=(record_of(office).uuid,))
    stranger = people.member(people.institution("obcy"), Role.SUPERVISOR).user

    client.force_login(stranger)
    assert client.get(address).status_code == 404
    assert client.get(reverse("oversight:person", args=(uuid4(),))).status_code == 404
    client.force_login(people.member(office, Role.CASE_WORKER).user)
    assert client.get(address).status_code in {403, 404}
