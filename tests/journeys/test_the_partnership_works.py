"""The partnership in the browser: joining, agreeing on minutes, getting a conclusion done, telling everybody."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import Locator, Page, expect

from spoiwo.institutions.types import Role
from spoiwo.partnership.models import Communique, Meeting, Outcome
from spoiwo.partnership.types import Seat
from tests.journeys.browser import page_is_accessible, sign_in
from tests.makers import institutions as people
from tests.makers import partnership as make

pytestmark = [pytest.mark.browser, pytest.mark.committed]


class Everybody:
    """A secretariat, a council with a chair and a member, and an institution that will join."""

    def __init__(self) -> None:
        self.wup = people.institution("wup-probny", name="Urząd Sekretariatu")
        self.chair = people.institution(name="Uczelnia Przewodnicząca")
        self.member = people.institution(name="Ośrodek Członkowski")
        self.joining = people.institution(name="Klub Przystępujący")
        people.member(self.wup, Role.SECRETARY, account=people.user("sekretariat@example.pl"))
        people.member(self.chair, Role.DIRECTOR, account=people.user("dyrekcja@example.pl"))
        people.member(self.member, Role.CASE_WORKER, account=people.user("pracownik@example.pl"))
        people.member(self.joining, Role.CASE_WORKER, account=people.user("klub@example.pl"))
        self.partnership = make.agreement(self.wup, self.chair, self.member, secretariat=self.wup)
        self.council = make.body(self.partnership, name="Rada Programowa")
        make.seat(self.council, self.chair, Seat.CHAIR)
        make.seat(self.council, self.member)

    def held(self) -> Meeting:
        """A council meeting that took place."""
        return make.meeting(self.council, held=True)


def enter(page: Page, email: str, path: str) -> None:
    """Sign in as somebody else and open a page."""
    page.context.clear_cookies()
    page.goto("/konto/login/")
    sign_in(page, email, people.PASSWORD)
    expect(page.get_by_role("button", name="Wyloguj")).to_be_visible()
    page.goto(path)


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def follow(page: Page, name: str) -> None:
    page.get_by_role("link", name=name, exact=True).first.click()


def row_of(page: Page, institution: str) -> Locator:
    """The row of an institution in the table of deliveries."""
    return page.locator("tr", has_text=institution)


def test_an_institution_joins_and_finds_the_partnership(page: Page):
    everybody = Everybody()
    enter(page, "klub@example.pl", "/partnerstwo/")
    expect(page.get_by_text("Nie ma jeszcze partnerstwa")).to_be_visible()

    enter(page, "sekretariat@example.pl", f"/partnerstwo/umowy/{everybody.partnership.pk}/")
    follow(page, "Zapisz przystąpienie")
    page.get_by_label("Instytucja").select_option(label="Klub Przystępujący")
    page.get_by_label("Sygnatariusz").check()
    press(page, "Zapisz")
    expect(page.get_by_role("heading", name="4 sygnatariuszy dnia")).to_be_visible()
    page_is_accessible(page)

    enter(page, "klub@example.pl", "/partnerstwo/")
    expect(
        page.get_by_text("4 sygnatariuszy dzisiaj").or_(page.get_by_text("sygnatariuszy dzisiaj"))
    ).to_be_visible()
    page_is_accessible(page)
    page.goto("/kalendarz/adresy/")
    page.get_by_label("Gdzie będzie używany").fill("telefon")
    press(page, "Utwórz adres")
    expect(page.get_by_text("/kalendarz/ics/").first).to_be_visible()


def test_a_draft_becomes_published_minutes_with_an_amendment(page: Page):
    everybody = Everybody()
    day = timezone.localdate() + timedelta(days=3)
    enter(page, "sekretariat@example.pl", f"/partnerstwo/ciala/{everybody.council.pk}/posiedzenie/")
    page.get_by_label("Tytuł").fill("Posiedzenie wiosenne")
    page.get_by_label("Pierwszy dzień").fill(f"{day:%d.%m.%Y}")
    press(page, "Zapisz szkic")
    press(page, "Ogłoś i zaproś")
    expect(page.get_by_text("zaproszenia są w drodze")).to_be_visible()
    address = page.url
    page_is_accessible(page)
    press(page, "Wpisz, że się odbyło")
    follow(page, "Pisz protokół")
    page.get_by_label("Protokół").fill("Obecnych było pięć osób.")
    press(page, "Zapisz protokół")
    follow(page, "Otwórz uzgodnienia")
    press(page, "Otwórz uzgodnienia")

    enter(page, "pracownik@example.pl", address)
    follow(page, "Zgłoś poprawkę")
    page.get_by_label("Słowa protokołu do zmiany").fill("pięć osób")
    page.get_by_label("Co ma się tam znaleźć").fill("sześć osób")
    press(page, "Zgłoś")

    enter(page, "sekretariat@example.pl", address)
    press(page, "Przyjmij")
    enter(page, "dyrekcja@example.pl", address)
    expect(page.get_by_text("Obecnych było sześć osób.")).to_be_visible()
    press(page, "Zatwierdź protokół")
    enter(page, "sekretariat@example.pl", address)
    press(page, "Opublikuj protokół")

    enter(page, "pracownik@example.pl", address)
    expect(page.get_by_text("Obecnych było sześć osób.")).to_be_visible()
    expect(page.get_by_text("Protokół opublikowany")).to_be_visible()
    page_is_accessible(page)


def test_a_conclusion_is_adopted_delayed_done_and_verified(page: Page):
    everybody = Everybody()
    meeting = everybody.held()
    enter(page, "sekretariat@example.pl", f"/partnerstwo/posiedzenia/{meeting.uuid}/wniosek/")
    page.get_by_label("Brzmienie").fill("Zorganizować wizytę studyjną")
    page.get_by_label("Termin słowami").fill("marzec/kwiecień br.")
    press(page, "Zapisz")
    made = Outcome.objects.get()
    page.goto(f"/partnerstwo/wnioski/{made.uuid}/")
    press(page, "Przyjmij wniosek")
    follow(page, "Przydziel")
    page.get_by_label("Instytucja").select_option(label="Ośrodek Członkowski")
    press(page, "Przydziel")

    enter(page, "pracownik@example.pl", f"/partnerstwo/wnioski/{made.uuid}/")
    press(page, "Przyjmij zadanie")
    follow(page, "Przesuń termin")
    page.get_by_label("Najpóźniej").fill("30.06.2026")
    page.get_by_label("Dlaczego termin się przesuwa").fill("Czekamy na odpowiedź")
    press(page, "Przesuń")
    follow(page, "Zgłoś wykonanie")
    page.get_by_label("Co zrobiono i co z tego wynikło").fill("Wizyta się odbyła")
    press(page, "Zgłoś wykonanie")
    follow(page, "Dodaj dowód wykonania")
    page.get_by_label("Co to potwierdza").fill("lista obecności")
    press(page, "Dodaj")
    expect(page.get_by_role("button", name="Potwierdź wykonanie")).to_have_count(0)
    page_is_accessible(page)

    enter(page, "sekretariat@example.pl", f"/partnerstwo/wnioski/{made.uuid}/")
    press(page, "Potwierdź wykonanie")
    expect(page.get_by_text("Wykonany i sprawdzony").first).to_be_visible()
    expect(page.get_by_text("Czekamy na odpowiedź")).to_be_visible()
    page.goto("/partnerstwo/wnioski/")
    page_is_accessible(page)
    made.refresh_from_db()
    assert made.due_to == date(2026, 6, 30)


def test_a_communique_arrives_with_proof_by_three_channels(page: Page, tmp_path: Path):
    everybody = Everybody()
    enter(page, "sekretariat@example.pl", f"/partnerstwo/ciala/{everybody.council.pk}/komunikat/")
    page.get_by_label("Tytuł").fill("Komunikat wiosenny")
    page.get_by_label("Treść").fill("Rada obradowała.")
    press(page, "Zapisz szkic")
    press(page, "Zatwierdź")
    follow(page, "Wyślij")
    page.get_by_label("Papier").check()
    press(page, "Wyślij teraz")
    expect(page.get_by_text("Z dowodem dotarło do 0 z 3 instytucji")).to_be_visible()
    made = Communique.objects.get()

    enter(page, "pracownik@example.pl", f"/partnerstwo/komunikaty/{made.uuid}/")
    press(page, "Przeczytaliśmy")
    expect(page.get_by_text("przeczytany przez Twoją instytucję")).to_be_visible()

    saved, proof = tmp_path / "strona.html", tmp_path / "zpo.pdf"
    saved.write_text("<title>Aktualności</title><h2>Komunikat wiosenny</h2>", encoding="utf-8")
    proof.write_bytes(b"%PDF-1.7")
    enter(page, "sekretariat@example.pl", f"/partnerstwo/komunikaty/{made.uuid}/")
    row_of(page, "Uczelnia Przewodnicząca").get_by_role("link", name="wpisz stronę").click()
    page.get_by_label("Adres strony").fill("https://example.pl/komunikat")
    page.locator("input[type=file]").set_input_files(saved)
    press(page, "Zapisz")
    row_of(page, "Urząd Sekretariatu").get_by_role("link", name="dodaj dowód").click()
    page.locator("input[type=file]").set_input_files(proof)
    press(page, "Zapisz dowód")
    expect(page.get_by_text("Z dowodem dotarło do 3 z 3 instytucji")).to_be_visible()
    page_is_accessible(page)

    page.context.clear_cookies()
    page.goto("/partnerstwo/publicznie/komunikaty/")
    expect(page.get_by_role("link", name="Komunikat wiosenny")).to_be_visible()
    page_is_accessible(page)
