"""Supervisors and data protection officers see who looked at whom, and that they read it is on record."""

import csv
import io
from datetime import datetime
from typing import Any
from unittest.mock import patch
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.db import DatabaseError
from django.test import Client
from django.urls import reverse

from spoiwo.audit.models import AuditRecord
from spoiwo.audit.types import Action, Breach
from spoiwo.clients.models import SourceRecord
from spoiwo.clients.queries import overseeing
from spoiwo.clients.services import reading
from spoiwo.institutions.models import Institution
from spoiwo.institutions.types import Role
from spoiwo.kernel.actor import Actor
from spoiwo.matching.services import looking
from spoiwo.oversight import messages, queries, tables
from spoiwo.oversight.types import LogFilter, Vocabulary
from tests.makers import access as agreements
from tests.makers import audit, registers
from tests.makers import institutions as people

pytestmark = pytest.mark.django_db
LOG = "oversight:access_log"
WARSAW = ZoneInfo("Europe/Warsaw")


def browser(office: Institution, *roles: Role) -> Client:
    """Somebody who works at the office."""
    client = Client()
    client.force_login(people.member(office, *(roles or (Role.SUPERVISOR,))).user)
    return client


def seen(client: Client, **asked: Any) -> str:
    """The log as the page shows it."""
    return client.get(reverse(LOG), asked).content.decode()


def office_with_client() -> tuple[Institution, SourceRecord]:
    """An office with one client, Anna Nowak, number K-1."""
    office = people.institution(name="Urząd Własny")
    registers.bring_in(office, registers.row("K-1"))
    return office, registers.records(office, "K-1")[0]


def test_own_worker_and_own_client_are_named_with_purpose_and_basis():
    office, record = office_with_client()
    worker = people.member(office, Role.CASE_WORKER, account=people.user(full_name="Ewa Doradca"))
    agreements.agreement(office, people.institution(), number="4/2026")
    audit.look(
        office.pk,
        record.person_id,
        by_user=worker.user_id,
        acting_for=office.pk,
        legal_basis="act-art-1:1",
        agreement="4/2026",
        categories=("identity", "status"),
    )

    page = seen(browser(office))

    for words in (
        "Ewa Doradca", "Nowak Anna (K-1)", "Wspólne wsparcie klienta", "art. 1 ustawa próbna",
        "porozumienie 4/2026", "Tożsamość, Status w instytucji",
    ):  # fmt: skip
        assert words in page


def reviewed(office: Institution, record: SourceRecord) -> str:
    reviewer = Actor(user_id=7, institution_id=office.pk, roles=frozenset({"reviewer"}))
    looking.record_look(
        proposal=uuid4(), people=[record.person_id], compared_with=0, request_id="", by=reviewer
    )
    return looking.PURPOSE


def number_shown(office: Institution, record: SourceRecord) -> str:
    worker = Actor(user_id=7, institution_id=office.pk, roles=frozenset({"case_worker"}))
    reading.record_number_shown(record=record.uuid, person=record.person_id, request_id="", by=worker)
    return reading.OWN_REGISTER


@pytest.mark.parametrize(
    ("look", "words"),
    [
        pytest.param(reviewed, "Weryfikacja tożsamości", id="for a link proposal"),
        pytest.param(number_shown, "własny rejestr", id="at the own register alone"),
    ],
)
def test_a_look_for_which_no_agreement_is_needed_has_its_purpose_in_words(look, words):
    office, record = office_with_client()
    purpose = look(office, record)

    page = seen(browser(office), purpose=purpose)

    assert "Pasuje 1 wpis." in page
    assert page.count(words) == 2  # in the filter and in the line


def test_a_worker_of_another_institution_is_a_code_with_the_institution():
    office, record = office_with_client()
    other = people.institution(name="Ośrodek Obcy")
    stranger = people.member(other, Role.CASE_WORKER, account=people.user(full_name="Zofia Obca"))
    audit.look(office.pk, record.person_id, by_user=stranger.user_id, acting_for=other.pk)
    pseudonym = AuditRecord.objects.get(action=Action.VIEW_CLIENT).actor

    page = seen(browser(office))

    assert "Zofia Obca" not in page
    assert f"pracownik {pseudonym.hex[-8:].upper()}" in page
    assert "Ośrodek Obcy" in page


