"""Take the pictures of the documentation from the product itself, with the demonstration region in it.

python -m tools.screenshots                      start the product in a folder of its own, take all pictures, end it
python -m tools.screenshots --site http://...    of a product that is running with the demonstration region
python -m tools.screenshots --only client,purpose
"""

import argparse
import csv
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from http.client import HTTPConnection
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from spoiwo.cli.demo.mappings import OPS_MAPPING
from spoiwo.cli.demo.region_data import DOMAIN, OPS_DESZCZNO, PASSWORD
from spoiwo.cli.demo.region_registers import write_files

ROOT = Path(__file__).resolve().parent.parent
PICTURES = ROOT / "docs" / "images"
WIDTHS = (1280, 320)
HEIGHT = 900
TALLEST = 1600  # pixels of a page that a picture shows
HEAVIEST = 250_000  # bytes of a picture; a heavier one loses its lower part
PATIENCE = 60_000  # milliseconds, on a machine with other work to do
START = 1200  # seconds in which the demonstration region must have been loaded
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
]
SPOILT = {  # row of the welfare centre's file -> column -> what somebody typed there
    3: {"birth_date": "1987-02-30"},
    8: {"pesel": "44051401358"},
    14: {"last_name": ""},
    21: {"status": "zasiłek jednorazowy"},
    22: {"status": "zasiłek jednorazowy"},
    40: {"teryt": "9999999"},
}
Shots = dict[str, Callable[[Page, Path], None]]


class NotTaken(Exception):
    """The product did not start or did not show what was to be pictured; the message says what."""


def sign_in_page(page: Page, _room: Path) -> None:
    """The way in."""
    page.goto("/konto/login/")


def my_day(page: Page, _room: Path) -> None:
    """The start page of a labour office's case worker."""
    _as(page, "pracownik.pup", "/")


def common_clients(page: Page, _room: Path) -> None:
    """The list of people both offices serve."""
    _as(page, "pracownik.pup", "/klienci/")


def purpose(page: Page, _room: Path) -> None:
    """The question that stands before a client's page."""
    _as(page, "pracownik.pup", "/klienci/")
    page.locator("#clients tbody th a").first.click()
    page.get_by_role("button", name="Otwórz stronę klienta").wait_for()


def client(page: Page, room: Path) -> None:
    """What both offices hold about one person."""
    purpose(page, room)
    if not page.locator("input[name=purpose]:checked").count():
        page.locator("input[name=purpose]").first.check()
    page.get_by_role("button", name="Otwórz stronę klienta").click()
    page.get_by_role("heading", name="Sytuacja").wait_for()


def proposals(page: Page, _room: Path) -> None:
    """Pairs that wait for people."""
    _as(page, "tozsamosc.pup", "/propozycje/")


def proposal(page: Page, room: Path) -> None:
    """One pair: the own record, and only marks of the other."""
    proposals(page, room)
    page.locator("#proposals tbody a").first.click()
    page.get_by_role("button", name="Ta sama osoba").wait_for()


def import_list(page: Page, _room: Path) -> None:
    """Files that were brought in."""
    _as(page, "rejestr.deszczno", "/import/")


def import_check(page: Page, room: Path) -> None:
    """A file with errors, checked, nothing of it taken."""
    _upload(page, spoilt_file(room))
    page.get_by_role("heading", name="Co znaleziono").wait_for()


def mapping(page: Page, room: Path) -> None:
    """Another office's headers, to be named once."""
    _upload(page, unknown_file(room))
    page.get_by_role("heading", name="Która kolumna jest czym?").wait_for()


def staff(page: Page, _room: Path) -> None:
    """People of an office and what they may do."""
    _as(page, "administrator.pup", "/instytucje/pracownicy/")


def agreement(page: Page, _room: Path) -> None:
    """A sharing agreement in force."""
    _as(page, "dyrekcja.pup", "/porozumienia/")
    page.locator("main tbody a").first.click()
    page.get_by_role("heading", name="Kto komu co przekazuje").wait_for()


def access_log(page: Page, _room: Path) -> None:
    """Who looked at whom."""
    _as(page, "iod.pup", "/nadzor/")
    page.get_by_text("Łańcuch nienaruszony").wait_for()


def directory(page: Page, _room: Path) -> None:
    """The institutions of the region, as anybody may see them."""
    page.goto("/instytucje/")


SHOTS: Shots = {
    "sign-in": sign_in_page,
    "my-day": my_day,
    "common-clients": common_clients,
    "purpose": purpose,
    "client": client,
    "proposals": proposals,
    "proposal": proposal,
    "import": import_list,
    "import-check": import_check,
    "mapping": mapping,
    "staff": staff,
    "agreement": agreement,
    "access-log": access_log,
    "directory": directory,
}


def take(site: str, names: list[str]) -> None:
    """Take the named pictures of a running product, each in both widths. Raises NotTaken."""
    path = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if path is None:
        raise NotTaken("Chromium is missing. Run: apt-get install -y chromium")
    PICTURES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        for name in names:
            _take(browser, site, name, Path(folder))
        browser.close()


