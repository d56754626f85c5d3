"""What is derived from a row of an extract: fingerprint text, keys for searching and sorting, index values."""

from collections.abc import Iterable
from dataclasses import fields
from datetime import date
from operator import attrgetter

from spoiwo.clients.types import FactRow, RegisterRow
from spoiwo.kernel import pesel
from spoiwo.kernel.text import polish_sort_key, search_key

# Part of every fingerprint: raise it when keys below are worked out differently, and the next extract
# writes all rows anew.
ROW_EDITION = "1"
_register_values = attrgetter(*(field.name for field in fields(RegisterRow)))
_fact_values = attrgetter(*(field.name for field in fields(FactRow)))
_LAST_LENGTH, _FIRST_LENGTH, _SORT_LENGTH = 120, 80, 600
_SHORTEST_DOCUMENT = 6
_BETWEEN_PARTS = "\n"


def register_text(row: RegisterRow) -> str:
    """All values of a row as one text; equal for equal rows only, since values hold no control characters."""
    return _joined(_register_values(row))


def fact_text(row: FactRow) -> str:
    """As register_text, for a fact."""
    return _joined(_fact_values(row))


def name_keys(row: RegisterRow) -> tuple[str, str, str, str]:
    """Keys of a row: (sort key, folded last name, folded first name, last|first|birth date or empty)."""
    last = search_key(row.last_name)[:_LAST_LENGTH]
    first = search_key(row.first_name)[:_FIRST_LENGTH]
    name_date = f"{last}|{first}|{row.birth_date.isoformat()}" if row.birth_date and last else ""
    return polish_sort_key(f"{row.last_name} {row.first_name}")[:_SORT_LENGTH], last, first, name_date


def indexable_pesel(text: str) -> str | None:
    """The number when it may be compared across registers: right checksum, a real day, not a filler."""
    try:
        number = pesel.Pesel(text)
    except pesel.NotPesel:
        return None
    return None if pesel.problems(number) else text


def indexable_document(text: str) -> str | None:
    """Letters and digits of a document number in capitals; None when too short to tell people apart."""
    number = "".join(character for character in text.upper() if character.isalnum())
    return number if len(number) >= _SHORTEST_DOCUMENT else None


def fact_secret(value: str, note: str) -> str:
    """What is sealed of a sensitive fact: value and note in one text."""
    return f"{value}{_BETWEEN_PARTS}{note}"


def open_fact_secret(secret: str) -> tuple[str, str]:
    """(value, note) of what fact_secret made."""
    value, _, note = secret.partition(_BETWEEN_PARTS)
    return value, note


def _joined(values: Iterable[str | date | None]) -> str:
    texts = [
        value if isinstance(value, str) else "" if value is None else value.isoformat() for value in values
    ]
    return "\x1f".join((ROW_EDITION, *texts))
