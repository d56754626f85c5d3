"""Refusals and findings of files in words, each with what to do about it."""

from collections.abc import Mapping, Sequence
from functools import singledispatch

from django.utils.formats import date_format
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from spoiwo.access.messages import CATEGORY_NAMES
from spoiwo.clients.queries import codes
from spoiwo.clients.types import RegisterKind
from spoiwo.exchange import errors
from spoiwo.exchange.messages.findings import FINDING_SENTENCES, finding_words, summary_words
from spoiwo.exchange.rules import sheet_columns
from spoiwo.exchange.rules.codes import COUNTRIES
from spoiwo.exchange.rules.contract import COLUMNS, names
from spoiwo.exchange.rules.sheet_columns import NO, YES
from spoiwo.exchange.types import Column, Content, FileProblem, RowProblem, SheetKind
from spoiwo.support import messages as support
from spoiwo.support.types import RecipientKind

__all__ = ["FINDING_SENTENCES", "finding_words", "summary_words"]

FILE_SENTENCES: Mapping[FileProblem, object] = {
    FileProblem.EMPTY: gettext_lazy("The file is empty. Export the register again and choose the new file."),
    FileProblem.NO_ROWS: gettext_lazy(
        "The file has headers but no rows. Export the register again with its rows."
    ),
    FileProblem.TOO_LARGE: gettext_lazy(
        "The file is larger than %(details)s MB. Divide it, or ask the administrator for a higher limit."
    ),
    FileProblem.NOT_A_TABLE: gettext_lazy(
        "This is neither a CSV file nor an XLSX workbook. Export the register in one of these formats."
    ),
    FileProblem.OLD_WORKBOOK: gettext_lazy(
        "This is an old XLS workbook, or one with a password. Save it as XLSX without a password, "
        "or as CSV UTF-8."
    ),
    FileProblem.UTF_16: gettext_lazy("The file is saved as UTF-16 (“Unicode text”). Save it as CSV UTF-8."),
    FileProblem.BROKEN_UTF_8: gettext_lazy(
        "The file is UTF-8 but damaged in line %(place)s. Export it again and do not change it in "
        "another program."
    ),
    FileProblem.OTHER_ENCODING: gettext_lazy(
        "The letters in line %(place)s are neither UTF-8 nor Windows-1250. Save the file as CSV UTF-8."
    ),
    FileProblem.ONE_COLUMN: gettext_lazy(
        "Only one column can be told apart. Part columns with a semicolon, a comma or a tab."
    ),
    FileProblem.LINE_TOO_LONG: gettext_lazy(
        "Line %(place)s is far too long for a row of a register. Check whether the export is "
        "complete and has line breaks."
    ),
    FileProblem.OPEN_QUOTE: gettext_lazy(
        "From line %(place)s on a quotation mark is opened and never closed, so rows cannot be "
        "told apart. Correct that line, or export again."
    ),
    FileProblem.TOO_MANY_COLUMNS: gettext_lazy(
        "The file has more than %(details)s columns. Export only the columns that are needed."
    ),
    FileProblem.BROKEN_WORKBOOK: gettext_lazy(
        "The workbook is damaged and cannot be opened. Export it anew from the program that keeps your register. If "
        "Excel or LibreOffice still opens it, save it there as CSV UTF-8 and upload that file."
    ),
    FileProblem.WORKBOOK_TOO_LARGE: gettext_lazy(
        "The workbook would unpack to far more than a register holds, so it is not opened. Save "
        "it again, or export as CSV UTF-8."
    ),
    FileProblem.MISSING_COLUMNS: gettext_lazy(
        "Columns are missing from the file: %(details)s. Export them too, or choose another column mapping."
    ),
    FileProblem.DAMAGED_STORE: gettext_lazy(
        "The stored copy of the file cannot be opened any more. Upload the file again."
    ),
    FileProblem.TOO_MANY_ROWS: gettext_lazy("The file has more than %(details)s rows. Divide it by years."),
    FileProblem.GAVE_UP: gettext_lazy(
        "Taking the file in broke off several times. Nothing of it was taken. Upload it again, "
        "and tell the administrator when it breaks off again."
    ),
}
# Problem, then what to do.
SHEET_NAMES: Mapping[SheetKind, object] = {
    SheetKind.SUPPORT: gettext_lazy("Support given in past years"),
    SheetKind.EVENTS: gettext_lazy("Trainings and other events of past years, with attendance"),
    SheetKind.KFS: gettext_lazy("Totals of the National Training Fund (KFS)"),
}


def code_names(content: Content) -> dict[str, str]:
    """Standard code -> name, in the order of the code list; countries keep their two letters."""
    match content:
        case Content.SEX:
            return {"K": _("Woman"), "M": _("Man")}
        case Content.STATUS:
            return codes.status_names()
        case Content.DOCUMENT_KIND:
            return codes.document_names()
        case Content.FACT_KIND:
            return codes.fact_kind_names()
        case Content.CATEGORY:
            return {code.value: str(name) for code, name in CATEGORY_NAMES.items()}
        case _:
            return {code: code for code in sorted(COUNTRIES, key=lambda code: (code != "PL", code))}


