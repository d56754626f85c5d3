"""A support centre at work: advice on a phone, a training, a partnership group, both incubation tracks."""

import re
import time
from datetime import date, timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, ViewportSize, expect

from spoiwo.institutions.types import Kind, Role
from spoiwo.support.models import Certificate, Delivery, Partnership, Path, Registration
from tests.database import as_owner
from tests.journeys.browser import page_is_accessible, sign_in
from tests.makers import institutions
from tests.makers import support as made

pytestmark = [pytest.mark.browser, pytest.mark.committed]
PHONE = ViewportSize(width=360, height=740)
ADVICE_SECONDS = 20


def adviser(page: Page):
    """An adviser of a centre, signed in; answers who acts, for makers."""
    with as_owner():
        office = institutions.institution("", Kind.OWES, short_name="OWES Próbny")
        account = institutions.user("doradca@example.pl", full_name="Dorota Wymyślona")
        by = institutions.acting(institutions.member(office, Role.SUPPORT_ADVISER, account=account))
    page.goto("/konto/login/")
    sign_in(page, "doradca@example.pl", institutions.PASSWORD)
    expect(page.get_by_role("heading", level=1)).to_contain_text("Dzień dobry")
    return by


def in_words(day: date) -> str:
    return f"{day:%d.%m.%Y}"


def test_advice_on_a_phone_in_two_clicks(page: Page):
    by = adviser(page)
    with as_owner():
        made.delivered(
            by, made.person(by, "Ewa", last_name="Nowak"), minutes=45, topic="statut", day=date(2024, 5, 14)
        )
    page.set_viewport_size(PHONE)
    page.goto("/")

    begun = time.monotonic()
    page.get_by_role("banner").get_by_role("link", name="Zapisz poradę").click()
    expect(page.get_by_label("Dla kogo")).to_have_value(re.compile("Nowak Ewa"))
    page.get_by_role("button", name="Zapisz", exact=True).click()
    expect(page.get_by_text("Zapisano: Nowak Ewa, 45 min.")).to_be_visible()

    assert time.monotonic() - begun < ADVICE_SECONDS
    with as_owner():
        assert (
            Delivery.objects.filter(institution_id=by.institution_id, day=timezone.localdate()).count() == 1
        )
    page_is_accessible(page)


def test_what_was_typed_survives_a_lost_connection_but_not_signing_out(page: Page):
    by = adviser(page)
    with as_owner():
        made.person(by, "Ewa", last_name="Nowak")
    page.goto("/wsparcie/zapisz/")
    page.get_by_label("Dla kogo").fill("Nowak Ewa")
    page.get_by_label("Temat").fill("umowa najmu")

    page.context.set_offline(True)
    page.get_by_role("button", name="Zapisz", exact=True).click()
    expect(page.locator("[data-draft-lost]")).to_be_visible()
    page.context.set_offline(False)
    page.reload()

    expect(page.get_by_label("Temat")).to_have_value("umowa najmu")
    expect(page.get_by_text("To, co wpisano wcześniej, wróciło.")).to_be_visible()
    page_is_accessible(page)
    page.get_by_role("button", name="Wyloguj").click()
    expect(page).to_have_url(re.compile("login"))
    assert (
        page.evaluate("Object.keys(sessionStorage).filter(key => key.startsWith('spoiwo-draft')).length") == 0
    )


def sign_up(page: Page) -> None:
    """Follow the link to the page on which anybody signs up, as Jan."""
    page.get_by_role("link", name=re.compile("zapisy")).click()
    page_is_accessible(page)
    page.get_by_label("Imię").fill("Jan")
    page.get_by_label("Nazwisko").fill("Wymyślony")
    page.get_by_label("E-mail").fill("jan@example.pl")
    page.get_by_role("button", name="Wyślij zgłoszenie").click()
    expect(page.get_by_text("Dziękujemy.")).to_be_visible()


def test_a_training_from_announcement_to_certificates(page: Page):
    by = adviser(page)
    today = timezone.localdate()
    page.get_by_role("navigation").get_by_role("link", name="Wydarzenia").click()
    page_is_accessible(page)
    page.get_by_role("link", name="Zaplanuj wydarzenie").click()
    page_is_accessible(page)
    page.get_by_label("Tytuł").fill("Statut spółdzielni")
    page.get_by_label("Zajęcia", exact=True).fill(f"{in_words(today)} 9:00 240 Statut")
    page.get_by_role("button", name="Zapisz", exact=True).click()
    page.get_by_role("button", name="Ogłoś").click()
    expect(page.get_by_text("Wydarzenie jest ogłoszone.")).to_be_visible()
    page_is_accessible(page)
    event = page.url

    sign_up(page)
    page.goto(event)
    page.get_by_role("button", name="Przyjmij Wymyślony Jan").click()
    page.get_by_role("link", name="Obecność").click()
    page_is_accessible(page)
    expect(page.get_by_role("textbox", name=re.compile("Wymyślony Jan"))).to_have_value("240")
    page.get_by_role("button", name="Zapisz obecność").click()
    page.get_by_role("button", name="Rozlicz i zamknij").click()
    page.get_by_role("button", name="Wydaj zaświadczenia").click()
    expect(page.get_by_text("Wydano 1 zaświadczenie.")).to_be_visible()
    page_is_accessible(page)
    with page.expect_download() as download:
        page.get_by_role("link", name=re.compile("Zaświadczenie 1")).click()

    assert download.value.path().read_bytes().startswith(b"%PDF")
    with as_owner():
        (issued,) = Certificate.objects.filter(institution_id=by.institution_id)
        assert Registration.objects.get().state == "attended"
    page.context.clear_cookies()
    page.goto(f"/wsparcie/zaswiadczenie/{issued.institution_id}/{issued.code}/")
    expect(page.get_by_text("J. W.")).to_be_visible()
    page_is_accessible(page)


