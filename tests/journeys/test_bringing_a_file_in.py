"""A registrar names the columns of the office's program once and takes a file in."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from spoiwo.institutions.types import Role
from tests.database import as_owner
from tests.journeys.browser import page_is_accessible, sign_in
from tests.makers import institutions
from tests.makers.exchange import csv_bytes

pytestmark = [pytest.mark.browser, pytest.mark.committed]
PEOPLE = [
    {
        "Nr": "1",
        "Imię osoby": "Łucja",
        "Nazwisko osoby": "Żak",
        "Ur.": "14.05.1944",
        "Rodzaj wsparcia": "BZP",
    },
    {"Nr": "2", "Imię osoby": "Jan", "Nazwisko osoby": "Ćwik", "Ur.": "30.02.1980", "Rodzaj wsparcia": "BZP"},
    {"Nr": "3", "Imię osoby": "Ewa", "Nazwisko osoby": "Nowak", "Ur.": "01.03.1990", "Rodzaj wsparcia": ""},
]


def registrar(page: Page) -> None:
    with as_owner():
        account = institutions.user("rejestr@example.pl", full_name="Maria Wymyślona")
        institutions.member(institutions.institution(), Role.REGISTRAR, account=account)
    page.goto("/import/")
    sign_in(page, "rejestr@example.pl", institutions.PASSWORD)


def file_of(folder: Path) -> Path:
    path = folder / "wyciag.csv"
    path.write_bytes(csv_bytes(PEOPLE, encoding="cp1250"))
    return path


def test_a_file_with_unknown_headers_is_taken_in(page: Page, tmp_path: Path):
    registrar(page)
    page_is_accessible(page)
    page.get_by_role("link", name="Wgraj plik").first.click()
    page_is_accessible(page)

    page.locator("input[type=file]").set_input_files(file_of(tmp_path))
    page.get_by_role("button", name="Sprawdź plik").click()
    expect(page.get_by_role("heading", name="Która kolumna jest czym?")).to_be_visible()
    page_is_accessible(page)
    page.get_by_label("Numer w rejestrze").select_option("Nr")
    page.get_by_label("Imię", exact=True).select_option("Imię osoby")
    page.get_by_label("Nazwisko", exact=True).select_option("Nazwisko osoby")
    page.get_by_label("Data urodzenia").select_option("Ur.")
    page.locator("#id_column-status").select_option("Rodzaj wsparcia")
    page.get_by_label("Zapamiętaj").fill("Nasz program")
    page.get_by_role("button", name="Sprawdź plik").click()

    expect(page.get_by_text("2 wiersze pliku zostałyby odrzucone")).to_be_visible()
    page_is_accessible(page)
    page.get_by_role("link", name="Zmień kolumny").click()
    page.get_by_label("BZP").select_option("unemployed_with_benefit")
    page.get_by_role("button", name="Sprawdź plik").click()
    expect(page.get_by_text("1 wiersz pliku zostałby odrzucony")).to_be_visible()
    page.get_by_role("button", name="Wczytaj 2 wiersze").click()

    expect(page.get_by_role("heading", name="Plik obowiązuje")).to_be_visible()
    page_is_accessible(page)
    page.goto("/import/")
    page.get_by_role("button", name="Przygotuj archiwum").click()
    expect(page.get_by_role("link", name="Pobierz archiwum")).to_be_visible()
    page_is_accessible(page)
    page.goto("/import/opis-pliku/")
    page_is_accessible(page)


def test_a_file_is_taken_in_without_scripts(plain_page: Page, tmp_path: Path):
    registrar(plain_page)
    path = tmp_path / "wyciag.csv"
    path.write_bytes(csv_bytes([{"local_id": "1", "first_name": "Jan", "last_name": "Nowak"}]))

    plain_page.goto("/import/nowy/")
    plain_page.locator("input[type=file]").set_input_files(path)
    plain_page.get_by_role("button", name="Sprawdź plik").click()
    plain_page.get_by_role("button", name="Wczytaj 1 wiersz").click()

    expect(plain_page.get_by_role("heading", name="Plik obowiązuje")).to_be_visible()
