"""Files of institutions, CSV or XLSX, read into rows of text."""

import csv
import io
import zipfile
from collections.abc import Iterable
from datetime import date, datetime
from typing import IO

from spoiwo.institutions import rules
from spoiwo.institutions.errors import EmptyFile, UnreadableFile
from spoiwo.institutions.types import FileRow

MOST_BYTES = 5 * 1024 * 1024
MOST_UNPACKED_BYTES = 60 * 1024 * 1024  # a small archive may unpack to anything
ZIP = b"PK\x03\x04"
_LONGEST_CELL = 2000


def read_file(stream: IO[bytes]) -> list[FileRow]:
    """Rows below the header, empty ones left out, numbered as a spreadsheet numbers them (the header is row 1).

    CSV is UTF-8 or cp1250, parted by semicolons, commas or tabs; XLSX gives its first sheet.
    Raises UnreadableFile, MissingColumns, EmptyFile, TooManyRows.
    """
    content = stream.read(MOST_BYTES + 1)
    if len(content) > MOST_BYTES:
        raise UnreadableFile
    table = table_of(content)
    if not table:
        raise EmptyFile
    places = rules.columns_of(table[0])
    rows = [
        FileRow(number, {field: _cell(row, place) for field, place in places.items()})
        for number, row in enumerate(table[1:], start=2)
        if any(cell.strip() for cell in row)
    ]
    rules.check_size(rows)
    return rows


def table_of(content: bytes, *, most_rows: int = rules.MOST_ROWS) -> list[list[str]]:
    """Rows of a CSV file or of the first sheet of a workbook as text, the header among them; of a workbook no more than
    one above the limit. Raises UnreadableFile.
    """
    return sheet_rows(content, most_rows=most_rows) if content.startswith(ZIP) else _csv(content)


def _csv(content: bytes) -> list[list[str]]:
    if b"\x00" in content:
        raise UnreadableFile
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1250", errors="replace")
    first_line = text.partition("\n")[0]
    delimiter = max(";,\t", key=first_line.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        return [row for row in reader if row]
    except csv.Error:
        raise UnreadableFile(reader.line_num) from None


def sheet_rows(content: bytes, *, most_rows: int = rules.MOST_ROWS) -> list[list[str]]:
    """Rows of the first sheet of an XLSX workbook as text. Raises UnreadableFile."""
    import openpyxl  # a tenth of a second that pages without files must not pay
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            unpacked = sum(part.file_size for part in archive.infolist())
        if unpacked > MOST_UNPACKED_BYTES:
            raise UnreadableFile
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        rows = book.worksheets[0].iter_rows(values_only=True, max_row=most_rows + 2)
        table = [_texts(row) for row in rows]
        book.close()
    except (zipfile.BadZipFile, InvalidFileException, KeyError, IndexError, ValueError):
        raise UnreadableFile from None
    return table


def _texts(row: Iterable[object]) -> list[str]:
    return [_text(cell) for cell in row]


def _text(cell: object) -> str:
    if cell is None:
        return ""
    if isinstance(cell, datetime | date):
        return cell.isoformat()[:10]
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))  # numbers typed into a spreadsheet lose their text form
    return str(cell)


def _cell(row: list[str], place: int) -> str:
    return row[place].strip()[:_LONGEST_CELL].removeprefix("'") if place < len(row) else ""
