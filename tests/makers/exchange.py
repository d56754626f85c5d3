"""Files as offices hand them in, and imports of them."""

import io
from collections.abc import Mapping, Sequence
from datetime import date
from itertools import count
from pathlib import Path
from typing import Any

import openpyxl
import xlsxwriter

from spoiwo.clients.types import RegisterKind
from spoiwo.exchange.models import RegisterImport
from spoiwo.exchange.services.command import Order, run_import_now
from spoiwo.exchange.services.receiving import GivenFile, receive_file
from spoiwo.exchange.types import ImportResult
from spoiwo.institutions.types import Role
from spoiwo.kernel.actor import Actor

DAY = date(2026, 11, 20)
HEADERS = ("local_id", "first_name", "last_name", "pesel", "birth_date", "status")
_numbers = count(1)


def row(local_id: str = "", **cells: str) -> dict[str, str]:
    """One person as the standard columns have it."""
    number = local_id or f"R-{next(_numbers)}"
    return {"local_id": number, "first_name": "Jan", "last_name": "Kowalski"} | cells


def csv_bytes(
    rows: Sequence[Mapping[str, str]],
    *,
    headers: Sequence[str] = (),
    delimiter: str = ";",
    encoding: str = "utf-8",
) -> bytes:
    """A CSV file of the rows; its headers are the keys of the first row unless told otherwise."""
    names = list(headers or rows[0])
    lines = [delimiter.join(names)]
    lines += [delimiter.join(cells.get(name, "") for name in names) for cells in rows]
    return ("\r\n".join(lines) + "\r\n").encode(encoding)


def xlsx_bytes(table: Sequence[Sequence[object]]) -> bytes:
    """A workbook with the cells as they come: numbers stay numbers."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False}) as book:
        sheet = book.add_worksheet()
        for line, cells in enumerate(table):
            sheet.write_row(line, 0, cells)
    return out.getvalue()


def cells_of(content: bytes) -> list[list[Any]]:
    """The values of a workbook's sheet, row by row."""
    sheet: Any = openpyxl.load_workbook(io.BytesIO(content)).active
    return [[cell.value for cell in row_of_cells] for row_of_cells in sheet.iter_rows()]


def registrar(institution_id: int, user_id: int = 0) -> Actor:
    """Somebody who brings files in."""
    return Actor(user_id=user_id, institution_id=institution_id, roles=frozenset({Role.REGISTRAR.value}))


def given(content: bytes, *, kind: RegisterKind = RegisterKind.REGISTER, mapping: str = "") -> GivenFile:
    """A file at the counter."""
    return GivenFile(kind=kind, name="wyciag.csv", chunks=[content], as_of=DAY, mapping=mapping)


def received(content: bytes, institution_id: int, **more: object) -> RegisterImport:
    """A file that was taken in for checking; tests have no worker, so the check runs at once."""
    return receive_file(given(content, **more), by=registrar(institution_id))  # type: ignore[arg-type]


def imported(
    content: bytes,
    institution_id: int,
    folder: Path,
    *,
    kind: RegisterKind = RegisterKind.REGISTER,
    **more: object,
) -> ImportResult:
    """A file taken in as the command line does."""
    path = folder / f"plik-{next(_numbers)}"
    path.write_bytes(content)
    order = Order(institution_id=institution_id, kind=kind, path=path, as_of=DAY, **more)  # type: ignore[arg-type]
    return run_import_now(order)
