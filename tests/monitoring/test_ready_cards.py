"""The ready cards: one person takes them over, another approves them, in the background."""

from pathlib import Path

import pytest

from spoiwo.monitoring.errors import CardRefused
from spoiwo.monitoring.models import IndicatorVersion, PublishingRun
from spoiwo.monitoring.services import cards, runs
from tests.makers import institutions
from tests.monitoring.test_screens_of_figures import browser, text

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def folder(settings, tmp_path: Path):
    settings.DATA_DIR = tmp_path


def test_two_people_take_the_ready_cards_over():
    office = institutions.institution()
    first, second = browser(office), browser(office)

    offered = text(first.get("/wskazniki/"))
    taken = text(first.post("/wskazniki/gotowe/", follow=True))
    asked = text(second.get("/wskazniki/"))
    asked_for = second.post("/wskazniki/gotowe/", {"step": "approve"}, follow=True)
    runs.go_on(PublishingRun.objects.get().pk)
    approved_cards = text(second.get(asked_for.redirect_chain[-1][0]))

    assert "Przejmij gotowe karty" in offered
    assert "39 gotowych kart czeka na zatwierdzenie przez drugą osobę." in taken
    assert "Zatwierdź gotowe karty" not in taken, "nobody approves the own work"
    assert "Zatwierdź gotowe karty" in asked
    assert "Zatwierdzono 39 gotowych kart i opublikowano ich wartości." in approved_cards
    assert IndicatorVersion.objects.filter(state="approved").count() == 39
    assert "0 z 39 kart" in text(asked_for)
    assert "Przejmij gotowe karty" not in text(second.get("/wskazniki/"))


def test_ready_cards_that_cannot_be_approved_are_named_and_the_others_are(monkeypatch):
    office = institutions.institution()
    browser(office).post("/wskazniki/gotowe/")
    real = cards.take_step

    def refuse_one(*, version_id, **given):
        made = real(version_id=version_id, **given)
        if made.indicator.code == "cis-participants":
            raise CardRefused("entangled")
        return made

    monkeypatch.setattr(runs, "take_step", refuse_one)
    client = browser(office)
    address = client.post("/wskazniki/gotowe/", {"step": "approve"}, follow=True).redirect_chain[-1][0]
    runs.go_on(PublishingRun.objects.get().pk)
    page = text(client.get(address))

    assert "Zatwierdzono 38 gotowych kart" in page
    assert "Tych kart nie udało się zatwierdzić." in page
    assert 'href="/wskazniki/cis-participants/"' in page
    assert IndicatorVersion.objects.filter(state="review").count() == 1


def test_nobody_approves_the_own_ready_cards_in_a_run_either():
    office = institutions.institution()
    client = browser(office)
    client.post("/wskazniki/gotowe/")

    address = client.post("/wskazniki/gotowe/", {"step": "approve"}, follow=True).redirect_chain[-1][0]
    runs.go_on(PublishingRun.objects.get().pk)

    assert "Żadna gotowa karta już na Ciebie nie czeka." in text(client.get(address))
    assert not IndicatorVersion.objects.filter(state="approved").exists()
