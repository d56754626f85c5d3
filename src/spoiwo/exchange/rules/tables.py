"""Files as tables: what kind of file, its header, its rows."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import IO

from spoiwo.exchange.errors import UnusableFile
from spoiwo.exchange.rules import csv_text, workbooks
from spoiwo.exchange.rules.cells import tidy
from spoiwo.exchange.types import FileFormat, FileProblem, Preview

MOST_COLUMNS = 300
SAMPLED_ROWS = 1000
PREVIEWED_ROWS = 5
MOST_DISTINCT = 40  # more different values are not a code list
_ZIP = b"PK\x03\x04"
_OLD_OFFICE = b"\xd0\xcf\x11\xe0"
_BINARY = (
    b"%PDF",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"Rar!",
    b"7z\xbc\xaf",
    b"\x1f\x8b",
    b"MZ",
    b"\x7fELF",
)


@dataclass(frozen=True, slots=True)
class TableFormat:
    """What is needed to read a file: its kind and, for CSV, encoding and delimiter."""

    format: FileFormat
    encoding: str = ""
    delimiter: str = ""


def format_of(stream: IO[bytes]) -> TableFormat:
    """What kind of table the file is; the name of the file does not count. Raises UnusableFile."""
    stream.seek(0)
    head = stream.read(8)
    if not head:
        raise UnusableFile(FileProblem.EMPTY)
    if head.startswith(_ZIP):
        workbooks.check_package(stream)
        return TableFormat(FileFormat.XLSX)
    if head.startswith(_OLD_OFFICE):
        raise UnusableFile(FileProblem.OLD_WORKBOOK)
    if head.startswith(_BINARY):
        raise UnusableFile(FileProblem.NOT_A_TABLE)
    encoding = csv_text.encoding_of(stream)
    stream.seek(0)
    return TableFormat(FileFormat.CSV, encoding, csv_text.delimiter_of(stream, encoding))


def open_table(stream: IO[bytes], table: TableFormat) -> tuple[list[str], Iterator[tuple[int, list[str]]]]:
    """(headers, rows with their numbers). Raises UnusableFile, also while rows are read."""
    stream.seek(0)
    if table.format is FileFormat.XLSX:
        rows = workbooks.rows_of(stream)
    else:
        rows = csv_text.rows_of(stream, table.encoding, table.delimiter)
    first = next(rows, None)
    if first is None:
        raise UnusableFile(FileProblem.EMPTY)
    headers = distinct_headers(first[1])
    if len(headers) > MOST_COLUMNS:
        raise UnusableFile(FileProblem.TOO_MANY_COLUMNS, place=1, details=[str(MOST_COLUMNS)])
    return headers, _padded(rows, len(headers)) if table.format is FileFormat.XLSX else rows


def preview_of(stream: IO[bytes], table: TableFormat) -> Preview:
    """The first rows, and the distinct values of columns that look like code lists. Raises UnusableFile."""
    headers, rows = open_table(stream, table)
    sample = [cells for _, cells in islice(rows, SAMPLED_ROWS)]
    if not sample:
        raise UnusableFile(FileProblem.NO_ROWS)
    found: dict[str, dict[str, None]] = defaultdict(dict)
    for cells in sample:
        for header, cell in zip(headers, cells, strict=False):
            if (text := tidy(cell)) and len(found[header]) <= MOST_DISTINCT:
                found[header][text] = None
    short = {header: list(values) for header, values in found.items() if len(values) <= MOST_DISTINCT}
    shown = [cells[: len(headers)] for cells in sample[:PREVIEWED_ROWS]]
    return Preview(headers=headers, rows=shown, values=short)


def distinct_headers(cells: Sequence[str]) -> list[str]:
    """Headers tidied and told apart: a second "Ulica" becomes "Ulica (2)", an empty one "(5)" by its place."""
    counts: dict[str, int] = defaultdict(int)
    headers = []
    for place, cell in enumerate(cells, start=1):
        header = tidy(cell)[:100] or f"({place})"
        counts[header] += 1
        headers.append(header if counts[header] == 1 else f"{header} ({counts[header]})")
    return headers


def _padded(rows: Iterator[tuple[int, list[str]]], width: int) -> Iterator[tuple[int, list[str]]]:
    """Sheets leave out empty cells at the end of a row."""
    for number, cells in rows:
        cells.extend([""] * (width - len(cells)))
        yield number, cells
