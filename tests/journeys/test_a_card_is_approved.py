"""An analyst builds a card from choices, tries it out, and a director approves it."""

import pytest
from playwright.sync_api import Page, expect

from spoiwo.institutions.types import Role
from tests.database import as_owner
from tests.journeys.browser import page_is_accessible, sign_in
from tests.makers import institutions
from tests.makers import monitoring as made

pytestmark = [pytest.mark.browser, pytest.mark.committed]


def office_with_answers() -> None:
    with as_owner():
        office = institutions.institution(short_name="ROPS Próbny")
        for email, name, role in (
            ("analiza@example.pl", "Alina Wymyślona", Role.ANALYST),
            ("dyrekcja@example.pl", "Daria Wymyślona", Role.DIRECTOR),
        ):
            institutions.member(office, role, account=institutions.user(email, full_name=name))
        made.measure("finished")
        made.measure("independent")
        for period, finished, independent in (("2024", 20.0, 5.0), ("2025", 20.0, 10.0)):
            made.reported(office, finished, finished, finished, period=period)
            made.reported(office, independent, independent, independent, period=period, measure="independent")


def signed_in(page: Page, email: str, address: str) -> None:
    page.context.clear_cookies()
    page.goto(address)
    sign_in(page, email, institutions.PASSWORD)


def test_a_card_goes_from_draft_to_published_figures(page: Page):
    office_with_answers()
    signed_in(page, "analiza@example.pl", "/wskazniki/")
    page.get_by_role("link", name="Nowa karta").click()
    page_is_accessible(page)

    page.get_by_label("Nazwa po polsku").fill("Usamodzielnienie absolwentów")
    page.get_by_label("Nazwa po angielsku").fill("Graduates who became self-reliant")
    page.get_by_label("Kod", exact=True).fill("usamodzielnienie")
    page.locator("#id_counted").select_option("independent")
    page.get_by_label("Podzielone przez").select_option("finished")
    page.get_by_label("Sposób pokazania").select_option("100")
    page.get_by_role("button", name="Zapisz szkic i wypróbuj").click()

    expect(page.get_by_text("Zmienią się 4 opublikowane wartości.")).to_be_visible()
    expect(page.get_by_text("„Miara independent”").first).to_be_visible()
    page_is_accessible(page)
    page.get_by_role("button", name="Przekaż do zatwierdzenia").click()
    expect(page.get_by_text("Musi ją zatwierdzić inna osoba").first).to_be_visible()
    expect(page.get_by_role("button", name="Zatwierdź i opublikuj")).to_have_count(0)

    signed_in(page, "dyrekcja@example.pl", "/wskazniki/usamodzielnienie/1/")
    page.get_by_role("button", name="Zatwierdź i opublikuj").click()

    expect(page.get_by_text("jej wartości opublikowane")).to_be_visible()
    expect(page.get_by_role("img", name="Usamodzielnienie absolwentów, 08")).to_be_visible()
    expect(page.get_by_role("link", name="50: ").first).to_be_visible()
    page_is_accessible(page)
    page.goto("/wskazniki/")
    expect(page.get_by_text("(2025)")).to_be_visible()
    page_is_accessible(page)


def test_units_that_do_not_fit_are_explained(page: Page):
    office_with_answers()
    with as_owner():
        made.measure("money", unit="pln")
    signed_in(page, "analiza@example.pl", "/wskazniki/nowa/")

    page.get_by_label("Nazwa po polsku").fill("Suma")
    page.get_by_label("Nazwa po angielsku").fill("Sum")
    page.get_by_label("Kod", exact=True).fill("suma")
    page.get_by_text("Własne wzory").click()
    page.get_by_label("Własny wzór tego, co jest liczone").fill("finished + money")
    page.get_by_role("button", name="Zapisz szkic i wypróbuj").click()

    expect(
        page.get_by_text("Nie można dodać ani odjąć różnych jednostek: finished to osoby").first
    ).to_be_visible()
    page_is_accessible(page)
