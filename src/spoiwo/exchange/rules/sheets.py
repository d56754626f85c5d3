"""Sheets of the support register: their columns, which header is which, and rows as values."""

import re
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

from spoiwo.exchange.rules import cells
from spoiwo.exchange.rules.sheet_columns import COLUMNS, WORDS
from spoiwo.exchange.types import (
    SHEET_CODED,
    Column,
    Content,
    Finding,
    Layout,
    Preview,
    RowProblem,
    SheetKind,
)
from spoiwo.kernel.text import fold, search_key
from spoiwo.support.types import RecipientKind

_CLOCK = re.compile(r"(\d{1,3})(?::| ?h ?)(\d{1,2})(?: ?min\.?)?")
MOST_NUMBER = 10_000_000
_MINUTES_AN_HOUR = 60
_OF_PERSONS = ("pesel", "last_name", "last_first", "first_last", "birth_date")


Staff = Mapping[str, str]  # id of a user as text -> name


def guess(kind: SheetKind, headers: Sequence[str]) -> Layout:
    """A layout from the headers: by names and labels of columns first, then by what centres write."""
    keys = {header: search_key(header) for header in headers}
    found: dict[str, str] = {}
    for spellings_of in (_own_names, lambda column: set(column.synonyms)):
        for column in COLUMNS[kind]:
            spellings, taken = spellings_of(column), set(found.values())
            fitting = (header for header in headers if header not in taken and keys[header] in spellings)
            if column.name not in found and (header := next(fitting, None)):
                found[column.name] = header
    return Layout(columns=found)


def missing_columns(kind: SheetKind, layout: Layout) -> tuple[str, ...]:
    """Mandatory columns that the layout does not name."""
    return tuple(one.name for one in COLUMNS[kind] if one.mandatory and one.name not in layout.columns)


def codes_of(content: Content, staff: Staff) -> dict[str, str]:
    """Folded spelling -> code of a coded column."""
    if content is Content.STAFF:
        return {fold(name): number for number, name in staff.items()}
    words = WORDS[content]
    return {
        fold(spelling): str(code) for code, spellings in words.items() for spelling in (str(code), *spellings)
    }


def guess_values(
    kind: SheetKind, layout: Layout, preview: Preview, staff: Staff
) -> dict[str, dict[str, str]]:
    """For every coded column of the layout: values in the file -> code, empty when not known."""
    guessed: dict[str, dict[str, str]] = {}
    for column in COLUMNS[kind]:
        header = layout.columns.get(column.name)
        if header is None or column.content not in SHEET_CODED:
            continue
        codes = codes_of(column.content, staff) | _folded(layout.values.get(column.name, {}))
        guessed[column.name] = {value: codes.get(fold(value), "") for value in preview.values.get(header, ())}
    return guessed


class SheetReader:
    """Rows of one sheet as values by standard name."""

    def __init__(self, kind: SheetKind, headers: Sequence[str], layout: Layout, staff: Staff):
        self._kind = kind
        places = {header: place for place, header in enumerate(headers)}
        self._columns = [
            (places[layout.columns[one.name]], one, self._reader(one, layout, staff))
            for one in COLUMNS[kind]
            if layout.columns.get(one.name) in places
        ]

    def read(self, row: Sequence[str]) -> tuple[dict[str, Any], list[Finding]]:
        """(values of the filled cells, what is wrong). Values stand only where a cell could be read."""
        values: dict[str, Any] = {}
        findings: list[Finding] = []
        for place, column, reader in self._columns:
            text = cells.tidy(row[place]) if place < len(row) else ""
            if not text:
                if column.mandatory:
                    findings.append(Finding(RowProblem.MISSING, column.name))
                continue
            try:
                values[column.name] = reader(text)
            except cells.BadCell as bad:
                findings.append(Finding(bad.problem, column.name, bad.detail))
        if not findings:
            findings = _across(self._kind, values)
        return values, findings

    def _reader(self, column: Column, layout: Layout, staff: Staff) -> Callable[[str], Any]:
        if column.content in SHEET_CODED:
            own = _folded(layout.values.get(column.name, {}))
            built_in = codes_of(column.content, staff)
            return lambda text: cells.read_code(text, own, built_in)
        readers: Mapping[Content, Callable[[str], Any]] = {
            Content.DATE: cells.read_date,
            Content.NUMBER: _whole,
            Content.DURATION: _duration,
            Content.MONEY: _money,
            Content.PESEL: lambda text: cells.read_pesel(text)[0],
            Content.TERYT: _teryt,
        }
        return readers.get(column.content, lambda text: _short(text, column.length))


