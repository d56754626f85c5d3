"""The story of an edition: built, published, answered on a phone, in a second window, read as results and figures."""

import re

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect

from spoiwo.institutions.models import Institution
from spoiwo.institutions.types import Kind, Role
from spoiwo.surveys import queries
from spoiwo.surveys.models import FrameUnit, Survey
from spoiwo.surveys.services.links import link_for_unit, path_of
from spoiwo.surveys.types import Status
from spoiwo.toolkit.context import acting_for
from tests.database import as_owner
from tests.journeys.browser import page_is_accessible, sign_in
from tests.makers import institutions

pytestmark = [pytest.mark.browser, pytest.mark.committed]
PHONE = ViewportSize(width=360, height=740)


def region() -> Institution:
    with as_owner():
        office = institutions.institution("rops", Kind.ROPS, short_name="ROPS Próbny")
        account = institutions.user("analityk@example.pl", full_name="Ada Wymyślona")
        institutions.member(office, Role.ANALYST, account=account)
        institutions.institution("cis", Kind.CIS, name="CIS Wymyślony", teryt="0861011")
    return office


def ask(page: Page, where: str, label: str, kind: str, code: str, **more: str) -> None:
    page.locator(f"#page-{where}").get_by_role("link", name="Dodaj pytanie").click()
    page.get_by_label("Pytanie po polsku").fill(label)
    page.get_by_label("Rodzaj odpowiedzi").select_option(kind)
    page.get_by_label("Kod pytania").fill(code)
    for name, text in more.items():
        page.locator(f"#id_{name}").fill(text)
    page.get_by_role("button", name="Zapisz pytanie").click()


def build_and_publish(page: Page) -> None:
    page.get_by_role("navigation").get_by_role("link", name="Badania").click()
    page.get_by_role("link", name="Kwestionariusze").first.click()
    page.get_by_role("link", name="Nowy kwestionariusz").click()
    page.get_by_label("Tytuł po polsku").fill("Sektor w 2025 roku")
    page.get_by_label("Kod", exact=True).fill("sektor")
    page.get_by_role("button", name="Zacznij budowę").click()
    page.get_by_role("link", name="Dodaj stronę").click()
    page.get_by_label("Tytuł po polsku").fill("Zatrudnienie")
    page.get_by_role("button", name="Zapisz").click()
    ask(page, "p1", "Ile etatów?", "integer", "jobs", unit="etat", minimum="0")
    ask(page, "p1", "Czy będą nowe?", "yes_no", "new_jobs")
    ask(page, "p1", "Ile nowych?", "integer", "how_many", condition='new_jobs == "yes"')
    ask(page, "p1", "Pomyłka", "text", "mistake")
    page_is_accessible(page)
    mistake = page.locator("#question-mistake")
    mistake.get_by_role("button", name="Usuń").click()
    expect(page.get_by_text("Usunięto: Pomyłka")).to_be_visible()
    page.get_by_role("button", name="Przywróć").click()
    page.locator("#question-mistake").get_by_role("button", name="W górę").click()
    page.locator("#question-mistake").get_by_role("button", name="Usuń").click()
    page.get_by_role("button", name="Opublikuj wersję").click()
    expect(page.get_by_text("Wersja jest opublikowana")).to_be_visible()
    page_is_accessible(page)


def open_the_edition(page: Page) -> None:
    page.goto("/ankiety/nowa/")
    page.get_by_label("Tytuł").fill("Edycja 2025")
    page.get_by_label("Okres edycji").fill("2025")
    page.get_by_role("button", name="Zaplanuj badanie").click()
    page.get_by_role("link", name="Badani na liście").click()
    page.get_by_label("Centrum integracji społecznej").check()
    page.get_by_label("Obszar").fill("08")
    page.get_by_role("button", name="Dodaj te instytucje").click()
    expect(page.get_by_role("link", name="CIS Wymyślony")).to_be_visible()
    page_is_accessible(page)
    page.goto("/ankiety/")
    page.get_by_role("link", name="Edycja 2025").click()
    page.get_by_role("button", name="Otwórz badanie").click()
    expect(page.get_by_text("Badanie jest otwarte")).to_be_visible()
    page_is_accessible(page)


def answer_on_a_phone(chromium: Browser, site: str, path: str) -> None:
    context = chromium.new_context(base_url=site, locale="pl-PL", viewport=PHONE)
    phone = context.new_page()
    phone.goto(path)
    phone.get_by_role("link", name="Zacznij").click()
    phone.get_by_label("Ile etatów?").fill("12")
    phone.get_by_label("Tak").check()
    expect(phone.locator("#saved")).to_contain_text("Zapisano o")
    expect(phone.get_by_label("Ile nowych?")).to_be_visible()
    phone.get_by_label("Ile nowych?").fill("dwie")
    phone.get_by_role("button", name="Zapisz i przejdź dalej").click()
    expect(phone.get_by_role("alert")).to_contain_text("Wpisz liczbę")
    assert phone.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0
    page_is_accessible(phone)
    phone.close()
    later = context.new_page()  # the same link, another day
    later.goto(path)
    later.get_by_role("link", name="Kontynuuj").click()
    expect(later.get_by_label("Ile etatów?")).to_have_value("12")
    later.get_by_label("Ile nowych?").fill("2")
    later.get_by_role("button", name="Zapisz i przejdź dalej").click()
    expect(later.get_by_role("heading", level=1)).to_have_text("Przejrzyj swoje odpowiedzi")
    page_is_accessible(later)
    later.get_by_role("button", name="Złóż odpowiedź").click()
    expect(later.locator("main")).to_contain_text(re.compile(r"[0-9A-F]{4}-[0-9A-F]{4}-[0-9A-F]{4}"))
    context.close()


def test_a_questionnaire_is_built_answered_on_a_phone_and_counted(
    page: Page, chromium: Browser, live_server
) -> None:
    office = region()
    page.goto("/konto/login/")
    sign_in(page, "analityk@example.pl", institutions.PASSWORD)
    build_and_publish(page)
    open_the_edition(page)
    with as_owner():
        path = path_of(link_for_unit(FrameUnit.objects.get()))

    answer_on_a_phone(chromium, live_server.url, path)

    page.goto("/ankiety/")
    page.get_by_role("link", name="Edycja 2025").click()
    page.get_by_role("link", name="Wyniki").click()
    expect(page.locator("#result-jobs")).to_contain_text("12")
    page_is_accessible(page)
    page.get_by_role("link", name="Edycja 2025").click()
    page.get_by_role("button", name="Zamknij badanie").click()
    page.get_by_role("button", name="Przyjmij wszystkie").click()
    page.get_by_role("button", name="Zakończ weryfikację").click()
    page.get_by_role("button", name="Opublikuj wyniki").click()
    expect(page.get_by_text("Wyniki są opublikowane")).to_be_visible()
    page.get_by_role("link", name="Raport z edycji").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Edycja 2025")
    page_is_accessible(page)
    with as_owner(), acting_for(office.pk):
        edition = Survey.objects.get()
        found = {one.question: one for one in queries.observations(edition.uuid, institution_id=office.pk)}
    assert (found["jobs"].status, found["jobs"].territory) == (Status.OK, "0861011")
    assert found["jobs"].value == 12
