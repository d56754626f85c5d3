"""A reviewer decides one proposal after another by single keys, sees what was marked, and takes an answer back."""

import re

import pytest
from playwright.sync_api import Page, expect

from spoiwo.institutions.types import Kind, Role
from spoiwo.matching.services import runs
from tests.database import as_owner
from tests.journeys.browser import page_is_accessible, sign_in
from tests.makers import institutions
from tests.makers.access import agreement
from tests.makers.registers import bring_in, row

pytestmark = [pytest.mark.browser, pytest.mark.committed]


def two_waiting() -> str:
    """Two offices with two pairs that wait for people, and the address a reviewer signs in with."""
    with as_owner():
        labour = institutions.institution("pup", Kind.PUP, short_name="PUP Próbny")
        welfare = institutions.institution("ops", Kind.OPS, short_name="OPS Próbny")
        agreement(labour, welfare)
        account = institutions.user("weryfikacja@example.pl")
        institutions.member(labour, Role.REVIEWER, account=account)
    for holder, letter in ((labour, "L"), (welfare, "W")):
        bring_in(
            holder, row(f"{letter}1", last_name="Zając"), row(f"{letter}2", first_name="Ewa", last_name="Kos")
        )
    runs.match_now(welfare.pk)
    return str(account.email)


def test_two_proposals_are_decided_without_the_mouse(page: Page) -> None:
    email = two_waiting()
    page.goto("/konto/login/")
    sign_in(page, email, institutions.PASSWORD)
    expect(page.get_by_role("heading", level=1)).to_contain_text("Dzień dobry")
    page.goto("/propozycje/")
    page.get_by_role("link", name="Zacznij od najstarszej").click()
    expect(page.get_by_role("heading", name="Czy to ta sama osoba?")).to_be_visible()
    first = page.url
    page_is_accessible(page)

    page.keyboard.press("t")
    expect(page).not_to_have_url(first)
    expect(page.locator("#main").get_by_text("Zapisano: ta sama osoba.")).to_be_visible()
    page.keyboard.press("r")

    expect(page).to_have_url(re.compile("/propozycje/$"))
    expect(page.locator("#main").get_by_text("Zapisano: to różne osoby.")).to_be_visible()
    page.keyboard.press("c")
    expect(page.get_by_role("heading", name="Cofnąć odpowiedź?")).to_be_visible()
