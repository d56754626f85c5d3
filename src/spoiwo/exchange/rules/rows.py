"""Reading one row: cells in the order of a file become a row of the standard, or findings."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import lru_cache
from operator import gt, itemgetter
from typing import Any

from spoiwo.access.types import Category
from spoiwo.clients.types import FACT_CATEGORIES, FactKind, FactRow, RegisterKind, RegisterRow
from spoiwo.exchange.rules import cells, codes
from spoiwo.exchange.rules.cells import BadCell
from spoiwo.exchange.rules.contract import column
from spoiwo.exchange.types import CODED, Column, Content, Finding, Layout, RowProblem, RowWarning
from spoiwo.kernel import pesel
from spoiwo.kernel.text import fold

Row = RegisterRow | FactRow
Findings = list[Finding]
Reader = Callable[[str, Findings], Any]
_PESEL_WARNINGS: Mapping[pesel.PeselProblem, RowWarning] = {
    pesel.PeselProblem.DUMMY: RowWarning.PESEL_DUMMY,
    pesel.PeselProblem.CHECKSUM: RowWarning.PESEL_CHECKSUM,
    pesel.PeselProblem.IMPOSSIBLE_DATE: RowWarning.PESEL_IMPOSSIBLE_DATE,
    pesel.PeselProblem.CONTRADICTS_BIRTH_DATE: RowWarning.PESEL_BIRTH_DATE,
    pesel.PeselProblem.CONTRADICTS_SEX: RowWarning.PESEL_SEX,
}
WORDS_KEPT = 4096  # codes and communes are few, and read once
_FACT_FIELDS = {"from": "valid_from", "to": "valid_to"}


class RowReader:
    """Reads rows of one file. Made once per file, so that a row costs little.

    headers: the header row of the file; the layout's headers must be among them. today: no birth after it.
    """

    def __init__(self, kind: RegisterKind, headers: Sequence[str], layout: Layout, today: date):
        self._kind = kind
        self._width = len(headers)
        places = {header: place for place, header in enumerate(headers)}
        columns = [(places[header], column(kind, name)) for name, header in layout.columns.items()]
        self._texts = [(place, c.name, c.length) for place, c in columns if c.content is Content.TEXT]
        self._names = [name for _, name, _ in self._texts]
        self._lengths = [length for _, _, length in self._texts]
        self._pick_texts = _picker([place for place, _, _ in self._texts])
        self._others = [
            (place, c.name, _reader(c, layout, today))
            for place, c in columns
            if c.content is not Content.TEXT
        ]
        self._mandatory = [c.name for _, c in columns if c.mandatory]
        self._id_place = places[layout.columns["local_id"]]

    def read(self, row: Sequence[str]) -> tuple[Row | None, Findings]:
        """The row and its warnings; None and at least one problem when it has to be rejected."""
        findings: Findings = []
        if len(row) != self._width and (len(row) < self._width or any(row[self._width :])):
            return None, [Finding(RowProblem.CELL_COUNT, "", f"{len(row)}/{self._width}")]
        if not cells.are_tidy(row):
            if cells.CONTROL.search("".join(row)):
                return None, self._control_characters(row)
            row = [cells.tidy(cell) for cell in row]
        values = self._values(row, findings)
        # Reading adds warnings too; a cell that could not be read has left no value.
        if any(isinstance(finding.problem, RowProblem) for finding in findings):
            return None, findings
        finish = _finish_register if self._kind is RegisterKind.REGISTER else _finish_fact
        return finish(values, findings), findings

    def local_id(self, row: Sequence[str]) -> str:
        """The row's number in the register as far as it can be told, for rows that are rejected."""
        return cells.tidy(row[self._id_place]) if len(row) > self._id_place else ""

    def _values(self, row: Sequence[str], findings: Findings) -> dict[str, Any]:
        """Values by standard column, from tidy cells; the hot loop of an import."""
        texts = self._pick_texts(row)
        if any(map(gt, map(len, texts), self._lengths)):
            for text, (_, name, length) in zip(texts, self._texts, strict=True):
                if len(text) > length:
                    findings.append(Finding(RowProblem.TOO_LONG, name, str(length)))
        values: dict[str, Any] = dict(zip(self._names, texts, strict=True))
        for place, name, reader in self._others:
            if text := row[place]:
                try:
                    values[name] = reader(text, findings)
                except BadCell as problem:
                    findings.append(Finding(problem.problem, name, problem.detail))
        for name in self._mandatory:
            if not values.get(name) and not _named(findings, name):
                findings.append(Finding(RowProblem.MISSING, name))
        return values

    def _control_characters(self, row: Sequence[str]) -> Findings:
        columns = [(place, name) for place, name, _ in (*self._texts, *self._others)]
        at_fault = [name for place, name in columns if cells.CONTROL.search(row[place])]
        return [Finding(RowProblem.CONTROL_CHARACTER, name) for name in at_fault or [""]]


