"""XLSX workbooks, refused in the words of this context."""

from collections.abc import Iterator, Mapping
from typing import IO

from spoiwo.exchange.errors import UnusableFile
from spoiwo.exchange.types import FileProblem
from spoiwo.kernel import workbooks

_PROBLEMS: Mapping[str, FileProblem] = {
    "broken": FileProblem.BROKEN_WORKBOOK,
    "too_large": FileProblem.WORKBOOK_TOO_LARGE,
    "not_a_workbook": FileProblem.NOT_A_TABLE,
}


def check_package(stream: IO[bytes]) -> None:
    """Refuse what is no workbook or would unpack to far more than a table. Raises UnusableFile."""
    try:
        workbooks.check_package(stream)
    except workbooks.UnusableWorkbook as error:
        raise UnusableFile(_PROBLEMS[error.problem]) from error


def rows_of(stream: IO[bytes]) -> Iterator[tuple[int, list[str]]]:
    """(row number of the sheet, cells as text) of every row that holds anything. Raises UnusableFile."""
    try:
        yield from workbooks.rows_of(stream)
    except workbooks.UnusableWorkbook as error:
        raise UnusableFile(_PROBLEMS[error.problem]) from error
