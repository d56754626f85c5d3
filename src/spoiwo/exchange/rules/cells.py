"""Reading one cell: what stands in it becomes a value of the standard, or it is said why not."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from datetime import date
from functools import lru_cache

from spoiwo.exchange.types import RowProblem
from spoiwo.kernel import pesel
from spoiwo.kernel.errors import DomainError
from spoiwo.kernel.teryt import NotTeryt, TerytCode
from spoiwo.kernel.text import fold

# Anything unprintable except what counts as a space; such bytes come from broken exports.
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\u202a-\u202e\u2066-\u2069\ufffe\uffff]")
_INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"))
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[ T]\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?)?")
_POLISH = re.compile(r"(\d{1,2})[.](\d{1,2})[.](\d{4})(?: \d{1,2}:\d{2}(?::\d{2})?)?(?: ?r\.?)?")
_POSTAL = re.compile(r"\d{5}")
EARLIEST_YEAR = 1850


class BadCell(DomainError):
    """The cell cannot be read. detail: a figure or a code for the wording, never the cell of a person."""

    def __init__(self, problem: RowProblem, detail: str = ""):
        super().__init__(problem.value)
        self.problem = problem
        self.detail = detail


def are_tidy(row: Sequence[str]) -> bool:
    """Whether `tidy` would change none of these cells and none holds CONTROL; says no when in doubt.

    Most rows are, and one look at a row costs a tenth of looking at its cells.
    """
    text = "|".join(row)
    return (
        text.isprintable()
        and "  " not in text
        and " |" not in text
        and "| " not in text
        and "'" not in text
        and text[:1] != " "
        and text[-1:] != " "
        and (text.isascii() or unicodedata.is_normalized("NFC", text))
    )


def tidy(text: str) -> str:
    """Spaces reduced to single ones and none at the ends, letters and their marks as one character.

    An apostrophe that an export of ours put before a formula sign is taken off again.
    """
    text = " ".join(text.split())
    if text.isalnum() and text.isascii():
        return text
    if not text.isascii():
        text = unicodedata.normalize("NFC", text.translate(_INVISIBLE)).strip()
    if text[:1] == "'" and text[1:2] in FORMULA_STARTS:
        return text[1:]
    return text


@lru_cache(maxsize=65_536)  # people are born on some thirty thousand days
def read_date(text: str) -> date:
    """A day as YYYY-MM-DD or DD.MM.YYYY; a time of day behind it is left off. Raises BadCell."""
    if match := _ISO.fullmatch(text):
        year, month, day = match.groups()
    elif match := _POLISH.fullmatch(text):
        day, month, year = match.groups()
    else:
        raise BadCell(RowProblem.BAD_DATE)
    try:
        found = date(int(year), int(month), int(day))
    except ValueError as error:
        raise BadCell(RowProblem.IMPOSSIBLE_DATE) from error
    if found.year < EARLIEST_YEAR:
        raise BadCell(RowProblem.IMPOSSIBLE_DATE)
    return found


def read_code(text: str, own: Mapping[str, str], built_in: Mapping[str, str]) -> str:
    """A standard code: by the office's own value map first (folded), then by the built-in one. Raises BadCell.

    A value that the office maps to nothing is read as an empty cell.
    """
    key = fold(text)
    found = own.get(key)
    if found is None:
        found = built_in.get(key)
    if found is None:
        raise BadCell(RowProblem.UNKNOWN_CODE, text[:60])
    return found


def read_pesel(text: str) -> tuple[str, bool]:
    """(number, whether a leading zero that a spreadsheet had dropped was put back)."""
    number = "".join(text.split())
    if len(number) == pesel.LENGTH - 1 and number.isascii() and number.isdigit():
        restored = pesel.Pesel("0" + number)
        if not pesel.problems(restored):
            return restored.value, True
    return number, False


def read_teryt(text: str) -> tuple[str, bool]:
    """(code, whether a leading zero that a spreadsheet had dropped was put back)."""
    code = "".join(text.split())
    if len(code) == 6 and not code.startswith("0") and is_teryt("0" + code):
        return "0" + code, True
    return code, False


def is_teryt(code: str) -> bool:
    """Whether the text has the shape of a TERYT code."""
    try:
        TerytCode(code)
    except NotTeryt:
        return False
    return True


def read_postal_code(text: str) -> str:
    """66400 becomes 66-400; anything else stays."""
    return f"{text[:2]}-{text[2:]}" if _POSTAL.fullmatch(text) else text
