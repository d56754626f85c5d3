"""The accessibility statement holds what the act asks for, under the names by which it is read by machine."""

import re

import pytest

pytestmark = pytest.mark.django_db
PARTS = (
    "wstep", "podmiot", "url", "data-publikacja", "data-aktualizacja", "status", "data-sporzadzenie", "audytor",
    "data-przeglad", "kontakt", "osoba", "email", "telefon", "procedura", "architektura", "aplikacje",
)  # fmt: skip


def part(page: str, name: str) -> str:
    """What stands in a part, without its marks."""
    found = re.search(rf'<(\w+) id="a11y-{name}"[^>]*>(.*?)</\1>', page, re.DOTALL)
    assert found
    return re.sub(r"<[^>]+>", "", found.group(2)).strip()


def test_every_part_stands_there_once(client):
    page = client.get("/dostepnosc/").content.decode()

    assert [name for name in PARTS if page.count(f'id="a11y-{name}"') != 1] == []
    assert re.search(r'id="a11y-data-publikacja" datetime="\d{4}-\d\d-\d\d">\d{1,2} \w+ \d{4}</time>', page)


def test_it_names_who_runs_the_installation_and_whom_to_ask(client, settings):
    settings.SPOIWO_RUN_BY = "Wojewódzki Urząd Zmyślony"
    settings.SPOIWO_CONTACT_NAME = "Zespół dostępności"
    settings.SPOIWO_CONTACT_EMAIL = "dostepnosc@example.pl"
    settings.SPOIWO_CONTACT_PHONE = "95 000 00 00"
    settings.SPOIWO_BUILDING_URL = "https://urzad.example.pl/dojazd"

    page = client.get("/dostepnosc/").content.decode()

    found = [part(page, name) for name in ("podmiot", "osoba", "email", "telefon", "url")]
    assert found == [
        "Wojewódzki Urząd Zmyślony",
        "Zespół dostępności",
        "dostepnosc@example.pl",
        "95 000 00 00",
        "http://127.0.0.1:8000",
    ]
    assert 'href="mailto:dostepnosc@example.pl"' in page
    assert 'href="https://urzad.example.pl/dojazd"' in page
    assert "Platformę prowadzi Wojewódzki Urząd Zmyślony." in client.get("/dane-osobowe/").content.decode()


def test_what_an_installation_has_not_given_is_said_plainly(client):
    page = client.get("/dostepnosc/").content.decode()

    assert part(page, "email") == part(page, "telefon") == "jeszcze nie podano"
    assert part(page, "osoba") == "lokalny administrator Twojej instytucji"
    assert "Platformę prowadzi" not in client.get("/dane-osobowe/").content.decode()