def sheet_code_names(content: Content, staff: Mapping[str, str]) -> dict[str, str]:
    """Code -> name of a coded column of a sheet. staff: id of the account -> name."""
    names: Mapping[Content, Mapping[str, object]] = {
        Content.STAFF: staff,
        Content.RECIPIENT: {
            RecipientKind.PERSON: _("a person"),
            RecipientKind.ENTITY: _("an entity"),
            RecipientKind.GROUP: _("a group"),
        },
        Content.DELIVERY: support.DELIVERY_NAMES,
        Content.EVENT: support.EVENT_NAMES,
        Content.MODE: support.MODE_NAMES,
        Content.LABOUR: support.LABOUR_NAMES,
        Content.YES_NO: {YES: _("yes"), NO: _("no")},
    }
    return {code: str(name) for code, name in names[content].items()}


def sheet_reasons(kind: SheetKind, findings: Sequence[Sequence[str]]) -> list[str]:
    """What is wrong with a row and what to do, a sentence for each finding (column, problem, detail)."""
    labels = {one.name: label_of(one) for one in sheet_columns.COLUMNS[kind]}
    said = []
    for name, problem, detail in findings:
        sentence, remedy = finding_words(problem, detail)
        said.append(" ".join([f"{labels[name]}:" if name else "", sentence, remedy]).strip())
    return said


def label_of(column: Column) -> str:
    """The column's name for people, in the language of the page."""
    return column.label_pl if (get_language() or "pl").startswith("pl") else column.label_en


def text_of(column: Column) -> str:
    """What the column holds, in the language of the page."""
    return column.polish if (get_language() or "pl").startswith("pl") else column.english


def column_label(kind: RegisterKind, name: str) -> str:
    """As label_of, by name; empty for the row as a whole."""
    found = next((column for column in COLUMNS[kind] if column.name == name), None)
    return label_of(found) if found else ""


# What is wrong with several rows at once, where the sentence for one row names its detail.
def is_warning(problem: str) -> bool:
    """Whether rows with this finding are taken all the same."""
    return problem not in set(RowProblem)


def file_words(problem: FileProblem, place: int, details: Sequence[str]) -> str:
    """Why a file cannot be used, and what to do."""
    known = {name for kind in COLUMNS for name in names(kind)}
    shown = [column_label(_kind_with(name), name) if name in known else f"„{name}”" for name in details]
    facts = {
        "place": place,
        "details": ", ".join(shown if problem is FileProblem.MISSING_COLUMNS else details),
    }
    return str(FILE_SENTENCES[problem]) % facts


@singledispatch
def message_for(error: errors.ExchangeError) -> str:
    """The refusal as a sentence; a refusal without one is a bug."""
    raise error


@message_for.register
def _unusable(error: errors.UnusableFile) -> str:
    return file_words(error.problem, error.place, error.details)


@message_for.register
def _under_way(_error: errors.ImportUnderWay) -> str:
    return _("Another file of this kind is being taken in. Finish or stop it first.")


@message_for.register
def _already(error: errors.AlreadyImported) -> str:
    return _("This very file is in force already (as of %(day)s). There is nothing new in it.") % {
        "day": date_format(error.as_of, "j E Y")
    }


@message_for.register
def _not_now(_error: errors.NotNow) -> str:
    return _("The import has moved on meanwhile. Look at where it stands now.")


@message_for.register
def _many_vanish(error: errors.ManyWouldVanish) -> str:
    return ngettext(
        "%(n)s row that is in force now is missing from this file. Confirm that the file is complete.",
        "%(n)s rows that are in force now are missing from this file. Confirm that the file is complete.",
        error.vanished,
    ) % {"n": error.vanished}


@message_for.register
def _most_vanish(error: errors.MostWouldVanish) -> str:
    return _(
        "More than half of what is in force is missing from this file. Type %(n)s to confirm that the file is"
        " complete, or stop the import and look at the file."
    ) % {"n": error.vanished}


@message_for.register
def _nothing_to_restore(_error: errors.NothingToRestore) -> str:
    return _("A newer file has been brought in meanwhile, or nothing was in force before this one.")


@message_for.register
def _nothing(_error: errors.NothingToTake) -> str:
    return _("Every row of the file was rejected, so there is nothing to take. Look at the findings below.")


@message_for.register
def _name_taken(_error: errors.MappingNameTaken) -> str:
    return _("There is a column mapping of this name. Choose another name.")


@message_for.register
def _incomplete(error: errors.MappingIncomplete) -> str:
    missing = ", ".join(column_label(_kind_with(name), name) for name in error.missing)
    return _("Choose a column for: %(missing)s. No row can be read without it.") % {"missing": missing}


@message_for.register
def _no_mapping(_error: errors.NoSuchMapping) -> str:
    return _("There is no column mapping of this name.")


@message_for.register
def _no_import(_error: errors.NoSuchImport) -> str:
    return _("There is no such import.")


def _kind_with(name: str) -> RegisterKind:
    return RegisterKind.REGISTER if name in names(RegisterKind.REGISTER) else RegisterKind.FACTS
