"""Uploaded files pass the installation's virus scanner, and none passes when it cannot be asked."""

import io
import sys

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, RequestFactory

from spoiwo.toolkit import scanning
from spoiwo.toolkit.scanning import FileRefused, bad_request, scan

EVIL = b"EICAR"
SCANNER = [sys.executable, "-c", f"import sys; sys.exit(1 if {EVIL!r} in sys.stdin.buffer.read() else 0)"]
UPLOAD = "/konto/login/"  # any page that reads what is sent


def sent(content):
    return Client().post(UPLOAD, {"file": SimpleUploadedFile("plik.csv", content)})


@pytest.fixture(autouse=True)
def _room(settings, tmp_path):
    settings.DATA_DIR = tmp_path


@pytest.mark.django_db
def test_a_clean_file_goes_on_and_an_infected_one_does_not(settings):
    settings.SPOIWO_VIRUS_SCAN = SCANNER

    assert sent(b"numer;imie").status_code == 200
    refused = sent(b"x" * 300_000 + EVIL)

    assert refused.status_code == 400
    assert EVIL not in refused.content
    assert not list(settings.DATA_DIR.rglob("*.sealed"))


def test_without_a_scanner_every_file_goes_on(settings):
    settings.SPOIWO_VIRUS_SCAN = []

    scan(io.BytesIO(EVIL))


@pytest.mark.parametrize(
    "command",
    [
        pytest.param(["/no/such/scanner"], id="missing"),
        pytest.param([sys.executable, "-c", "import sys; sys.exit(2)"], id="broken"),
    ],
)
def test_a_scanner_that_cannot_be_asked_lets_nothing_through(settings, command):
    settings.SPOIWO_VIRUS_SCAN = command

    with pytest.raises(FileRefused) as told:
        scan(io.BytesIO(b"numer" * 100_000))

    assert told.value.reason == "not_scanned"


def test_one_that_never_ends_is_stopped(settings, monkeypatch):
    settings.SPOIWO_VIRUS_SCAN = [sys.executable, "-c", "import time; time.sleep(600)"]
    monkeypatch.setattr(scanning, "MOST_SECONDS", 0.2)

    with pytest.raises(FileRefused):
        scan(io.BytesIO(b"numer"))


def test_the_file_is_read_from_its_beginning_afterwards(settings):
    settings.SPOIWO_VIRUS_SCAN = SCANNER
    stream = io.BytesIO(b"numer;imie")
    stream.seek(4)

    scan(stream)

    assert stream.read() == b"numer;imie"


@pytest.mark.parametrize("error", [FileRefused("infected"), FileRefused("not_scanned"), ValueError("x")])
def test_the_page_says_whether_a_file_was_the_reason(error):
    page = bad_request(RequestFactory().get("/"), error)

    assert page.status_code == 400
    assert (b"skaner" in page.content) == isinstance(error, FileRefused)
