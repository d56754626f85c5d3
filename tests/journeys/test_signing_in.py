"""Signing in and out, as an official does it."""

import pytest
from playwright.sync_api import Page, expect

from spoiwo.institutions.types import Role
from tests.database import as_owner
from tests.journeys.browser import page_is_accessible, sign_in
from tests.makers import institutions

pytestmark = [pytest.mark.browser, pytest.mark.committed]
INNER_PAGE = "/konto/password/change/"


def official(email: str) -> None:
    with as_owner():
        account = institutions.user(email, full_name="Maria Wymyślona")
        institutions.member(institutions.institution(), Role.CASE_WORKER, account=account)


def test_an_official_signs_in_where_they_wanted_to_go_and_out_again(page: Page):
    official("maria@example.pl")

    page.goto(INNER_PAGE)
    page_is_accessible(page)
    sign_in(page, "maria@example.pl", institutions.PASSWORD)

    expect(page).to_have_url(INNER_PAGE)
    expect(page.get_by_text("Maria Wymyślona")).to_be_visible()
    page_is_accessible(page)
    page.get_by_role("button", name="Wyloguj").click()
    page.goto(INNER_PAGE)
    expect(page.get_by_role("button", name="Zaloguj")).to_be_visible()


def test_a_wrong_password_is_told_without_telling_who_has_an_account(page: Page):
    official("maria@example.pl")

    page.goto(INNER_PAGE)
    sign_in(page, "maria@example.pl", "nie-to-haslo-123")
    told = page.locator(".govuk-error-summary").inner_text()
    page_is_accessible(page)
    sign_in(page, "nikt@example.pl", "nie-to-haslo-123")

    expect(page.locator(".govuk-error-summary")).to_have_text(told, use_inner_text=True)


def test_signing_in_works_without_scripts(plain_page: Page):
    official("maria@example.pl")

    plain_page.goto(INNER_PAGE)
    sign_in(plain_page, "maria@example.pl", institutions.PASSWORD)

    expect(plain_page.get_by_text("Maria Wymyślona")).to_be_visible()


def plugged_in(page: Page) -> None:
    """A security key in the port of the computer, touched whenever the browser asks."""
    port = page.context.new_cdp_session(page)
    port.send("WebAuthn.enable")
    key = {
        "protocol": "ctap2",
        "transport": "usb",
        "hasResidentKey": False,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    port.send("WebAuthn.addVirtualAuthenticator", {"options": key})


def test_a_security_key_is_added_and_asked_for_from_then_on(page: Page):
    official("maria@example.pl")
    plugged_in(page)
    page.goto("/konto/2fa/")
    sign_in(page, "maria@example.pl", institutions.PASSWORD)
    page_is_accessible(page)

    page.get_by_role("link", name="Dodaj klucz").click()
    page.get_by_role("textbox", name="Hasło").fill(institutions.PASSWORD)
    page.get_by_role("button", name="Potwierdź").click()
    page.get_by_label("Nazwa klucza").fill("Klucz w biurku")
    page_is_accessible(page)
    page.get_by_role("button", name="Dodaj klucz").click()
    expect(page.get_by_role("heading", name="Kody zapasowe")).to_be_visible()
    page.goto("/konto/2fa/webauthn/")
    expect(page.get_by_role("rowheader", name="Klucz w biurku")).to_be_visible()
    page_is_accessible(page)
    page.get_by_role("button", name="Wyloguj").click()

    page.goto(INNER_PAGE)
    sign_in(page, "maria@example.pl", institutions.PASSWORD)
    expect(page.get_by_role("heading", name="Drugi krok logowania")).to_be_visible()
    page_is_accessible(page)
    page.get_by_role("button", name="Użyj klucza bezpieczeństwa").click()

    expect(page).to_have_url(INNER_PAGE)
    expect(page.get_by_text("Maria Wymyślona")).to_be_visible()
