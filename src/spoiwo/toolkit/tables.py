"""Tables of offices on their way in: XLSX, or CSV in UTF-8 or Windows-1250, parted by semicolons or commas."""

import csv
import io
from collections.abc import Collection, Iterator

from spoiwo.kernel import workbooks

Row = tuple[int, dict[str, str]]
_ZIP = b"PK\x03\x04"
_STARTS_A_FORMULA = ("=", "+", "-", "@")


class UnusableTable(Exception):
    """The file cannot be read.

    problem: "empty", "encoding", "broken", "workbook", "too_large", "too_many", "columns:" and what is missing.
    """

    def __init__(self, problem: str):
        super().__init__(problem)
        self.problem = problem


def read_table(
    content: bytes, *, columns: Collection[str], needed: Collection[str], most_rows: int
) -> Iterator[Row]:
    """Rows that say something, with their numbers as a spreadsheet counts them and every column's tidied text.

    columns: names that are read, in lower case; others in the file are left alone. Of a workbook the first sheet
    that holds anything is read. Raises UnusableTable.
    """
    table = _workbook(content, most_rows) if content.startswith(_ZIP) else _csv(content)
    if not table:
        raise UnusableTable("empty")
    header = [cell.strip().lower() for cell in table[0][1]]
    if missing := [name for name in needed if name not in header]:
        raise UnusableTable(f"columns:{', '.join(missing)}")
    if len(table) - 1 > most_rows:
        raise UnusableTable("too_many")
    for number, cells in table[1:]:
        if any(cell.strip() for cell in cells):
            held = dict(zip(header, map(_tidied, cells), strict=False))
            yield number, {column: held.get(column, "") for column in columns}


def _workbook(content: bytes, most_rows: int) -> list[tuple[int, list[str]]]:
    table = []
    try:
        for row in workbooks.rows_of(io.BytesIO(content)):
            table.append(row)
            if len(table) > most_rows + 1:
                break
    except workbooks.UnusableWorkbook as error:
        raise UnusableTable("too_large" if error.problem == "too_large" else "workbook") from error
    return table


def _csv(content: bytes) -> list[tuple[int, list[str]]]:
    text = _text(content)
    delimiter = ";" if text.split("\n", 1)[0].count(";") else ","
    try:
        return list(enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True), 1))
    except csv.Error as error:
        raise UnusableTable("broken") from error


def _text(content: bytes) -> str:
    for encoding in ("utf-8-sig", "cp1250"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise UnusableTable("encoding")


def _tidied(cell: str) -> str:
    """Without spaces around it, and without the apostrophe that keeps spreadsheets from running a cell."""
    text = cell.strip()
    return text[1:] if text.startswith("'") and text[1:].startswith(_STARTS_A_FORMULA) else text