def _across(kind: SheetKind, values: dict[str, Any]) -> list[Finding]:
    """What is wrong with a row as a whole; settles minutes, recipient and names of a row of support."""
    if kind is SheetKind.KFS:
        backwards = values["last_day"] < values["first_day"]
        return [Finding(RowProblem.END_BEFORE_START, "last_day")] if backwards else []
    hours = values.pop("hours", None)
    values["minutes"] = values.get("minutes", hours) or values.get("lasted")
    if not values["minutes"]:
        return [Finding(RowProblem.NO_MINUTES, "minutes")]
    return _who_came(values) if kind is SheetKind.EVENTS else _who_got_support(values)


def _who_got_support(values: dict[str, Any]) -> list[Finding]:
    named_as_person = any(values.get(name) for name in _OF_PERSONS)
    told = RecipientKind.PERSON if named_as_person else RecipientKind.ENTITY
    values["recipient"] = RecipientKind(values.get("recipient") or told)
    if values["recipient"] is RecipientKind.PERSON:
        _settle_names(values, values.get("name"))
        return [] if values.get("last_name") else [Finding(RowProblem.NOBODY, "last_name")]
    return [] if values.get("name") else [Finding(RowProblem.NOBODY, "name")]


def _who_came(values: dict[str, Any]) -> list[Finding]:
    values.setdefault("last_day", values["day"])
    if values["last_day"] < values["day"]:
        return [Finding(RowProblem.END_BEFORE_START, "last_day")]
    _settle_names(values)
    somebody = values.get("last_name") or values.get("anonymous_headcount")
    return [] if somebody else [Finding(RowProblem.NOBODY, "last_name")]


def _settle_names(values: dict[str, Any], name: str | None = None) -> None:
    """Last and first name, from whichever column holds them."""
    if not values.get("last_name") and values.get("last_first"):
        last, _, first = values["last_first"].partition(" ")
        values["last_name"], values["first_name"] = last, values.get("first_name") or first
    whole = values.get("first_last") or name
    if not values.get("last_name") and whole:
        first, _, last = whole.rpartition(" ")
        values["last_name"], values["first_name"] = last, values.get("first_name") or first


def _own_names(column: Column) -> set[str]:
    return {search_key(column.name), search_key(column.label_pl), search_key(column.label_en)}


def _folded(values: Mapping[str, str]) -> dict[str, str]:
    return {fold(theirs): ours for theirs, ours in values.items()}


def _short(text: str, length: int) -> str:
    if cells.CONTROL.search(text):
        raise cells.BadCell(RowProblem.CONTROL_CHARACTER)
    if len(text) > length:
        raise cells.BadCell(RowProblem.TOO_LONG, str(length))
    return text


def _decimal(text: str) -> Decimal:
    plain = "".join(text.lower().replace("zł", "").replace("pln", "").split()).replace(",", ".")
    try:
        number = Decimal(plain)
    except InvalidOperation:
        raise cells.BadCell(RowProblem.NOT_A_NUMBER) from None
    if not number.is_finite() or not 0 <= number <= MOST_NUMBER:
        raise cells.BadCell(RowProblem.NOT_A_NUMBER)
    return number


def _whole(text: str) -> int:
    number = _decimal(text)
    if number != number.to_integral_value():
        raise cells.BadCell(RowProblem.NOT_A_NUMBER)
    return int(number)


def _money(text: str) -> Decimal:
    return _decimal(text).quantize(Decimal("0.01"))


def _duration(text: str) -> int:
    """Minutes of "1,5", "1:30", "1 h 30 min"."""
    if match := _CLOCK.fullmatch(text.lower()):
        return int(match[1]) * _MINUTES_AN_HOUR + int(match[2])
    return _whole_minutes(_decimal(text.lower().replace("godz.", "").rstrip("h ")))


def _whole_minutes(hours: Decimal) -> int:
    return int((hours * _MINUTES_AN_HOUR).to_integral_value())


def _teryt(text: str) -> str:
    code, _ = cells.read_teryt(text)
    if not (code.isascii() and code.isdigit() and len(code) in {4, 7}):
        raise cells.BadCell(RowProblem.UNKNOWN_CODE, text[:20])
    return code