def spoilt_file(room: Path) -> Path:
    """The welfare centre's extract as it stands in the region, with some rows spoilt by hand."""
    files = write_files(room, date.today())  # noqa: DTZ011 - the region is of today, as the product sees it
    path = next(one.path for one in files if one.institution == OPS_DESZCZNO and one.kind == "register")
    with path.open(encoding=OPS_MAPPING.encoding, newline="") as stream:
        rows = list(csv.DictReader(stream, delimiter=OPS_MAPPING.delimiter))
    for number, changes in SPOILT.items():
        rows[number] |= {OPS_MAPPING.columns[column]: value for column, value in changes.items()}
    return _write(room / "wyciag-gops.csv", rows)


def unknown_file(room: Path) -> Path:
    """A few people under headers that no office of the region has used."""
    rows = [
        ("1/2026", "Łucja", "Żak", "44051401359", "14.05.1944", "stały", "Deszczno"),
        ("2/2026", "Jan", "Ćwik", "", "01.03.1980", "okresowy", "Ulim"),
        ("3/2026", "Ewa", "Nowak", "", "24.12.1990", "stały", "Glinik"),
    ]
    headers = ("Nr teczki", "Imię", "Nazwisko", "Nr PESEL", "Ur.", "Rodzaj zasiłku", "Miejscowość")
    return _write(room / "program-gops.csv", [dict(zip(headers, row, strict=True)) for row in rows])


@contextmanager
def product() -> Iterator[str]:
    """The product with the demonstration region in a folder that is gone afterwards; its address.

    Raises NotTaken when it does not start.
    """
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    with tempfile.TemporaryDirectory(prefix="spoiwo-pictures-") as folder:
        environment = {**os.environ, "PORT": str(port), "SPOIWO_DATA_DIR": folder, "SPOIWO_PROFILE": "demo"}
        process = subprocess.Popen([sys.executable, "-m", "spoiwo.cli.main", "serve"], env=environment)
        try:
            _wait(process, port)
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()
            process.wait(timeout=60)


def _take(browser: Browser, site: str, name: str, room: Path) -> None:
    """One page, pictured wide and narrow, in a browser that knows nothing of the pages before."""
    context = browser.new_context(
        base_url=site,
        locale="pl-PL",
        timezone_id="Europe/Warsaw",
        viewport={"width": WIDTHS[0], "height": HEIGHT},
        reduced_motion="reduce",
    )
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    SHOTS[name](page, room)
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": HEIGHT})
        page.wait_for_load_state("networkidle")
        (PICTURES / f"{name}-{width}.png").write_bytes(_picture(page, width))
    stop = page.get_by_role("button", name="Zatrzymaj import")
    if name == "mapping":
        page.get_by_role("link", name="Anuluj").click()
    if stop.count() or name == "mapping":
        stop.click()
        page.wait_for_load_state("networkidle")
    context.close()
    print(name)


def _picture(page: Page, width: int) -> bytes:
    """The upper part of the page, as much of it as the limits allow."""
    whole: int = page.evaluate("document.documentElement.scrollHeight")
    height = min(whole, TALLEST)
    while True:
        clip = {"x": 0, "y": 0, "width": width, "height": height}
        taken = page.screenshot(full_page=True, clip=clip, animations="disabled")  # type: ignore[arg-type]
        if len(taken) <= HEAVIEST:
            return taken
        height -= 100


def _as(page: Page, mailbox: str, address: str) -> None:
    """Go to a page as one of the demonstration's accounts."""
    page.goto(address)
    page.get_by_label("E-mail").fill(f"{mailbox}@{DOMAIN}")
    page.get_by_role("textbox", name="Hasło").fill(PASSWORD)
    page.get_by_role("button", name="Zaloguj").click()
    page.get_by_role("button", name="Wyloguj").wait_for()


def _upload(page: Page, path: Path) -> None:
    _as(page, "rejestr.deszczno", "/import/nowy/")
    page.locator("input[type=file]").set_input_files(path)
    page.get_by_role("button", name="Sprawdź plik").click()


def _write(path: Path, rows: list[dict[str, str]]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, fieldnames=list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return path


def _wait(process: "subprocess.Popen[bytes]", port: int) -> None:
    deadline = time.monotonic() + START
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise NotTaken("The product ended by itself; what it said stands above.")
        link = HTTPConnection("127.0.0.1", port, timeout=5)
        try:
            link.request("GET", "/healthz")
            if link.getresponse().status == 200:
                return
        except OSError:
            time.sleep(1)
        finally:
            link.close()
    raise NotTaken("The product did not start in time.")


def main() -> int:
    """Take the pictures; answers the exit code."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--site", default="", help="address of a running product with the demonstration region"
    )
    parser.add_argument("--only", default=",".join(SHOTS), help="names of pictures, comma-separated")
    options = parser.parse_args()
    names = [name for name in SHOTS if name in options.only.split(",")]
    try:
        if options.site:
            take(options.site, names)
        else:
            with product() as site:
                take(site, names)
    except NotTaken as problem:
        print(problem, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
