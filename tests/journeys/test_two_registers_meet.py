"""The story of the platform: two registers in, the person both serve on one page, lawfully and on record."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from spoiwo.access.models import SharingAgreement
from spoiwo.access.types import Category
from spoiwo.audit.models import AuditRecord
from spoiwo.audit.queries import verify
from spoiwo.audit.types import Action
from spoiwo.institutions.models import Institution
from spoiwo.institutions.types import Kind, Role
from tests.database import as_owner
from tests.journeys.browser import page_is_accessible, sign_in
from tests.makers import institutions
from tests.makers.access import agreement
from tests.makers.exchange import csv_bytes

pytestmark = [pytest.mark.browser, pytest.mark.committed]

LABOUR_FILE = [
    {
        "Nr ewid.": "EW1",
        "Numer PESEL": "44051401458",
        "Nazwisko i człon": "Żak",
        "Imię pierwsze": "Łucja",
        "Dz.ur.": "14.05.1944",
        "Stan": "BBZ",
        "Gmina": "0801052",
        "Miejsc.": "Lubiszyn",
    },
    {
        "Nr ewid.": "EW2",
        "Numer PESEL": "",
        "Nazwisko i człon": "Ćwik",
        "Imię pierwsze": "Jan",
        "Dz.ur.": "02.03.1980",
        "Stan": "BBZ",
        "Gmina": "0801052",
        "Miejsc.": "Lubiszyn",
    },
]
LABOUR_COLUMNS = {
    "local_id": "Nr ewid.",
    "pesel": "Numer PESEL",
    "last_name": "Nazwisko i człon",
    "first_name": "Imię pierwsze",
    "birth_date": "Dz.ur.",
    "status": "Stan",
    "teryt": "Gmina",
    "place": "Miejsc.",
}
WELFARE_FILE = [
    {
        "local_id": "K-7",
        "PESEL": "44051401458",
        "Imię": "LUCJA",
        "Nazwisko": "ZAK",
        "Data urodzenia": "1944-05-14",
        "Telefon": "990 111 222",
    },
    {
        "local_id": "K-8",
        "PESEL": "",
        "Imię": "Ewa",
        "Nazwisko": "Nowak",
        "Data urodzenia": "1990-03-01",
        "Telefon": "",
    },
]
SHARED = tuple(category for category in Category if category is not Category.SENSITIVE)


@dataclass
class Region:
    """Two offices with an agreement and one without, each with a registrar and a case worker."""

    labour: Institution
    welfare: Institution
    stranger: Institution


def staff(office: Institution, name: str) -> None:
    for role, word in ((Role.REGISTRAR, "rejestr"), (Role.CASE_WORKER, "pracownik")):
        account = institutions.user(f"{word}.{name}@example.pl", full_name=f"Osoba Wymyślona {name}")
        institutions.member(office, role, account=account)


def region() -> Region:
    with as_owner():
        made = Region(
            institutions.institution("pup", Kind.PUP, short_name="PUP Próbny"),
            institutions.institution("gops", Kind.OPS, short_name="GOPS Próbny"),
            institutions.institution("obcy", Kind.OPS, short_name="OPS Obcy"),
        )
        for office, name in ((made.labour, "pup"), (made.welfare, "gops"), (made.stranger, "obcy")):
            staff(office, name)
        agreement(made.labour, made.welfare, gives=[(None, None, category) for category in SHARED])
    return made


def signed_in_as(page: Page, who: str) -> None:
    page.context.clear_cookies()
    page.goto("/konto/login/")
    sign_in(page, f"{who}@example.pl", institutions.PASSWORD)
    expect(page.get_by_role("heading", level=1)).to_contain_text("Dzień dobry")


def hand_in(page: Page, path: Path) -> None:
    page.goto("/import/nowy/")
    page.locator("input[type=file]").set_input_files(path)
    page.get_by_role("button", name="Sprawdź plik").click()


def take_in(page: Page) -> None:
    page.get_by_role("button", name="Wczytaj 2 wiersze").click()
    expect(page.get_by_role("heading", name="Plik obowiązuje")).to_be_visible()
    # A late look at how far the work is would load the page once more.
    page.wait_for_load_state("networkidle")


def labour_office_brings_its_register(page: Page, folder: Path) -> None:
    path = folder / "zestawienie.csv"
    path.write_bytes(csv_bytes(LABOUR_FILE, encoding="cp1250"))
    signed_in_as(page, "rejestr.pup")
    hand_in(page, path)
    expect(page.get_by_role("heading", name="Która kolumna jest czym?")).to_be_visible()
    for column, header in LABOUR_COLUMNS.items():
        page.locator(f"#id_column-{column}").select_option(header)
    page.get_by_role("button", name="Sprawdź plik").click()
    page.get_by_role("link", name="Zmień kolumny").click()
    page.get_by_label("BBZ").select_option("unemployed_without_benefit")
    page.get_by_role("button", name="Sprawdź plik").click()
    take_in(page)


def welfare_centre_brings_its_register(page: Page, folder: Path) -> None:
    path = folder / "klienci.csv"
    path.write_bytes(csv_bytes(WELFARE_FILE))
    signed_in_as(page, "rejestr.gops")
    hand_in(page, path)
    expect(page.locator("#id_column-last_name")).to_have_value("Nazwisko")  # guessed from the header
    page.get_by_role("button", name="Sprawdź plik").click()
    take_in(page)


def test_a_clerk_sees_what_both_offices_hold_about_the_person_both_serve(
    page: Page, chromium: Browser, tmp_path: Path
):
    made = region()
    labour_office_brings_its_register(page, tmp_path)
    welfare_centre_brings_its_register(page, tmp_path)

    signed_in_as(page, "pracownik.pup")
    page.get_by_role("navigation").get_by_role("link", name="Wspólni klienci").click()
    expect(page.locator("tbody tr")).to_have_count(1)
    page_is_accessible(page)
    page.get_by_role("link", name="Żak Łucja").click()
    expect(page.get_by_text("Do czego potrzebujesz danych?")).to_be_visible()
    page_is_accessible(page)
    expect(page.get_by_role("radio", checked=True)).to_have_count(1)
    page.get_by_role("button", name="Otwórz stronę klienta").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Łucja Żak")
    situation = page.locator("table").first
    expect(situation).to_contain_text("PUP Próbny")
    expect(situation).to_contain_text("GOPS Próbny")
    expect(situation).to_contain_text("990 111 222")
    page_is_accessible(page)
    address = page.url
    with as_owner():
        for office in (made.labour, made.welfare):
            looks = AuditRecord.objects.filter(institution_id=office.pk, action=Action.VIEW_CLIENT)
            assert looks.count() == 1, office.short_name
        assert verify().breaches == ()
    nobody_else_can_tell(page, address)


def nobody_else_can_tell(page: Page, address: str) -> None:
    """A stranger's page of the client is the page of a client that does not exist, but for the request's id."""
    absent = address.replace(address.rstrip("/").rsplit("/", 1)[1], "01900000-0000-7000-8000-000000000000")
    for who in ("pracownik.obcy", "pracownik.gops"):
        signed_in_as(page, who)
        answers = []
        for url in (address, absent):
            answer = page.goto(url)
            assert answer is not None
            answers.append((answer.status, page.locator("main").inner_text()))
        assert answers[0] == answers[1]
        assert answers[0][0] == 404
    signed_in_as(page, "pracownik.obcy")
    page.goto("/klienci/")
    expect(page.locator("tbody tr")).to_have_count(0)


def test_an_agreement_that_ended_hides_the_person_on_the_next_request(page: Page, tmp_path: Path):
    region()
    labour_office_brings_its_register(page, tmp_path)
    welfare_centre_brings_its_register(page, tmp_path)
    signed_in_as(page, "pracownik.pup")
    page.goto("/klienci/")
    expect(page.locator("tbody tr")).to_have_count(1)

    with as_owner():
        SharingAgreement.objects.update(valid_to=date(2021, 1, 1))
    page.goto("/klienci/")

    expect(page.locator("tbody tr")).to_have_count(0)
