"""Two offices that keep their registers to themselves: one lets its connector do it, the other carries files."""

import json
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from spoiwo.cli.main import main
from spoiwo.discovery.services import office
from spoiwo.institutions.types import Kind, Role
from tests.database import as_owner
from tests.journeys.browser import page_is_accessible, sign_in
from tests.makers import institutions, offices
from tests.makers.access import agreement

pytestmark = [pytest.mark.browser, pytest.mark.committed]

ANNA = {"pesel": offices.number("8005031234"), "phone": "601000111"}
JAN = {"first_name": "Jan", "last_name": "Kowalski", "birth_date": "1975-01-09"}
EWA = {"first_name": "Ewa", "last_name": "Lis", "birth_date": "1991-12-30"}


def region() -> str:
    """Two offices with a registrar each; the number of their agreement."""
    with as_owner():
        pair = [
            institutions.institution("pup", Kind.PUP, short_name="PUP Próbny"),
            institutions.institution("ops", Kind.OPS, short_name="OPS Próbny"),
        ]
        for holder in pair:
            account = institutions.user(f"rejestr.{holder.code}@example.pl", full_name="Osoba Wymyślona")
            institutions.member(holder, Role.REGISTRAR, account=account)
        return str(agreement(*pair).number)


def connectors(folder: Path, number: str, address: str) -> tuple[Path, Path]:
    """The folders of both offices; the first one knows the platform's address."""
    left, right = offices.offices(
        folder,
        [offices.person("L1", **ANNA), offices.person("L2", **JAN)],
        [offices.person("R1", **ANNA), offices.person("R2", **EWA)],
        number,
    )
    config = left.folder / office.CONFIGURATION
    text = config.read_text(encoding="utf-8")
    config.write_text(text.replace('platform = ""', f'platform = "{address}"'), encoding="utf-8")
    return left.folder, right.folder


def run(capsys: pytest.CaptureFixture[str], step: str, folder: Path, *words: str) -> dict[str, object]:
    capsys.readouterr()
    assert main(["connector", step, str(folder / office.CONFIGURATION), *words, "--json"]) == 0
    told: dict[str, object] = json.loads(capsys.readouterr().out)
    return told


def signed_in_as(page: Page, code: str) -> None:
    page.context.clear_cookies()
    page.goto("/konto/login/")
    sign_in(page, f"rejestr.{code}@example.pl", institutions.PASSWORD)
    expect(page.get_by_role("heading", level=1)).to_contain_text("Dzień dobry")
    page.get_by_role("navigation").get_by_role("link", name="Poufne porównanie").click()


def fetched(page: Page, link: str, into: Path) -> None:
    with page.expect_download() as download:
        page.get_by_role("link", name=link).click()
    download.value.save_as(into)


def connects(page: Page, capsys: pytest.CaptureFixture[str], folder: Path) -> None:
    """A registrar begins a comparison and lets the connector of the office come forward; it sends its tokens."""
    page.get_by_label("Instytucja i porozumienie").select_option(index=0)
    page.get_by_role("button", name="Zacznij").click()
    page.get_by_role("link", name="Poufne porównanie").last.click()
    page.get_by_role("link", name="Connector urzędu").click()
    page.get_by_role("button", name="Pobierz kod").click()
    page_is_accessible(page)
    connected = run(capsys, "connect", folder, "--code", page.locator("main strong").inner_text())
    page.get_by_role("link", name="Sprawdź, czy się zgłosił").click()
    expect(page.get_by_text(str(connected["fingerprint"]))).to_be_visible()
    page_is_accessible(page)
    assert run(capsys, "sync", folder)["done"] == "sent"


def carries_its_files(page: Page, capsys: pytest.CaptureFixture[str], folder: Path) -> None:
    """A registrar sends tokens, fetches the result and gives the agreed data, all by hand."""
    run(capsys, "tokens", folder, "--round", "1")
    page.locator("input[type=file]").set_input_files(folder / "round-1" / "tokens.spoiwo")
    page.get_by_role("button", name="Wyślij tokeny").click()
    expect(page.get_by_role("heading", name="Wspólni klienci")).to_be_visible()
    page_is_accessible(page)
    fetched(page, "Pobierz wynik", folder / "reply.json")
    assert run(capsys, "reply", folder, str(folder / "reply.json"))["sure"] == 1
    page.locator("input[type=file]").set_input_files(folder / "round-1" / "parcel.json")
    page.get_by_role("button", name="Wyślij zapieczętowane dane").click()
    expect(page.get_by_role("link", name="Zakończ porównanie")).to_be_visible()


def test_both_learn_whom_they_share_and_nothing_else(
    page: Page, live_server: LiveServer, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    left, right = connectors(tmp_path, region(), live_server.url)
    signed_in_as(page, "pup")
    connects(page, capsys, left)
    signed_in_as(page, "ops")
    page.get_by_role("link", name="PUP Próbny").click()
    carries_its_files(page, capsys, right)

    assert run(capsys, "sync", left)["received"] == 1
    page.reload()
    fetched(page, "Pobierz zapieczętowane dane", right / "received.json")
    run(capsys, "open", right, str(right / "reply.json"), str(right / "received.json"))

    told = [(one / "round-1" / "received.csv").read_text(encoding="utf-8") for one in (left, right)]
    assert "Nowak" in told[0]
    assert "Nowak" in told[1]
    assert not any(name in text for text in told for name in ("Kowalski", "Lis"))
    page.get_by_role("link", name="Zakończ porównanie").click()
    page.get_by_role("button", name="Zakończ i usuń").click()
    assert run(capsys, "sync", left)["done"] == "ended"
    assert not (left / "round-1" / "received.csv").exists()
