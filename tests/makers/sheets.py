"""Sheets of the support register as centres and offices keep them."""

import csv
import io
from collections.abc import Sequence

from spoiwo.exchange.models import SheetImport
from spoiwo.exchange.services import sheets
from spoiwo.exchange.types import SheetKind
from spoiwo.kernel.actor import Actor
from spoiwo.toolkit.context import acting_for

HEADERS = ("Data porady", "Czas trwania", "Imię i nazwisko", "PESEL", "Rodzaj porady", "Temat")
MEANS = {
    "day": "Data porady",
    "hours": "Czas trwania",
    "name": "Imię i nazwisko",
    "pesel": "PESEL",
    "kind": "Rodzaj porady",
    "topic": "Temat",
    "recipient": "Kto",
}


def csv_sheet(headers: Sequence[str], *rows: Sequence[str]) -> bytes:
    """A sheet saved as CSV."""
    out = io.StringIO()
    csv.writer(out, delimiter=";").writerows([headers, *rows])
    return out.getvalue().encode("utf-8-sig")


def received(
    by: Actor, headers: Sequence[str], *rows: Sequence[str], kind: SheetKind = SheetKind.SUPPORT
) -> SheetImport:
    """The sheet, brought in."""
    with acting_for(by.institution_id):
        return sheets.receive_sheet(kind=kind, name="arkusz.csv", chunks=[csv_sheet(headers, *rows)], by=by)


def checked(
    by: Actor, headers: Sequence[str], *rows: Sequence[str], kind: SheetKind = SheetKind.SUPPORT
) -> SheetImport:
    """The sheet with the columns that were guessed, checked."""
    sheet = received(by, headers, *rows, kind=kind)
    with acting_for(by.institution_id):
        return sheets.set_columns(uuid=sheet.uuid, columns=sheet.columns, values={}, by=by)
