"""A client moves to another district: the pair of workers changes at once, and the former worker hands over."""

import re

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from spoiwo.districts.models import HandOver
from spoiwo.districts.services import assigning
from spoiwo.institutions.models import Membership
from spoiwo.institutions.types import Kind, Role
from spoiwo.toolkit.context import acting_for
from tests.database import as_owner
from tests.journeys.browser import page_is_accessible, sign_in
from tests.makers import districts as made
from tests.makers import institutions, registers

pytestmark = [pytest.mark.browser, pytest.mark.committed]


def enter(page: Page, member: Membership) -> None:
    """Sign in as somebody else."""
    page.context.clear_cookies()
    page.goto("/konto/login/")
    sign_in(page, member.user.email, institutions.PASSWORD)
    expect(page.get_by_role("heading", level=1)).to_contain_text("Dzień dobry")


def draw(page: Page, code: str, street: str, worker: str) -> None:
    """Add a district of one street with its worker."""
    page.get_by_role("navigation").get_by_role("link", name="Rejony").first.click()
    page.get_by_role("link", name="Dodaj rejon").click()
    page.get_by_label("Kod").fill(code)
    page.get_by_label("Nazwa").fill(f"Rejon {street}")
    page.get_by_role("button", name="Dodaj").click()
    page.get_by_role("link", name="Dodaj adresy").click()
    page.get_by_label("Gmina lub powiat").fill("0861011 Gorzów Wielkopolski")
    page.get_by_label("Ulica").fill(street)
    page.get_by_label("Ważne od").fill("1.01.2024")
    page.get_by_role("button", name="Dodaj").click()
    page.get_by_role("link", name="Wskaż naszego pracownika").click()
    page.get_by_label("Pracownik").select_option(label=worker)
    page.get_by_label("Od", exact=True).fill("1.01.2024")
    page.get_by_role("button", name="Wskaż pracownika").click()
    expect(page.get_by_text("Pracownik jest wskazany.")).to_be_visible()


def divide(page: Page) -> None:
    """Two districts drawn, the register compared with them, an address looked up."""
    draw(page, "1", "Polna", "Anna Klon")
    page_is_accessible(page)
    draw(page, "2", "Leśna", "Jan Buk")
    page.get_by_role("navigation").get_by_role("link", name="Rejony").first.click()
    page.get_by_role("link", name="Luki i zdublowania").click()
    page_is_accessible(page)
    page.get_by_role("button", name="Porównaj teraz rejestr z rejonami").click()
    expect(page.get_by_text("Porównano.")).to_be_visible()
    page.goto("/rejony/znajdz/?teryt=0861011&street=ul.+Polna&house=3")
    expect(page.get_by_text("Anna Klon")).to_be_visible()
    expect(page.get_by_text("Ola Wrzos")).to_be_visible()
    page_is_accessible(page)


def hand_over(page: Page) -> None:
    """From the page of the day to a note for the next worker."""
    page.get_by_role("navigation").get_by_role("link", name="Mój dzień").click()
    page_is_accessible(page)
    page.get_by_role("link", name=re.compile("^Przekaż")).click()
    page.get_by_label("Co powinien wiedzieć następny pracownik").fill("Czeka na staż w kwietniu.")
    page.get_by_role("button", name="Przekaż").click()
    expect(page.get_by_text("Czeka na staż w kwietniu.")).to_be_visible()
    page_is_accessible(page)


def test_a_move_ends_in_a_hand_over_and_a_new_pair(page: Page):
    with as_owner():
        labour = made.office(short_name="PUP Próbny")
        welfare = made.office(Kind.OPS, short_name="OPS Próbny")
        supervisor = institutions.member(labour, Role.SUPERVISOR)
        anna, jan = made.worker(labour, "Anna Klon"), made.worker(labour, "Jan Buk")
        theirs = made.keeper(welfare)
        made.ground(theirs, made.district(theirs, "A", made.worker(welfare, "Ola Wrzos")))
        registers.bring_in(labour, made.lives("a", "Polna"))
        (client,) = registers.records(labour, "a")
    enter(page, supervisor)
    divide(page)

    with as_owner():
        registers.bring_in(labour, made.lives("a", "Leśna"))
        assigning.sweep(labour.pk, timezone.localdate())
    enter(page, anna)
    hand_over(page)
    enter(page, jan)
    page.get_by_role("navigation").get_by_role("link", name="Mój dzień").click()
    page.get_by_role("button", name=re.compile("Przejmij")).click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Dzień dobry. Nic na Ciebie nie czeka.")
    page.goto(f"/klienci/{client.uuid}/")
    expect(page.get_by_text("Ola Wrzos").first).to_be_visible()
    expect(page.get_by_text("rejon 2: Rejon Leśna")).to_be_visible()
    expect(page.get_by_text("Pod poprzednim adresem")).to_contain_text("Anna Klon")
    page_is_accessible(page)
    with as_owner(), acting_for(labour.pk):
        row = HandOver.objects.get()
        assert (row.state, row.reason, row.taken_by_id) == ("taken", "moved", jan.user_id)
