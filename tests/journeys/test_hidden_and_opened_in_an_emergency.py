"""A client is hidden, opened in an emergency, and the emergency access turns out to have been unnecessary."""

from datetime import date
from uuid import UUID

import pytest
from playwright.sync_api import Page, expect

from spoiwo.access.models import EmergencyAccess
from spoiwo.institutions.types import Role
from spoiwo.oversight.models import Incident
from tests.database import as_owner
from tests.journeys.browser import page_is_accessible, sign_in
from tests.makers import institutions
from tests.makers.clients import town
from tests.makers.registers import row

pytestmark = [pytest.mark.browser, pytest.mark.committed]
NUMBER = "44051401458"


def enter(page: Page, email: str) -> None:
    """Sign in as somebody else."""
    page.context.clear_cookies()
    page.goto("/konto/login/")
    sign_in(page, email, institutions.PASSWORD)
    expect(page.get_by_role("heading", level=1)).to_contain_text("Dzień dobry")


def hides(page: Page, uuid: UUID) -> None:
    """The supervisor hides the client."""
    enter(page, "supervisor@example.pl")
    page.goto(f"/klienci/{uuid}/ukryj/")
    page_is_accessible(page)
    page.get_by_label("Przemoc domowa").check()
    page.get_by_label("Wyjaśnienie").fill("Sprawca przemocy pracuje w urzędzie.")
    page.get_by_role("button", name="Ukryj tę osobę").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Osoby ukryte")
    page_is_accessible(page)


def opens_in_an_emergency(page: Page) -> None:
    """The worker no longer finds the client, and opens it all the same."""
    enter(page, "case_worker@example.pl")
    page.goto("/klienci/")
    expect(page.get_by_text("Kanarek")).to_have_count(0)
    page.goto("/klienci/nadzwyczajny/")
    page_is_accessible(page)
    page.get_by_label("PESEL").fill(NUMBER)
    page.get_by_label("Co się stało i dlaczego nie może to czekać").fill("Dziecko zostało samo w domu.")
    page.get_by_role("button", name="Otwórz i zapisz w dzienniku").click()
    expect(page.get_by_role("link", name="Anna Kanarek")).to_be_visible()
    page_is_accessible(page)
    page.get_by_role("button", name="Zakończ teraz").click()
    expect(page.get_by_text("Dostęp nadzwyczajny się skończył.")).to_be_visible()


def reviews(page: Page) -> None:
    """The supervisor finds that it was not necessary."""
    enter(page, "supervisor@example.pl")
    page.get_by_role("link", name="Biurko nadzoru").click()
    page_is_accessible(page)
    page.get_by_role("link", name="Dostęp nadzwyczajny do oceny").click()
    page.get_by_role("link", name="Oceń").click()
    expect(page.get_by_text("Dziecko zostało samo w domu.")).to_be_visible()
    page_is_accessible(page)
    page.get_by_label("Nie: zgłoś jako incydent").check()
    page.get_by_label("Dlaczego").fill("Dziecko było pod opieką, wystarczył telefon.")
    page.get_by_role("button", name="Zapisz ocenę").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Incydent 1/")
    page_is_accessible(page)


def test_a_hidden_client_is_opened_in_an_emergency_and_the_review_makes_it_an_incident(page: Page):
    with as_owner():
        there = town(own=row("L1", last_name="Kanarek", pesel=NUMBER, birth_date=date(1944, 5, 14)))
        accounts = {
            role: institutions.user(f"{role}@example.pl", full_name=name)
            for role, name in ((Role.CASE_WORKER, "Adam Wymyślony"), (Role.SUPERVISOR, "Ewa Zmyślona"))
        }
        for role, account in accounts.items():
            institutions.member(there.labour, role, account=account)

    hides(page, there.own.uuid)
    opens_in_an_emergency(page)
    reviews(page)

    with as_owner():
        assert EmergencyAccess.objects.get().verdict == "unjustified"
        assert Incident.objects.get().description == "Dziecko było pod opieką, wystarczył telefon."
