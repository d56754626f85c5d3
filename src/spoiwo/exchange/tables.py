"""What the screens about files show, worked out beforehand."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from spoiwo.clients.types import RegisterKind
from spoiwo.exchange import messages
from spoiwo.exchange.models import RegisterImport, SheetImport
from spoiwo.exchange.rules import sheet_columns
from spoiwo.exchange.rules.contract import COLUMNS
from spoiwo.exchange.services.deciding import would_many_vanish, would_most_vanish
from spoiwo.exchange.types import CODED, UNDER_WAY, WORKING, Content, FileProblem, ImportState, SheetKind
from spoiwo.toolkit.templatetags.spoiwo import polish_number

TONES = {
    ImportState.MAPPING: "soon",
    ImportState.CHECKED: "soon",
    ImportState.DONE: "ok",
    ImportState.SETTLING: "ok",
    ImportState.REFUSED: "late",
    ImportState.FAILED: "late",
}
WORK_LABELS = {
    ImportState.CHECKING: gettext_lazy("The file is being checked"),
    ImportState.STAGING: gettext_lazy("The file is being taken in"),
    ImportState.SETTLING: gettext_lazy("The register is in force; common clients are being looked for"),
    ImportState.CANCELLING: gettext_lazy("The import is being stopped"),
}
TITLES = WORK_LABELS | {
    ImportState.MAPPING: gettext_lazy("Which column is what?"),
    ImportState.CHECKED: gettext_lazy("The file is ready to be taken in"),
    ImportState.DONE: gettext_lazy("The file is in force"),
    ImportState.REFUSED: gettext_lazy("The file cannot be used"),
    ImportState.FAILED: gettext_lazy("The file could not be taken in"),
    ImportState.CANCELLED: gettext_lazy("The import was stopped"),
}


RESTORING_TITLES = {
    ImportState.STAGING: gettext_lazy("The former state is being restored"),
    ImportState.DONE: gettext_lazy("The former state is in force again"),
}


@dataclass(frozen=True, slots=True)
class ImportLine:
    """An import in the list."""

    register_import: RegisterImport
    state: str
    tone: str


@dataclass(frozen=True, slots=True)
class FindingLine:
    """Something found in a row: where, what is wrong, what to do."""

    row: int
    column: str
    problem: str
    remedy: str
    warning: bool


@dataclass(frozen=True, slots=True)
class CountLine:
    """How many rows have a problem."""

    rows: int
    column: str
    problem: str
    remedy: str
    warning: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportView:
    """An import on its page."""

    title: str
    state: str
    tone: str
    is_working: bool
    waits_for_columns: bool
    waits_for_decision: bool
    can_be_stopped: bool
    is_published: bool
    good: int
    file_problem: str
    many_vanish: bool
    most_vanish: bool
    vanishing: str
    is_restoring: bool
    counts: Sequence[CountLine]
    findings: Sequence[FindingLine]
    has_rejected_file: bool
    has_unknown_codes: bool


@dataclass(frozen=True, slots=True)
class ContractPart:
    """One of the two files: its columns, and the code lists of coded columns."""

    title: str
    columns: Sequence[tuple[str, str, str, str, bool]]  # name, label, what it holds, example, mandatory
    code_lists: Sequence[tuple[str, Sequence[tuple[str, str]]]]  # column, (code, name)


def contract_parts() -> list[ContractPart]:
    """The file contract in the language of the page; countries are a standard of their own, so not listed."""
    titles = {
        RegisterKind.REGISTER: _("Register extract"),
        RegisterKind.FACTS: _("Facts file"),
    }
    return [_contract_part(kind, titles[kind]) for kind in COLUMNS]


def _contract_part(kind: RegisterKind, title: str) -> ContractPart:
    columns = [
        (column.name, messages.label_of(column), messages.text_of(column), column.example, column.mandatory)
        for column in COLUMNS[kind]
    ]
    listed = CODED - {Content.COUNTRY}
    lists = [
        (column.name, list(messages.code_names(column.content).items()))
        for column in COLUMNS[kind]
        if column.content in listed
    ]
    return ContractPart(title, columns, lists)


def has_columns(register_import: RegisterImport) -> bool:
    """Whether the file is being checked already."""
    return register_import.state != ImportState.MAPPING


def import_line(register_import: RegisterImport) -> ImportLine:
    """One line of the list."""
    state = ImportState(register_import.state)
    return ImportLine(register_import, register_import.get_state_display(), TONES.get(state, ""))


def import_view(register_import: RegisterImport) -> ImportView:
    """What the import's page shows."""
    state = ImportState(register_import.state)
    kind = RegisterKind(register_import.kind)
    problem = register_import.problem
    return ImportView(
        title=_title(register_import, state),
        state=register_import.get_state_display(),
        tone=TONES.get(state, ""),
        is_working=state in WORKING,
        waits_for_columns=state is ImportState.MAPPING,
        waits_for_decision=state is ImportState.CHECKED,
        can_be_stopped=state in UNDER_WAY - {ImportState.SETTLING, ImportState.CANCELLING},
        is_published=register_import.published_at is not None,
        good=register_import.rows - register_import.rejected,
        file_problem=messages.file_words(
            FileProblem(problem), register_import.problem_place, register_import.problem_details
        )
        if problem
        else "",
        many_vanish=state is ImportState.CHECKED and would_many_vanish(register_import),
        most_vanish=state is ImportState.CHECKED and would_most_vanish(register_import),
        vanishing=_vanishing(register_import, kind),
        is_restoring=bool(register_import.restores),
        counts=_counts(kind, register_import.problems),
        findings=[_finding(kind, *found) for found in register_import.first_findings],
        has_rejected_file=bool(register_import.rejected and register_import.wrapped_key)
        and state in {ImportState.CHECKED, ImportState.STAGING, ImportState.SETTLING, ImportState.DONE},
        has_unknown_codes=bool(register_import.unknown_codes),
    )