def _picker(places: Sequence[int]) -> Callable[[Sequence[str]], tuple[str, ...]]:
    if len(places) > 1:
        return itemgetter(*places)
    return lambda row: tuple(row[place] for place in places)


def _reader(found: Column, layout: Layout, today: date) -> Reader:
    if found.content in CODED:
        own = {fold(theirs): ours for theirs, ours in layout.values.get(found.name, {}).items()}
        built_in = codes.BUILT_IN[found.content]
        read = lru_cache(maxsize=WORDS_KEPT)(lambda text: cells.read_code(text, own, built_in))
        return lambda text, _: read(text)
    special: Mapping[Content, Reader] = {
        Content.DATE: lambda text, _: cells.read_date(text),
        Content.PAST_DATE: lambda text, _: _past(cells.read_date(text), today),
        Content.POSTAL_CODE: lambda text, _: _short(cells.read_postal_code(text), found.length),
        Content.PESEL: lambda text, findings: _pesel(text, found.length, findings),
        Content.TERYT: lambda text, findings: _teryt(text, found.length, findings),
    }
    return special[found.content]


def _finish_register(values: dict[str, Any], findings: Findings) -> RegisterRow | None:
    start, end = values.get("status_from"), values.get("status_to")
    if start and end and end < start:
        findings.append(Finding(RowProblem.END_BEFORE_START, "status_to"))
        return None
    number = values.get("pesel")
    if number and not _named(findings, "pesel"):
        found = pesel.problems(pesel.Pesel(number), values.get("birth_date"), values.get("sex") or None)
        findings.extend(Finding(_PESEL_WARNINGS[problem], "pesel") for problem in found)
    return RegisterRow(**values)


def _finish_fact(values: dict[str, Any], findings: Findings) -> FactRow | None:
    start, end = values.get("from"), values.get("to")
    if start and end and end < start:
        findings.append(Finding(RowProblem.END_BEFORE_START, "to"))
        return None
    kind = FactKind(values["kind"])
    category = Category(values["category"]) if values.get("category") else FACT_CATEGORIES[kind]
    if FACT_CATEGORIES[kind] is Category.SENSITIVE and category is not Category.SENSITIVE:
        findings.append(Finding(RowProblem.NOT_SENSITIVE, "category"))
        return None
    plain = {_FACT_FIELDS.get(name, name): value for name, value in values.items()}
    return FactRow(**plain | {"kind": kind, "category": category})


def _past(day: date, today: date) -> date:
    if day > today:
        raise BadCell(RowProblem.FUTURE_DATE)
    return day


def _short(text: str, length: int) -> str:
    if len(text) > length:
        raise BadCell(RowProblem.TOO_LONG, str(length))
    return text


def _pesel(text: str, length: int, findings: Findings) -> str:
    if len(text) == pesel.LENGTH and text.isdigit() and text.isascii():
        return text
    number, restored = cells.read_pesel(_short(text, length))
    if restored:
        findings.append(Finding(RowWarning.PESEL_ZERO_RESTORED, "pesel"))
    elif not (len(number) == pesel.LENGTH and number.isascii() and number.isdigit()):
        findings.append(Finding(RowWarning.PESEL_SHAPE, "pesel"))
    return number


def _teryt(text: str, length: int, findings: Findings) -> str:
    code, warning = _read_teryt(text)
    if warning is not None:
        findings.append(Finding(warning, "teryt"))
    return _short(code, length)


@lru_cache(maxsize=WORDS_KEPT)
def _read_teryt(text: str) -> tuple[str, RowWarning | None]:
    code, restored = cells.read_teryt(text)
    if restored:
        return code, RowWarning.TERYT_ZERO_RESTORED
    return code, None if cells.is_teryt(code) else RowWarning.TERYT_SHAPE


def _named(findings: Findings, name: str) -> bool:
    return any(finding.field == name for finding in findings)
