"""A labour office sends people to a centre: accepted at last, rejected and sent again, answered by link."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Locator, Page, expect

from spoiwo.institutions.types import Kind, Role
from spoiwo.partnership.models import OutgoingMail
from spoiwo.referrals.models import Referral
from tests.database import as_owner
from tests.journeys.browser import page_is_accessible, sign_in
from tests.makers import access, catalogue, institutions, registers
from tests.makers import referrals as made

pytestmark = [pytest.mark.browser, pytest.mark.committed]


def offices() -> tuple[str, str]:
    """A labour office with clients and a centre with one place; public ids of place and club."""
    office = catalogue.office(Kind.PUP, short_name="PUP Próbny")
    centre = catalogue.office(Kind.CIS, short_name="CIS Próbne", email="cis@example.pl")
    club = catalogue.office(Kind.KIS, short_name="KIS Mały", email="klub@example.pl")
    for partner in (centre, club):
        access.agreement(office, partner, gives=[(office, partner, one) for one in made.GIVEN])
    registers.bring_in(office, registers.row("1", last_name="Nowak"), registers.row("2", last_name="Kos"))
    for where, email in ((office, "pup@example.pl"), (centre, "cis.pracownik@example.pl")):
        account = institutions.user(email, full_name="Osoba Wymyślona")
        institutions.member(where, Role.CASE_WORKER, account=account)
    today = timezone.localdate()
    catalogue.place(catalogue.keeper(centre), name="Centrum próbne", places_total=1, today=today)
    catalogue.place(catalogue.keeper(club), name="Klub próbny", kind="KIS", today=today - timedelta(days=2))
    return "Centrum próbne", "Klub próbny"


def enter(page: Page, email: str) -> None:
    page.context.clear_cookies()
    page.goto("/konto/login/")
    sign_in(page, email, institutions.PASSWORD)
    expect(page.get_by_role("heading", level=1)).to_contain_text("Dzień dobry")


def refer(page: Page, place: str, who: str, *, opinion: bool) -> str:
    """Send a client to a place; the address of the referral."""
    page.goto("/miejsca/")
    page.get_by_label("Słowa").fill(place)
    page.get_by_role("main").get_by_role("button", name="Szukaj").click()
    page.get_by_role("link", name=f"Skieruj {place}").click()
    page.get_by_label("Klient z Waszego rejestru").fill(who)
    page.get_by_role("main").get_by_role("button", name="Szukaj").click()
    page.get_by_role("link", name=re.compile(who)).click()
    page_is_accessible(page)
    page.get_by_label("W jakim celu").fill("Powrót do pracy")
    if opinion:
        for question, answer in (("zasiłku", "Nie"), ("renty", "Nie"), ("opinia", "Tak"), ("chce", "Tak")):
            group = page.get_by_role("group", name=re.compile(question))
            group.get_by_label(answer, exact=True).check()
    page.get_by_role("button", name="Wyślij skierowanie").click()
    expect(page.get_by_text("Skierowanie wysłano.")).to_be_visible()
    return page.url


def opened(page: Page, step: str) -> Locator:
    """The fold of a step, opened."""
    page.locator("summary").filter(has_text=re.compile(rf"^\s*{step}\s*$")).click()
    return page.locator("details[open]").filter(has_text=step)


def take(page: Page, step: str, **filled: str) -> None:
    """Open a step, fill in what it asks, and take it."""
    fold = opened(page, step)
    for label, value in filled.items():
        field = fold.get_by_label(label.replace("_", " "))
        if label == "Wynik":
            field.select_option(label=value)
        else:
            field.fill(value)
    fold.get_by_role("button", name=step, exact=True).click()
    expect(page.get_by_text("Zapisano. Druga strona już to widzi.")).to_be_visible()


def test_from_the_waiting_list_to_an_acknowledged_outcome(page: Page):
    with as_owner():
        centre, _club = offices()
    enter(page, "pup@example.pl")
    first = refer(page, centre, "Nowak", opinion=True)
    second = refer(page, centre, "Kos", opinion=True)

    enter(page, "cis.pracownik@example.pl")
    page.goto("/skierowania/")
    expect(page.get_by_role("link", name="Nowak Anna")).to_be_visible()
    page_is_accessible(page)
    page.goto(first)
    take(page, "Wpisz na listę oczekujących")
    take(page, "Przyjmij")
    page_is_accessible(page)
    fold = opened(page, "Rozpocznij")
    fold.get_by_label("Tak", exact=True).check()
    fold.get_by_role("button", name="Rozpocznij", exact=True).click()
    expect(page.locator(".tag").filter(has_text="W trakcie")).to_be_visible()
    take(page, "Zakończ", Wynik="Praca na otwartym rynku")
    page.goto(second)
    take(page, "Odrzuć", Wynik="Brakuje dokumentów")

    enter(page, "pup@example.pl")
    page.goto(first)
    page.get_by_role("button", name="Przyjmij wynik do wiadomości").click()
    expect(page.get_by_text("zamknięte")).to_be_visible()
    page.goto(second)
    page.get_by_role("link", name="Wyślij ponownie").click()
    page.get_by_label("W jakim celu").fill("Powrót do pracy")
    page.get_by_role("button", name="Wyślij skierowanie").click()
    expect(page.get_by_text("Powtarza skierowanie")).to_be_visible()
    with as_owner():
        assert list(Referral.objects.order_by("pk").values_list("state", "outcome")) == [
            ("completed", "employed"),
            ("rejected", "missing_papers"),
            ("sent", ""),
        ]


def test_a_small_receiver_answers_by_link_and_one_time_code(page: Page):
    with as_owner():
        _centre, club = offices()
    enter(page, "pup@example.pl")
    refer(page, club, "Nowak", opinion=False)
    page.get_by_text("Przyjmujący nie ma konta").click()
    page.get_by_role("button", name="Wyślij odnośnik").click()
    code = page.locator(".secret").inner_text()
    with as_owner():
        letter = OutgoingMail.objects.order_by("-pk")[0]
    assert (letter.to, "Nowak" in letter.text) == ("klub@example.pl", False)
    path = re.search(r"/skierowania/odnosnik/[^/]+/", letter.text)
    assert path is not None

    page.context.clear_cookies()
    page.goto(path[0])
    page_is_accessible(page)
    page.get_by_label("Kod jednorazowy").fill(code)
    page.get_by_role("button", name="Dalej").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Anna Nowak")
    page_is_accessible(page)
    take(page, "Przyjmij")

    expect(page.locator(".tag").filter(has_text="Przyjęte")).to_be_visible()
    with as_owner():
        assert Referral.objects.get().state == "accepted"
