"""The screen on which an office says which of its columns is what."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from spoiwo.clients.types import RegisterKind
from spoiwo.exchange.models import RegisterImport
from spoiwo.exchange.rules import mapping
from spoiwo.institutions.types import Role
from tests.makers.exchange import csv_bytes, row
from tests.makers.institutions import institution, member

pytestmark = pytest.mark.django_db
OFFICE = {"Nr ewid.": "1", "Imię": "Jan", "Nazwisko": "Nowak", "Nr teczki": "T/7", "Rodzaj zasiłku": "stały"}


@pytest.fixture
def registrar(client):
    client.force_login(member(institution(), Role.REGISTRAR).user)
    return client


def uploaded(client: Client, content: bytes, kind: str = "register") -> str:
    data = {"kind": kind, "as_of": "20.11.2026", "file": SimpleUploadedFile("wyciag.csv", content)}
    return client.post(reverse("exchange:upload"), data, follow=True).content.decode()


@pytest.mark.parametrize(
    ("header", "name"),
    [
        ("Nr teczki", "case_ref"),
        ("Numer teczki", "case_ref"),
        ("Rodzaj zasiłku", "status"),
        ("RODZAJ ŚWIADCZENIA", "status"),
    ],
)
def test_headers_of_welfare_programs_are_guessed(header, name):
    found = mapping.guess(RegisterKind.REGISTER, [header])

    assert dict(found.columns) == {name: header}


def test_the_status_stands_among_the_columns_that_tell_most(registrar):
    page = uploaded(registrar, csv_bytes([OFFICE]))

    telling = page.split("Kolumny, które mówią najwięcej</h2>")[1].split("Pozostałe kolumny</h2>")[0]
    fields = ["pesel", "birth_date", "status", "status_from", "status_to"]
    assert [f'name="column-{name}"' in telling for name in fields] == [True] * 5
    assert [page.count(f'name="column-{name}"') for name in (*fields, "case_ref", "local_id")] == [1] * 7
    assert '<option value="Rodzaj zasiłku" selected>' in telling


def test_a_facts_file_has_no_such_columns(registrar):
    page = uploaded(registrar, csv_bytes([{"numer": "1", "co": "housing"}]), kind="facts")

    assert "Kolumny, które mówią najwięcej" not in page
    assert 'name="column-kind"' in page


def test_examples_of_what_was_found_say_whether_they_are_errors(registrar):
    rejected = uploaded(
        registrar, csv_bytes([row("A-1", birth_date="1980-02-30"), row("A-2")], headers=HEADERS)
    )
    RegisterImport.objects.all().delete()
    warned = uploaded(registrar, csv_bytes([row("A-1", pesel="44051401358"), row("A-2")], headers=HEADERS))

    assert "Przykładowe wiersze z błędami" in rejected
    assert "Przykładowe wiersze z błędami" not in warned
    assert "Przykładowe wiersze z ostrzeżeniami" in warned


HEADERS = ["local_id", "first_name", "last_name", "pesel", "birth_date"]
