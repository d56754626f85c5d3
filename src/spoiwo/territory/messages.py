"""Refusals of territory in words, each with what to do about it."""

from functools import singledispatch

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from spoiwo.territory.errors import (
    BadTercField,
    EmptyTerc,
    FieldFault,
    FileFault,
    IncompleteTercRow,
    MissingTercColumns,
    NoSuchCommune,
    OlderThanRegister,
    RepeatedTercUnit,
    StateBeforeFile,
    SuccessorChanged,
    TercCutOff,
    TercUnitWithoutParent,
    TerritoryError,
    UnitGoneTheDayItCame,
    UnreadableTerc,
)

FILE_SENTENCES = {
    FileFault.ENCODING: gettext_lazy(
        "The file is not UTF-8 text after line %(line)s. "
        "Download it again and do not save it in another program."
    ),
    FileFault.ARCHIVE: gettext_lazy(
        "This is a ZIP archive. Unpack it and choose the CSV or XML file inside."
    ),
    FileFault.CSV: gettext_lazy(
        "Line %(line)s cannot be read as CSV. Download the file again and do not save it in another program."
    ),
    FileFault.XML: gettext_lazy(
        "The XML breaks off or is damaged in line %(line)s. Download the file again."
    ),
    FileFault.XML_DECLARATIONS: gettext_lazy(
        "The XML contains declarations that TERC files never have. Download the file from eteryt.stat.gov.pl."
    ),
    FileFault.OTHER_CATALOGUE: gettext_lazy(
        "This is another catalogue of the TERYT register. Choose the file named TERC."
    ),
}
FIELD_SENTENCES = {
    FieldFault.TWO_DIGITS: gettext_lazy(
        "Line %(line)s, %(column)s: “%(value)s” is not a number of two digits. "
        "Spreadsheet programs drop leading zeros: use the file as it was downloaded."
    ),
    FieldFault.UNIT_ABOVE_MISSING: gettext_lazy(
        "Line %(line)s: %(column)s is empty although columns after it are filled. Download the file again."
    ),
    FieldFault.KIND: gettext_lazy(
        "Line %(line)s, %(column)s: “%(value)s” is not a kind of commune. "
        "Communes have 1, 2, 3, 4, 5, 8 or 9 there; voivodeships and counties leave it empty."
    ),
    FieldFault.NAME_MISSING: gettext_lazy(
        "Line %(line)s: the name of the unit is missing. Download the file again."
    ),
    FieldFault.NAME_TOO_LONG: gettext_lazy(
        "Line %(line)s: the name is longer than 100 characters. Download the file again."
    ),
    FieldFault.NAME_CHARACTERS: gettext_lazy(
        "Line %(line)s: the name has characters that cannot be shown. Download the file again."
    ),
    FieldFault.DATE: gettext_lazy(
        "Line %(line)s, %(column)s: “%(value)s” is not a date such as 2026-01-01. Download the file again."
    ),
}


@singledispatch
def message_for(error: TerritoryError) -> str:
    """The sentence for a refusal, in the language in force, ending with the remedy."""
    raise error  # a rule without a sentence is a bug, not a blank page


@message_for.register
def _unreadable(error: UnreadableTerc) -> str:
    return str(FILE_SENTENCES[error.fault]) % {"line": error.line}


@message_for.register
def _missing_columns(error: MissingTercColumns) -> str:
    return ngettext(
        "The column %(columns)s is missing. Choose the TERC file with semicolons between columns.",
        "The columns %(columns)s are missing. Choose the TERC file with semicolons between columns.",
        len(error.columns),
    ) % {"columns": ", ".join(error.columns)}


@message_for.register
def _empty(_error: EmptyTerc) -> str:
    return _("There are no units in the file. Download it again.")


@message_for.register
def _incomplete_row(error: IncompleteTercRow) -> str:
    return _(
        "Line %(line)s has %(found)s of %(expected)s fields. Download the file again, the line is cut off."
    ) % {"line": error.line, "found": error.found, "expected": error.expected}


@message_for.register
def _bad_field(error: BadTercField) -> str:
    return str(FIELD_SENTENCES[error.fault]) % {
        "line": error.line,
        "column": error.column,
        "value": error.value,
    }


@message_for.register
def _repeated(error: RepeatedTercUnit) -> str:
    return _(
        "The unit %(code)s stands in lines %(first)s and %(line)s. "
        "Remove one of them or download the file again."
    ) % {"code": error.code, "first": error.first_line, "line": error.line}


@message_for.register
def _without_parent(error: TercUnitWithoutParent) -> str:
    return _(
        "Line %(line)s: the unit %(code)s lies in %(parent)s, which is not in the file. "
        "Use the complete TERC file."
    ) % {"line": error.line, "code": error.code, "parent": error.parent}


@message_for.register
def _cut_off(error: TercCutOff) -> str:
    return ngettext(
        "The file leaves out the %(known)s unit below %(code)s %(name)s. Use the complete TERC file.",
        "The file leaves out all %(known)s units below %(code)s %(name)s. Use the complete TERC file.",
        error.known,
    ) % {"known": error.known, "code": error.code, "name": error.name}


@message_for.register
def _before_file(error: StateBeforeFile) -> str:
    return _(
        "The file describes the state of %(stated_on)s, so it cannot hold from %(as_of)s. "
        "Give that day or a later one."
    ) % {"stated_on": date_format(error.stated_on, "j E Y"), "as_of": date_format(error.as_of, "j E Y")}


@message_for.register
def _older(error: OlderThanRegister) -> str:
    return _(
        "The register already holds the state of %(newest)s; the file is from %(as_of)s. "
        "Use a newer TERC file."
    ) % {"newest": date_format(error.newest, "j E Y"), "as_of": date_format(error.as_of, "j E Y")}


@message_for.register
def _gone(error: UnitGoneTheDayItCame) -> str:
    return _(
        "The unit %(code)s %(name)s is valid from %(as_of)s and this file of the same day leaves it out. "
        "Check which file is right, or give a later day."
    ) % {"code": error.code, "name": error.name, "as_of": date_format(error.as_of, "j E Y")}


@message_for.register
def _no_such_commune(error: NoSuchCommune) -> str:
    return _("The register has no such commune: %(code)s. Choose one from the list.") % {"code": error.code}


@message_for.register
def _successor_changed(error: SuccessorChanged) -> str:
    return _("Somebody has named another successor of %(code)s meanwhile. Look at the list again.") % {
        "code": error.code
    }