def test_a_person_who_is_no_own_client_is_a_code():
    office, _ = office_with_client()
    other = people.institution()
    registers.bring_in(other, registers.row("O-9", first_name="Klara", last_name="Cudza"))
    foreign = registers.records(other, "O-9")[0]
    audit.look(office.pk, foreign.person_id, by_user=1, acting_for=office.pk)

    page = seen(browser(office))

    assert "Cudza" not in page
    assert "osoba " in page


def test_a_client_moved_to_another_index_row_is_still_named():
    office, record = office_with_client()
    former = record.person_id
    other = people.institution()
    registers.bring_in(other, registers.row("O-1"))
    agreements.agreement(office, other)
    theirs = registers.records(other, "O-1")[0]
    audit.look(office.pk, former, by_user=1, acting_for=office.pk)
    audit.look(office.pk, theirs.person_id, by_user=1, acting_for=office.pk)
    move(record, to=theirs)

    whole = seen(browser(office), action="view_client")
    searched = seen(browser(office), person="nowak", action="view_client")

    assert whole.count("Nowak Anna (K-1)") == 2
    assert searched.count("Nowak Anna (K-1)") == 2


def move(record, *, to) -> None:
    """Link a record to the index row of another."""
    from_person = record.person
    decision = record.moves.model._meta.get_field("decision").related_model.objects.create(
        kind="link",
        rule="person",
        decided_at=datetime(2026, 1, 1, tzinfo=WARSAW),
        left_record=record,
        right_record=to,
    )
    record.moves.create(decision=decision, from_person=from_person, to_person=to.person)
    record.person = to.person
    record.save(update_fields=["person"])


def test_the_log_can_be_narrowed_down():
    office, record = office_with_client()
    other = people.institution(name="Ośrodek Obcy")
    worker = people.member(office, Role.CASE_WORKER, account=people.user(full_name="Ewa Doradca"))
    agreements.purpose("other-purpose", name="Inny cel")
    with time_machine.travel(datetime(2026, 3, 1, 23, 30, tzinfo=WARSAW)):
        audit.look(office.pk, record.person_id, by_user=worker.user_id, acting_for=office.pk)
    with time_machine.travel(datetime(2026, 3, 2, 0, 30, tzinfo=WARSAW)):
        audit.look(office.pk, uuid4(), by_user=99, acting_for=other.pk, purpose="other-purpose")
    actor = people.acting(people.member(office, Role.IOD))

    def found(**wanted: Any) -> list[int]:
        return [one.seq for one in queries.log_of(actor, LogFilter(**wanted))]

    first, second = (
        AuditRecord.objects.filter(action="view_client").order_by("seq").values_list("seq", flat=True)
    )
    day = datetime(2026, 3, 1, tzinfo=WARSAW).date()
    assert found(last=day) == [first]
    assert found(first=day.replace(day=2), action="view_client") == [second]
    assert found(worker_id=worker.user_id, action="view_client") == [first]
    assert found(person="K-1") == [first]
    assert found(person="Kowalska") == []
    assert found(person="?!") == []
    assert found(purpose="other-purpose") == [second]
    assert found(strangers=True) == [second]


def test_the_filters_of_the_page_narrow_it_down():
    office, record = office_with_client()
    audit.look(office.pk, record.person_id, by_user=1, acting_for=office.pk)
    client = browser(office)

    narrowed = seen(client, first="1.01.2020", last="31.12.2020")
    unreadable = seen(client, first="kiedyś")

    assert "Żaden wpis dziennika nie pasuje" in narrowed
    assert "Nowak Anna" in unreadable
    assert "na przykład 3.02.2024" in unreadable


def test_nobody_sees_the_log_of_another_institution():
    office, record = office_with_client()
    audit.look(office.pk, record.person_id, by_user=1, acting_for=office.pk)

    page = seen(browser(people.institution(), Role.SUPERVISOR, Role.IOD), action="view_client")

    assert "Nowak" not in page
    assert "Żaden wpis" in page