def progress(register_import: RegisterImport) -> dict[str, Any]:
    """Context of the progress component; no polling once the work is over."""
    state = ImportState(register_import.state)
    done = register_import.rows_done
    total = register_import.rows if state is ImportState.STAGING else 0
    text = ngettext("%(n)s row so far", "%(n)s rows so far", done) % {"n": done}
    return {"label": str(WORK_LABELS.get(state, "")), "done": done, "total": total, "text": text}


def reason(kind: RegisterKind, findings: Sequence[tuple[str, str, str]]) -> tuple[str, str]:
    """(header of the column of reasons, the reasons of a row in one text)."""
    sentences = []
    for name, problem, detail in findings:
        sentence, remedy = messages.finding_words(problem, detail)
        column = messages.column_label(kind, name)
        sentences.append(f"{column}: {sentence} {remedy}" if column else f"{sentence} {remedy}")
    return _("Reason for rejection"), " ".join(sentences)


def _title(register_import: RegisterImport, state: ImportState) -> str:
    if state is ImportState.CHECKED and register_import.rejected:
        return ngettext(
            "%(n)s row of the file would be rejected",
            "%(n)s rows of the file would be rejected",
            register_import.rejected,
        ) % {"n": register_import.rejected}
    if register_import.restores and state in RESTORING_TITLES:
        return str(RESTORING_TITLES[state])
    return str(TITLES[state])


def _vanishing(register_import: RegisterImport, kind: RegisterKind) -> str:
    """Who would be lost with this file, in one or two sentences; empty when nothing would."""
    n, common = register_import.vanished, register_import.common_lost
    if not n:
        return ""
    if kind is RegisterKind.FACTS:
        return ngettext(
            "%(n)s fact that is in force now would be in force no longer.",
            "%(n)s facts that are in force now would be in force no longer.",
            n,
        ) % {"n": polish_number(n, 0)}
    lost = ngettext(
        "%(n)s client of your register would be no longer served.",
        "%(n)s clients of your register would be no longer served.",
        n,
    ) % {"n": polish_number(n, 0)}
    if not common:
        return f"{lost} " + _("None of them is a common client.")
    return f"{lost} " + ngettext(
        "%(n)s of them is a common client, whom other institutions would no longer see as yours.",
        "%(n)s of them are common clients, whom other institutions would no longer see as yours.",
        common,
    ) % {"n": polish_number(common, 0)}


def _counts(kind: RegisterKind, problems: dict[str, int]) -> list[CountLine]:
    lines = []
    for key, rows in problems.items():
        problem, _colon, name = key.partition(":")
        sentence, remedy = messages.summary_words(problem)
        column = messages.column_label(kind, name)
        lines.append(CountLine(rows, column, sentence, remedy, messages.is_warning(problem)))
    return sorted(lines, key=lambda line: (line.warning, -line.rows))


def _finding(kind: RegisterKind, row: int, name: str, problem: str, detail: str) -> FindingLine:
    sentence, remedy = messages.finding_words(problem, detail)
    return FindingLine(row, messages.column_label(kind, name), sentence, remedy, messages.is_warning(problem))


@dataclass(frozen=True, slots=True)
class SheetCount:
    """Rows of a sheet with one thing wrong."""

    rows: int
    column: str
    problem: str
    remedy: str


def sheet_counts(sheet: SheetImport) -> list[SheetCount]:
    """What is wrong with rows of a sheet, the most frequent first."""
    labels = {one.name: messages.label_of(one) for one in sheet_columns.COLUMNS[SheetKind(sheet.kind)]}
    counts = []
    for key, rows in sorted(sheet.problems.items(), key=lambda item: (-item[1], item[0])):
        problem, _colon, name = key.partition(":")
        counts.append(SheetCount(rows, labels.get(name, ""), *messages.summary_words(problem)))
    return counts
