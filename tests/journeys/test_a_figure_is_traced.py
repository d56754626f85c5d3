"""Answers of an edition become a published figure, which is traced to its rows and computed again."""

import re

import pytest
from playwright.sync_api import Page, expect

from spoiwo.institutions.types import Role
from spoiwo.surveys.services import rounds
from spoiwo.surveys.types import Unit
from tests.database import as_owner
from tests.journeys.browser import page_is_accessible, sign_in
from tests.makers import institutions, surveys
from tests.makers import monitoring as made

pytestmark = [pytest.mark.browser, pytest.mark.committed]
JOBS = ("4", "6", "8,5")


def closed_edition() -> None:
    """Three answered, one kept silent; a card over the measure waits for data."""
    with as_owner():
        office = institutions.institution(short_name="ROPS Próbny")
        account = institutions.user("analiza@example.pl", full_name="Alina Wymyślona")
        institutions.member(office, Role.ANALYST, account=account)
        made.measure("posts", unit="post")
        made.approved(office, code="etaty", entry={"numerator": "posts", "protects": "entities"})
        units = [Unit(name=f"PS {n}", kind="ps", territory="0801011", key=f"ps-{n}") for n in range(4)]
        asked = surveys.version(office, surveys.sector(), code="sektor")
        survey = surveys.survey(office, *units, asked=asked, period="2025", title="Monitoring 2025")
        for number, jobs in enumerate(JOBS):
            surveys.hand_in(surveys.token(survey, f"ps-{number}"), {"kind": "ps", "jobs": jobs})
        rounds.close_survey(survey_id=survey.pk, by=surveys.analyst(office))


def test_an_edition_becomes_a_figure_that_is_traced_and_computed_again(page: Page):
    closed_edition()
    page.goto("/wskazniki/edycje/")
    sign_in(page, "analiza@example.pl", institutions.PASSWORD)
    page_is_accessible(page)

    page.get_by_role("link", name="Monitoring 2025").click()
    page.get_by_label("Pytanie", exact=True).select_option("jobs|")
    page.get_by_label("Zasila miarę").select_option(label="Miara posts")
    page.get_by_role("button", name="Dodaj", exact=True).click()
    page_is_accessible(page)
    page.get_by_role("button", name="Wczytaj odpowiedzi").click()
    expect(page.get_by_text("obserwacje nowe lub zmienione: 4")).to_be_visible()
    page.get_by_role("button", name="Opublikuj wszystkie karty z najnowszymi danymi").click()
    expect(page.get_by_text("1 karta ma nowe wartości.")).to_be_visible()
    page_is_accessible(page)
    page.goto("/wskazniki/")

    page.get_by_role("link", name="Absolwenci").click()
    page_is_accessible(page)
    page.get_by_role("link", name=re.compile(r"^18,50: skąd ta wartość")).first.click()
    expect(page.get_by_role("cell", name="ps-2")).to_be_visible()
    expect(page.get_by_role("cell", name="brak odpowiedzi")).to_be_visible()
    page_is_accessible(page)
    page.get_by_role("link", name="Odtwórz liczby").click()
    expect(page.get_by_text("Wszystko wyszło tak, jak opublikowano")).to_be_visible()
    page_is_accessible(page)
    page.goto("/wskazniki/analiza/?karta=etaty&widok=mapa")
    page_is_accessible(page)