def test_those_who_do_not_oversee_get_no_names():
    office, record = office_with_client()
    director = people.acting(people.member(office, Role.DIRECTOR))

    assert queries.staff_names(director) == {}
    assert list(queries.log_of(director, LogFilter())) == []
    assert overseeing.clients_of(director, {record.person_id}) == {}


def test_reading_the_log_is_on_record():
    office, _ = office_with_client()
    member = people.member(office, Role.SUPERVISOR)
    client = Client()
    client.force_login(member.user)

    answer = client.get(reverse(LOG))

    record = AuditRecord.objects.get(action=Action.VIEW_LOG)
    assert record.institution_id == office.pk
    assert record.request_id == answer.headers["X-Request-ID"]
    assert len(record.digest) == 32


def test_nothing_is_shown_when_the_reading_cannot_be_recorded():
    office, record = office_with_client()
    audit.look(office.pk, record.person_id, by_user=1, acting_for=office.pk)
    client = browser(office)

    with patch("spoiwo.audit.services.appending._append", side_effect=DatabaseError):
        answer = client.get(reverse(LOG))

    assert answer.status_code == 503
    assert "Nowak" not in answer.content.decode()


def test_a_part_of_the_page_is_answered_to_htmx():
    office, _ = office_with_client()

    part = browser(office).get(reverse(LOG), headers={"HX-Request": "true"}).content.decode()

    assert "<html" not in part


def test_the_file_holds_the_same_lines_and_is_on_record():
    office, record = office_with_client()
    audit.look(office.pk, record.person_id, by_user=1, acting_for=office.pk)
    client = browser(office)

    answer = client.get(reverse("oversight:export"), {"action": "view_client"})
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))
    sheet = client.get(reverse("oversight:export"), {"format": "xlsx"})

    assert rows[0][:3] == ["Numer", "Kiedy", "Instytucja"]
    assert [row[5] for row in rows[1:]] == ["Nowak Anna (K-1)"]
    assert sheet.content.startswith(b"PK")
    assert list(AuditRecord.objects.filter(action=Action.EXPORT).values_list("count", flat=True)[:1]) == [1]


@pytest.mark.parametrize(
    ("count", "words"),
    [
        (1, "Łańcuch nienaruszony, 1 wpis."),
        (2, "Łańcuch nienaruszony, 2 wpisy."),
        (5, "Łańcuch nienaruszony, 5 wpisów."),
        (12, "Łańcuch nienaruszony, 12 wpisów."),
        (22, "Łańcuch nienaruszony, 22 wpisy."),
        (112, "Łańcuch nienaruszony, 112 wpisów."),
    ],
)
def test_the_chain_is_told_whole_with_its_length(count, words):
    office = people.institution()
    client = browser(office)
    before = AuditRecord.objects.filter(institution_id=office.pk).count()
    audit.chain(office.pk, count - before)

    page = client.get(reverse("oversight:chain")).content.decode()

    assert words in page


def test_a_broken_chain_is_an_alarm_with_its_position():
    office = people.institution()
    audit.chain(office.pk, 3)
    broken = Breach(office.pk, 2, "altered")

    with patch("spoiwo.oversight.views.log.verify") as verify:
        verify.return_value.breaches = (broken,)
        verify.return_value.records = 3
        part = (
            browser(office).get(reverse("oversight:chain"), headers={"HX-Request": "true"}).content.decode()
        )

    assert 'role="alert"' in part
    assert "Pozycja 2: wpis zmieniono." in part


def test_every_action_and_every_problem_has_words():
    assert set(messages.ACTION_NAMES) == set(Action)
    assert messages.action_in_words("of_a_later_release") == "of_a_later_release"


def test_an_unattended_deed_is_nobodys():
    record = AuditRecord(
        action="link", institution_acting_id=0, at=datetime(2026, 1, 1, tzinfo=WARSAW), seq=1
    )

    [line] = tables.lines([record], Vocabulary())

    assert (line.who, line.institution, line.whom) == (
        "samoczynnie, zgodnie z porozumieniem",
        "platforma",
        "",
    )
