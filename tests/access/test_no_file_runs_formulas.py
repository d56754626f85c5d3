"""No cell of any file that the product makes for people is a formula, whatever was typed into it."""

import ast
import csv
import io
import zipfile
from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

import openpyxl
import pytest
from django.urls import URLPattern, URLResolver, get_resolver

from spoiwo.exchange.models import RegisterImport
from spoiwo.exchange.rules import archives
from spoiwo.exchange.services import rejections
from spoiwo.monitoring.models import IndicatorVersion
from spoiwo.monitoring.tables import open_files
from spoiwo.monitoring.types import Found
from spoiwo.surveys.services import exporting
from spoiwo.toolkit import sheets
from tests.architecture.sources import ROOT, named
from tests.makers.clients import signed_in
from tests.makers.everything import everything

PAYLOADS = ["=cmd|' /C calc'!A0", "+1+1", "-2+3", "@SUM(A1)", "\t=1+1", "\r=1+1"]
STARTS = ("=", "+", "-", "@", "\t", "\r")
CANARY = "=cmd|kanarek"
# Who writes rows of a table. Those for people are tried below; the rest are read by programs, never by spreadsheets.
FOR_PEOPLE = {
    "src/spoiwo/exchange/rules/archives.py",
    "src/spoiwo/exchange/services/rejections.py",
    "src/spoiwo/monitoring/tables/open_files.py",
    "src/spoiwo/surveys/services/exporting.py",
    "src/spoiwo/toolkit/sheets.py",
}
FOR_PROGRAMS = {
    "src/spoiwo/cli/demo/extracts.py",  # invented extracts that the import reads
    "src/spoiwo/discovery/services/office.py",  # between the connector and the platform
    "src/spoiwo/matching/services/spread_files.py",  # identifiers and verdicts of the command line
}
WRITERS = {"writer", "DictWriter", "Workbook"}


def writers() -> set[str]:
    """Modules of the product that make a writer of CSV or a workbook, or zip a worksheet of their own."""
    found = set()
    for path in sorted((ROOT / "src").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if (
                isinstance(node, ast.Attribute)
                and node.attr in WRITERS
                and isinstance(node.value, ast.Name)
                and node.value.id in {"csv", "xlsxwriter", "openpyxl"}
            ):
                found.add(named(path))
    return found


def test_nobody_else_writes_tables():
    assert writers() == FOR_PEOPLE | FOR_PROGRAMS


def of_csv(content: bytes) -> Iterable[str]:
    for row in csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";"):
        yield from row


def of_xlsx(content: bytes) -> Iterable[str]:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        parts = [package.read(name) for name in package.namelist() if "worksheets/" in name]
    assert not any(b"<f>" in part for part in parts)
    for sheet in openpyxl.load_workbook(io.BytesIO(content)):
        for row in sheet.iter_rows():
            yield from (str(cell.value) for cell in row if cell.value is not None)


def of_zip(content: bytes) -> Iterable[str]:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        for name in package.namelist():
            yield from (of_csv if name.endswith(".csv") else of_xlsx)(package.read(name))


def rejected(kind: str) -> Callable[[], bytes]:
    """A file of rejected rows in the form of the file that was brought in."""
    found = RegisterImport(
        headers=PAYLOADS,
        kind="register",
        format=kind,
        delimiter=";",
        encoding="utf-8",
        as_of=date(2026, 3, 2),
    )
    return lambda: rejections._make(found, [PAYLOADS], lambda _kind, _codes: ("Powód", "")).content


def figures() -> bytes:
    """Open data of a card whose answers were typed by somebody."""
    version = IndicatorVersion(entry={"by": [f"by{place}" for place, _ in enumerate(PAYLOADS)]})
    found = Found("0861", 4, "2025", tuple(PAYLOADS), 1, 2, 0.5, 2, 1, "ok")
    return open_files.rows(version, [found])


@pytest.mark.parametrize(
    ("made", "cells"),
    [
        pytest.param(lambda: sheets.csv_file(PAYLOADS, [PAYLOADS]), of_csv, id="list as CSV"),
        pytest.param(lambda: sheets.xlsx_file("Wykaz", PAYLOADS, [PAYLOADS]), of_xlsx, id="list as XLSX"),
        pytest.param(lambda: sheets.xlsx_book([("Wykaz", [PAYLOADS, PAYLOADS])]), of_xlsx, id="book"),
        pytest.param(
            lambda: b"".join(archives.archive([("dane", PAYLOADS, lambda: [PAYLOADS])])), of_zip, id="archive"
        ),
        pytest.param(
            lambda: b"".join(exporting._csv_chunks(iter([PAYLOADS, PAYLOADS]))),
            of_csv,
            id="answers of a survey",
        ),
        pytest.param(figures, of_csv, id="open figures"),
        pytest.param(rejected("csv"), of_csv, id="rejected rows as CSV"),
        pytest.param(rejected("xlsx"), of_xlsx, id="rejected rows as XLSX"),
    ],
)
def test_what_begins_like_a_formula_is_made_text(made, cells):
    told = [cell for cell in cells(made()) if any(payload.strip() in cell for payload in PAYLOADS)]

    assert len(told) >= len(PAYLOADS)
    assert [cell for cell in told if cell.startswith(STARTS)] == []


def files_of_lists(patterns: Iterable[Any], before: str = "") -> Iterable[str]:
    """Addresses of files that need nothing but their form."""
    for one in patterns:
        address = before + str(one.pattern)
        if isinstance(one, URLResolver):
            yield from files_of_lists(one.url_patterns, address)
        elif isinstance(one, URLPattern):
            form = "<str:form>" if "<str:form>" in address else "<str:file_type>"
            for ending in ("csv", "xlsx"):
                filled = address.replace(form, ending)
                if filled.endswith(f".{ending}") and "<" not in filled:
                    yield f"/{filled}"


@pytest.mark.django_db
def test_a_client_named_like_a_formula_stays_text_in_every_file_of_a_list():
    there = everything(CANARY)
    browser = signed_in(there.named)
    told, files = [], 0

    for address in sorted(set(files_of_lists(get_resolver().url_patterns))):
        answer = browser.get(address)
        if answer.status_code != 200:
            continue
        files += 1
        content = b"".join(answer) if answer.streaming else answer.content
        cells = (of_xlsx if address.endswith(".xlsx") else of_csv)(content)
        told += [(address, cell) for cell in cells if CANARY in cell]

    assert files >= 10
    assert len({address for address, _cell in told}) >= 4
    assert [one for one in told if one[1].startswith(STARTS)] == []
