"""A measure is described, and figures of public statistics come in from a file."""

import pytest
from playwright.sync_api import Page, expect

from spoiwo.institutions.types import Role
from spoiwo.toolkit.sheets import csv_file
from tests.database import as_owner
from tests.journeys.browser import page_is_accessible, sign_in
from tests.makers import institutions

pytestmark = [pytest.mark.browser, pytest.mark.committed]
HEADER = ("measure", "unit_id", "territory", "period", "value")
ROW = ("people_aged", "GUS-0861", "0861", "2025", "31200")


def analyst() -> None:
    with as_owner():
        office = institutions.institution(short_name="ROPS Próbny")
        account = institutions.user("analiza@example.pl", full_name="Alina Wymyślona")
        institutions.member(office, Role.ANALYST, account=account)


def bring(page: Page, *rows: tuple[str, ...]) -> None:
    content = csv_file(HEADER, rows)
    page.locator("input[type=file]").set_input_files(
        {"name": "dane.csv", "mimeType": "text/csv", "buffer": content}
    )
    page.get_by_role("button", name="Wczytaj wartości").click()


def test_a_measure_is_described_and_its_figures_come_in_from_a_file(page: Page):
    analyst()
    page.goto("/wskazniki/miary/")
    sign_in(page, "analiza@example.pl", institutions.PASSWORD)
    page_is_accessible(page)

    page.get_by_role("link", name="Nowa miara").click()
    page.get_by_label("Nazwa po polsku").fill("Ludność w wieku 60 lat i więcej")
    page.get_by_label("Nazwa po angielsku").fill("People aged 60 and over")
    page.get_by_label("Kod", exact=True).fill("people_aged")
    page.get_by_label("Źródło").fill("GUS")
    page_is_accessible(page)
    page.get_by_role("button", name="Dodaj miarę").click()
    expect(page.get_by_text("Miara jest w katalogu.")).to_be_visible()

    page.get_by_role("link", name="Wczytaj wartości z pliku").click()
    bring(page, ROW, ("people_aged", "GUS-0801", "801", "2025", "18000"))
    expect(page.get_by_text("ustaw kolumnę jako tekst")).to_be_visible()
    page_is_accessible(page)
    bring(page, ROW)
    expect(page.get_by_text("Wczytane wartości: 1; nowe lub inne: 1.")).to_be_visible()
    expect(page.get_by_role("cell", name="2025")).to_be_visible()
    page_is_accessible(page)
