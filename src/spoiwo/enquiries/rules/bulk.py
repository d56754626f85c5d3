"""A list of people pasted from a spreadsheet or read from a file: rows understood, and errors row by row."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from spoiwo.enquiries.errors import NobodyNamed, NotPeselNumber
from spoiwo.enquiries.rules.asking import check_sought
from spoiwo.enquiries.types import Sought
from spoiwo.kernel.text import search_key

MOST_ROWS = 200
LONGEST_NAME = 80
LONGEST_REFERENCE = 80
BIGGEST = 200_000  # bytes of a file
LONGEST_LINE = 2000
COLUMNS = ("pesel", "last_name", "first_name", "birth_date", "case_ref")
HEADER = {
    "pesel": "pesel",
    "nr pesel": "pesel",
    "nazwisko": "last_name",
    "last name": "last_name",
    "surname": "last_name",
    "imie": "first_name",
    "first name": "first_name",
    "data urodzenia": "birth_date",
    "date of birth": "birth_date",
    "znak sprawy": "case_ref",
    "case reference": "case_ref",
}
_DAYS = ("%Y-%m-%d", "%d.%m.%Y", "%d-%m-%Y", "%d/%m/%Y")


class RowFault(StrEnum):
    """What is wrong with a row of the list."""

    PESEL = "pesel"
    NOBODY = "nobody"
    DATE = "date"
    TOO_LONG = "too_long"
    TWICE = "twice"
    CHARACTERS = "characters"


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Row:
    """A row of the list. number: its line, from 1. fault: None when an enquiry can be made of it."""

    number: int
    sought: Sought
    case_ref: str
    fault: RowFault | None

    def __repr__(self) -> str:
        return f"Row({self.number}, {self.fault})"


@dataclass(frozen=True, slots=True)
class Read:
    """A list as understood; too_many: it had more rows than are taken at once, and the rest was not read."""

    rows: tuple[Row, ...]
    too_many: bool

    @property
    def good(self) -> tuple[Row, ...]:
        """Rows an enquiry can be made of."""
        return tuple(row for row in self.rows if row.fault is None)


def decoded(raw: bytes) -> str:
    """The text of a file: UTF-8, or what older Polish programs write."""
    for encoding in ("utf-8-sig", "cp1250"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return raw.decode("latin-1")


def pasted(rows: Iterable[Sequence[str]]) -> str:
    """Rows of a sheet as a spreadsheet puts them on the clipboard: a line each, cells parted by tabs."""
    return "\n".join("\t".join(" ".join(cell.split()) for cell in row) for row in rows)


def read(text: str) -> Read:
    """Rows of PESEL, last name, first name, date of birth, case reference, in this order or named by a header.

    Cells are parted by tabs, semicolons or commas, whichever the first line has. Empty lines are skipped.
    """
    places: Sequence[str] = COLUMNS
    rows: list[Row] = []
    seen: set[tuple[object, ...]] = set()
    for number, cells in _cells(text):
        if not rows and (named := _header(cells)):
            places = named
            continue
        if len(rows) == MOST_ROWS:
            return Read(tuple(rows), too_many=True)
        row = _row(number, dict(zip(places, cells, strict=False)))
        key = _who(row.sought)
        if row.fault is None and key in seen:
            row = Row(number=number, sought=row.sought, case_ref=row.case_ref, fault=RowFault.TWICE)
        seen.add(key)
        rows.append(row)
    return Read(tuple(rows), too_many=False)


def _cells(text: str) -> Iterator[tuple[int, list[str]]]:
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    first = next((line for line in lines if line.strip()), "")
    mark = next((mark for mark in "\t;," if mark in first), ";")
    for number, line in enumerate(lines, start=1):
        if line.strip().strip(mark):
            cells = next(
                csv.reader(io.StringIO(line[:LONGEST_LINE].replace("\0", "\x01")), delimiter=mark), []
            )
            yield number, [cell.strip() for cell in cells]


def _header(cells: Sequence[str]) -> list[str]:
    """Names of columns, when the line is a header that names the last name."""
    named = [HEADER.get(search_key(cell), "") for cell in cells]
    return named if "last_name" in named else []


def _row(number: int, cells: dict[str, str]) -> Row:
    born, date_fault = _day(cells.get("birth_date", ""))
    sought = Sought(
        last_name=cells.get("last_name", ""),
        first_name=cells.get("first_name", ""),
        birth_date=born,
        pesel="".join(cells.get("pesel", "").split()),
    )
    case_ref = cells.get("case_ref", "")
    return Row(number=number, sought=sought, case_ref=case_ref, fault=date_fault or _fault(sought, case_ref))


def _fault(sought: Sought, case_ref: str) -> RowFault | None:
    texts = (sought.last_name, sought.first_name, case_ref)
    if any(not text.isprintable() for text in texts):
        return RowFault.CHARACTERS
    if max(len(sought.last_name), len(sought.first_name)) > LONGEST_NAME or len(case_ref) > LONGEST_REFERENCE:
        return RowFault.TOO_LONG
    try:
        check_sought(sought)
    except NotPeselNumber:
        return RowFault.PESEL
    except NobodyNamed:
        return RowFault.NOBODY
    return None


def _day(text: str) -> tuple[date | None, RowFault | None]:
    if not text:
        return None, None
    for form in _DAYS:
        try:
            return datetime.strptime(text, form).date(), None  # noqa: DTZ007 a day has no time zone
        except ValueError:
            continue
    return None, RowFault.DATE


def _who(sought: Sought) -> tuple[object, ...]:
    if sought.pesel:
        return (sought.pesel,)
    return (search_key(sought.last_name), search_key(sought.first_name), sought.birth_date)
