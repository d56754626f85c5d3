"""A joint plan: from the list of common clients, signed by three parties, carried out, changed, reviewed, completed."""

import re

import pytest
from playwright.sync_api import FilePayload, Page, expect

from spoiwo.institutions.types import Role
from spoiwo.plans.models import JointPlan, PlanVersion
from tests.database import as_owner
from tests.journeys.browser import page_is_accessible, sign_in
from tests.makers import institutions
from tests.makers import plans as made
from tests.makers.clients import town

pytestmark = [pytest.mark.browser, pytest.mark.committed]
SIGNED = FilePayload(name="podpis.pdf", mimeType="application/pdf", buffer=made.SCAN)


def offices() -> None:
    """A labour office and a welfare centre with a common client, and a worker of each."""
    with as_owner():
        place = town()
        for office, mailbox in ((place.labour, "doradca"), (place.welfare, "socjalna")):
            account = institutions.user(f"{mailbox}@example.pl", full_name="Anna Wymyślona")
            institutions.member(office, Role.CASE_WORKER, account=account)


def enter_as(page: Page, mailbox: str, path: str) -> None:
    """Sign in as somebody else and open a page."""
    page.context.clear_cookies()
    page.goto("/konto/login/")
    sign_in(page, f"{mailbox}@example.pl", institutions.PASSWORD)
    expect(page.get_by_role("heading", level=1)).to_contain_text("Dzień dobry")
    page.goto(path)


def sign_for_institution(page: Page) -> None:
    """Sign with the password once more."""
    page.get_by_role("link", name="Podpisz za swoją instytucję").click()
    page_is_accessible(page)
    page.get_by_label("Twoje hasło").fill(institutions.PASSWORD)
    page.get_by_role("button", name="Podpisz", exact=True).click()
    expect(page.get_by_text("Podpisano.")).to_be_visible()


def signed_by_everybody(page: Page) -> None:
    """Both offices with passwords, the person on paper; the plan's draft is open."""
    draft = page.url
    page.get_by_role("button", name="Przekaż do podpisu").click()
    page_is_accessible(page)
    sign_for_institution(page)
    enter_as(page, "socjalna", draft)
    sign_for_institution(page)
    page.goto(draft)
    page.get_by_role("link", name="Osoba podpisała na papierze").click()
    page_is_accessible(page)
    page.locator("input[type=file]").set_input_files(SIGNED)
    page.get_by_label("Osoba podpisała w mojej obecności").check()
    page.get_by_role("button", name="Zapisz", exact=True).click()
    expect(page.get_by_text("Podpis osoby jest zapisany.")).to_be_visible()


def written_by_keyboard(page: Page) -> None:
    """From the client's page to a draft of three goals, without the mouse."""
    start = page.get_by_role("link", name="Zacznij wspólny plan")
    start.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Zacznij wspólny plan")).to_be_visible()
    page_is_accessible(page)
    page.get_by_label("Początek").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Niczego nie brakuje.")).to_be_visible()


def changed(page: Page, plan: str) -> None:
    """A new version, negotiated while the old one stays in force."""
    page.get_by_role("button", name="Zmień plan").click()
    page.get_by_role("link", name=re.compile("Zmień cel.*Pracuję")).click()
    page_is_accessible(page)
    page.get_by_label("Co ma być osiągnięte").fill("umowa na rok")
    page.get_by_role("button", name="Zapisz", exact=True).click()
    expect(page.get_by_role("cell", name=re.compile("umowa na rok"))).to_be_visible()
    page.goto(plan)
    expect(page.get_by_text("Trwa zmiana: wersja 2.")).to_be_visible()
    enter_as(page, "doradca", f"{plan}projekt/")
    signed_by_everybody(page)
    page.get_by_role("link", name="Wersje i podpisy").click()
    page_is_accessible(page)
    page.goto(plan)


def reviewed_and_completed(page: Page) -> None:
    """The review with its prepared agenda, and the end."""
    page.get_by_role("link", name="Przeprowadź przegląd").click()
    page_is_accessible(page)
    expect(page.get_by_text("Przygotowanie życiorysu")).to_be_visible()
    page.get_by_label("Co ustalono").fill("Plan idzie dobrze")
    page.get_by_role("button", name="Zapisz", exact=True).click()
    expect(page.get_by_text("Plan idzie dobrze").first).to_be_visible()
    page.get_by_role("link", name="Zakończ plan").click()
    page.get_by_role("button", name="Zakończ plan").click()
    expect(page.get_by_text("po 3 miesiącach")).to_be_visible()
    page_is_accessible(page)


def test_a_plan_from_the_list_of_common_clients_to_its_end(page: Page):
    offices()
    enter_as(page, "doradca", "/klienci/")
    page.get_by_role("link", name="Nowak Anna").click()
    page.get_by_role("button", name="Otwórz stronę klienta").click()
    written_by_keyboard(page)
    page_is_accessible(page)
    signed_by_everybody(page)
    plan = page.url
    expect(page.get_by_text("Uzgodniony")).to_be_visible()
    page.get_by_role("link", name="Rozpocznij realizację").click()
    page.get_by_role("button", name="Rozpocznij realizację").click()
    expect(page.get_by_text("Realizowany")).to_be_visible()
    page_is_accessible(page)

    page.get_by_role("button", name=re.compile("Zrobione.*Przygotowanie życiorysu")).click()
    expect(page.get_by_text("Wykonane: Przygotowanie życiorysu.")).to_be_visible()
    changed(page, plan)
    reviewed_and_completed(page)
    with page.expect_download() as download:
        page.get_by_role("link", name="Jedna strona dla osoby (PDF)").click()

    assert download.value.path().read_bytes().startswith(b"%PDF")
    with as_owner():
        assert JointPlan.objects.get().state == "completed"
        states = PlanVersion.objects.order_by("number").values_list("state", flat=True)
        assert list(states) == ["replaced", "in_force"]
