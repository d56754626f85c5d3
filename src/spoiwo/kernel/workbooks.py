"""XLSX workbooks: guards before anything is unpacked, and the rows of the first sheet that holds any."""

import warnings
import zipfile
import zlib
from collections.abc import Iterator
from datetime import datetime, time
from typing import IO, Any

from spoiwo.kernel.errors import DomainError

MOST_UNPACKED = 1024**3  # bytes; sheets are streamed
MOST_SHARED_TEXT = 256 * 1024**2  # the table of shared texts is held in memory
MOST_TIMES_PACKED = 200  # tables of people unpack to some ten times their size
SMALL_ENOUGH = 10 * 1024**2  # below this the ratio says nothing
MOST_PARTS = 2000
MOST_ROWS = 1_048_576  # what a sheet can hold; a row number beyond is made up and would be counted up to
MOST_COLUMNS = 500  # one cell far to the right makes every row that wide
BROKEN = (  # SyntaxError is what both XML parsers raise, Python's own and lxml's
    zipfile.BadZipFile, SyntaxError, ValueError, KeyError, TypeError, AttributeError, IndexError, OSError, EOFError,
    RuntimeError, OverflowError, zlib.error,
)  # fmt: skip


class UnusableWorkbook(DomainError):
    """The workbook cannot be read. problem: "broken", "too_large" or "not_a_workbook"."""

    def __init__(self, problem: str):
        super().__init__(problem)
        self.problem = problem


def check_package(stream: IO[bytes]) -> None:
    """Refuse what is no workbook or would unpack to far more than a table. Raises UnusableWorkbook."""
    stream.seek(0)
    try:
        with zipfile.ZipFile(stream) as package:
            parts = package.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, RuntimeError) as error:  # last: packed unknown
        raise UnusableWorkbook("broken") from error
    unpacked = sum(part.file_size for part in parts)
    packed = sum(part.compress_size for part in parts)
    shared = sum(part.file_size for part in parts if part.filename.endswith("sharedStrings.xml"))
    too_dense = unpacked > SMALL_ENOUGH and unpacked > MOST_TIMES_PACKED * max(packed, 1)
    if unpacked > MOST_UNPACKED or shared > MOST_SHARED_TEXT or too_dense or len(parts) > MOST_PARTS:
        raise UnusableWorkbook("too_large")
    if not any(part.filename == "xl/workbook.xml" for part in parts):
        raise UnusableWorkbook("not_a_workbook")


def rows_of(stream: IO[bytes]) -> Iterator[tuple[int, list[str]]]:
    """(row number of the sheet, cells as text) of every row that holds anything. Raises UnusableWorkbook."""
    import openpyxl  # a tenth of a second that pages without files must not pay

    check_package(stream)
    stream.seek(0)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about styles and validations, which are not read here
            workbook = openpyxl.load_workbook(stream, read_only=True, data_only=True, keep_links=False)
            for sheet in workbook.worksheets:
                sheet.reset_dimensions()
                rows = _rows(sheet)
                first = next(rows, None)
                if first is not None:
                    yield first
                    yield from rows
                    return
    except BROKEN as error:
        raise UnusableWorkbook("broken") from error


def _rows(sheet: Any) -> Iterator[tuple[int, list[str]]]:
    for number, values in enumerate(sheet.iter_rows(values_only=True), start=1):
        if number > MOST_ROWS or len(values) > MOST_COLUMNS:
            raise UnusableWorkbook("too_large")
        cells = [_text(value) for value in values]
        while cells and not cells[-1]:
            cells.pop()
        if cells:
            yield number, cells


def _text(value: Any) -> str:
    """A cell as an office would have typed it."""
    match value:
        case None:
            return ""
        case str():
            return value.strip()
        case datetime():
            return value.date().isoformat() if value.time() == time() else value.isoformat(sep=" ")
        case float():
            return str(int(value)) if value.is_integer() else f"{value:.15g}"
        case _:
            return str(value)