def test_a_partnership_group_from_matching_to_a_contract(page: Page):
    by = adviser(page)
    with as_owner():
        social, company = (
            made.entity(by, "Spółdzielnia Kuchnia"),
            made.entity(by, "Firma Dostawy", is_social=False),
        )
    page.goto("/wsparcie/partnerstwa/nowe/")
    page.get_by_label("Nazwa").fill("Grupa Kuchnia")
    page.get_by_label("Czego dotyczy").fill("catering")
    page.get_by_label("Czego potrzebują przedsiębiorstwa społeczne").fill("sprzedaż cateringu dla firm")
    page.get_by_role("button", name="Zacznij").click()
    page_is_accessible(page)

    page.get_by_text("Przyjmij podmiot").click()
    page.locator("#id_member-entity").fill(f"{social.name} · P-{social.pk}")
    page.get_by_role("button", name="Przyjmij", exact=True).click()
    page.get_by_text("Porównaj firmę").click()
    page.locator("#id_match-entity").fill(f"{company.name} · P-{company.pk}")
    page.locator("#id_match-offers").fill("sprzedaż i dostawy cateringu")
    page.get_by_role("button", name="Porównaj").click()
    expect(page.get_by_text("Oferuje to, czego grupa potrzebuje")).to_be_visible()
    page_is_accessible(page)
    page.get_by_role("button", name="Przyjmij Firma Dostawy").click()
    page.get_by_role("button", name="Przejdź dalej: Dobrana").click()
    page.get_by_role("button", name="Przejdź dalej: Pracuje").click()
    page.get_by_text("Dodaj rezultat").click()
    page.locator("#id_result-kind").select_option("contract")
    page.locator("#id_result-text").fill("obiady dla firmy")
    page.locator("#id_result-value_pln").fill("12000")
    page.locator("#id_result-text").press("Enter")

    expect(page.get_by_text("obiady dla firmy")).to_be_visible()
    page_is_accessible(page)
    with as_owner():
        group = Partnership.objects.get()
        assert (group.state, group.members.count()) == ("working", 2)
        assert group.results.get().value_pln == 12000


def walk(page: Page, stages: int, last_entity: str) -> None:
    """Tick every open checklist and pass its stage until the path has ended."""
    today = in_words(timezone.localdate())
    for _ in range(stages):
        card = page.locator(
            "section.card", has=page.get_by_role("button", name=re.compile("Zalicz ten etap"))
        ).first
        for box in card.get_by_role("checkbox").all():
            box.check()
        card.get_by_role("button", name=re.compile("Zapisz listę")).click()
        card = page.locator(
            "section.card", has=page.get_by_role("button", name=re.compile("Zalicz ten etap"))
        ).first
        founded = card.get_by_label("Założony podmiot")
        if founded.count():
            founded.fill(last_entity)
        card.get_by_label("Data zaliczenia").fill(today)
        card.get_by_role("button", name=re.compile("Zalicz ten etap")).click()
        expect(page.get_by_text("Etap jest zaliczony.")).to_be_visible()


@pytest.mark.parametrize(
    ("code", "kind", "stages"),
    [("ścieżka A", "group", 7), ("ścieżka B", "entity", 5)],
    ids=["people", "government"],
)
def test_an_incubation_track_to_founding(page: Page, code: str, kind: str, stages: int):
    by = adviser(page)
    with as_owner():
        founded = made.entity(by, "Spółdzielnia Nowa")
        government = made.entity(by, "Gmina Próbna", is_social=False)
    if kind == "group":
        page.goto("/wsparcie/grupy/nowa/")
        page.get_by_label("Nazwa").fill("Grupa Próbna")
        page.get_by_label("Od kiedy").fill(in_words(timezone.localdate() - timedelta(days=3)))
        page.get_by_role("button", name="Dodaj").click()
    page.goto("/wsparcie/sciezki/nowa/")
    page_is_accessible(page)
    page.get_by_label("Rodzaj ścieżki").select_option(
        page.get_by_role("option", name=re.compile(code)).inner_text()
    )
    page.get_by_label("Dla kogo").fill("Grupa Próbna" if kind == "group" else f"Gmina · P-{government.pk}")
    page.get_by_role("button", name="Zacznij").click()
    page_is_accessible(page)

    walk(page, stages, f"Spółdzielnia Nowa · P-{founded.pk}")

    page_is_accessible(page)
    with as_owner():
        path = Path.objects.get()
        assert (path.state, path.founded_id) == ("finished", founded.pk)
