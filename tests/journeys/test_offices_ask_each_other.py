"""Two offices: a yes without values, an enquiry, its answer, the confirmation, and the check that anybody can make."""

import re

import pytest
from playwright.sync_api import Page, expect

from spoiwo.enquiries.models import Confirmation
from tests.database import as_owner
from tests.journeys.browser import page_is_accessible, sign_in
from tests.makers import enquiries as made
from tests.makers import institutions
from tests.makers.clients import link
from tests.makers.registers import bring_in, records, row

pytestmark = [pytest.mark.browser, pytest.mark.committed]


def come_in(page: Page, email: str) -> None:
    page.context.clear_cookies()
    page.goto("/konto/login/")
    sign_in(page, email, institutions.PASSWORD)
    expect(page.get_by_role("heading", level=1)).to_contain_text("Dzień dobry")


def verify_from_the_page_of_the_client(page: Page, client: str) -> None:
    page.goto(f"/wiadomosci/klient/{client}/")
    page_is_accessible(page)
    page.get_by_role("main").get_by_role("link", name="Sprawdź osobę").click()
    expect(page.get_by_label("Nazwisko")).to_have_value("Nowak")
    page.get_by_label("Czy osoba jest dziś zarejestrowana jako bezrobotna?").check()
    page.get_by_label("Czy adres się zgadza?").check()
    page.get_by_role("button", name="Sprawdź osobę").click()
    expect(page.get_by_role("status").get_by_text("Tak", exact=True)).to_have_count(2)
    page_is_accessible(page)


def ask(page: Page, client: str) -> str:
    page.goto(f"/wnioski/nowy/?client={client}")
    page_is_accessible(page)
    page.get_by_label("Kogo pytasz").select_option(label="Urząd, który wie")
    page.get_by_label("Znak sprawy").fill("OPS.5120.1.2026")
    page.get_by_role("button", name="Wyślij", exact=True).click()
    expect(page.get_by_text("Wniosek jest wysłany.")).to_be_visible()
    page_is_accessible(page)
    return page.url


def answer(page: Page) -> None:
    page.get_by_role("navigation").get_by_role("link", name=re.compile("^Wnioski")).first.click()
    page_is_accessible(page)
    page.get_by_role("link", name=re.compile(r"^ZAP.1.")).click()
    page_is_accessible(page)
    page.get_by_role("button", name="Potwierdź i odpowiedz").click()
    expect(page.get_by_text("Odpowiedź wysłana.")).to_be_visible()


def test_from_a_question_to_a_paper_that_anybody_can_check(page: Page):
    with as_owner():
        there = made.offices(labour_name="Urząd, który wie")
        bring_in(there.welfare, row("W1", pesel=made.PESEL, place="Lubiszyn", street="Leśna", house="4"))
        (own,) = records(there.welfare, "W1")
        link(own, there.record)
        made.terms(there)
    come_in(page, there.asker.user.email)
    verify_from_the_page_of_the_client(page, str(own.uuid))
    enquiry = ask(page, str(own.uuid))

    come_in(page, there.officer.user.email)
    answer(page)

    come_in(page, there.asker.user.email)
    page.goto(enquiry)
    page.get_by_role("link", name=re.compile(r"Potwierdzenie danych POT.1.")).click()
    page_is_accessible(page)
    with page.expect_download() as download:
        page.get_by_role("link", name="Zapisz jako PDF").click()
    file = download.value.path()
    assert file.read_bytes().startswith(b"%PDF")
    with as_owner():
        (paper,) = Confirmation.objects.all()
    page.context.clear_cookies()
    page.goto(f"/dokument/{paper.institution_id}/{paper.code}/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Ten dokument jest autentyczny")
    expect(page.get_by_text(paper.sha256)).to_be_visible()
    expect(page.get_by_text("Nowak")).to_have_count(0)
    page.locator("input[type=file]").set_input_files(file)
    page.get_by_role("button", name="Porównaj").click()
    expect(page.get_by_text("To dokładnie ten plik, który został wydany.")).to_be_visible()
    page_is_accessible(page)
