"""Rows of a spreadsheet with signatories."""

import csv
import io
from datetime import date, datetime

from spoiwo.partnership.errors import FileRefused, RowsRefused

COLUMNS = 2
LARGEST = 2_000_000
_FORMATS = ("%d.%m.%Y", "%Y-%m-%d")


def signatory_rows(name: str, content: bytes) -> list[tuple[int, str, date]]:
    """(row number, institution's code, day of signature) of an XLSX or CSV file whose first row is a header.

    Empty rows are passed over. Raises FileRefused for a file that is no table, RowsRefused naming all bad rows.
    """
    if len(content) > LARGEST:
        raise FileRefused("too_large")
    table = _workbook(content) if name.lower().endswith(".xlsx") else _text(content)
    good: list[tuple[int, str, date]] = []
    bad: list[tuple[int, str]] = []
    for number, row in enumerate(table[1:], start=2):
        cells = [cell for cell in row if cell not in (None, "")]
        if not cells:
            continue
        if len(cells) < COLUMNS:
            bad.append((number, "columns"))
            continue
        day = _day(cells[1])
        if day is None:
            bad.append((number, "day"))
        else:
            good.append((number, str(cells[0]).strip(), day))
    if bad:
        raise RowsRefused(tuple(bad))
    if not good:
        raise FileRefused("empty")
    return good


def _workbook(content: bytes) -> list[list[object]]:
    from openpyxl import load_workbook  # heavy, and only wanted here

    try:
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
    except Exception as error:
        raise FileRefused("kind") from error
    return [list(row) for row in book.worksheets[0].iter_rows(values_only=True, max_col=10, max_row=5000)]


def _text(content: bytes) -> list[list[object]]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise FileRefused("kind") from None
    separator = ";" if ";" in text.partition("\n")[0] else ","
    return [list(row) for row in csv.reader(io.StringIO(text), delimiter=separator)]


def _day(value: object) -> date | None:
    if isinstance(value, datetime):
        return value.date()
    for form in _FORMATS:
        try:
            return datetime.strptime(str(value).strip(), form).date()  # noqa: DTZ007 a day has no zone
        except ValueError:
            continue
    return None
