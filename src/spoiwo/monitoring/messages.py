"""Refusals and formulas in words."""

from collections.abc import Mapping
from functools import singledispatch

from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from spoiwo.kernel.expressions.nodes import (
    Calculation,
    Institutions,
    Negation,
    Node,
    Number,
    Operand,
    Reference,
    Window,
)
from spoiwo.monitoring.errors import (
    BoardFull,
    BoundariesUnreadable,
    CardRefused,
    CodeTaken,
    DraftOpen,
    EditionNotFound,
    FiguresUnusable,
    MeasureInUse,
    MeasuresUnknown,
    MeasureTaken,
    MonitoringError,
    NothingFed,
    NothingNew,
    NotYetOrNoLonger,
    OwnWork,
    PairUnreadable,
    SnapshotGone,
    UnitsDoNotFit,
)
from spoiwo.monitoring.models import Measure
from spoiwo.monitoring.models.choices import dimension_name
from spoiwo.monitoring.types import RefusedRow

_REASONS = {
    "needs_denominator": gettext_lazy("This kind of card needs something to divide by."),
    "no_denominator": gettext_lazy("A plain number is not divided by anything. Choose another kind."),
    "dimension": gettext_lazy("No observation has been broken down that way yet."),
    "entangled": gettext_lazy(
        "There are too many figures to make sure that none gives another away. Break them down less."
    ),
    "finer_than_grain": gettext_lazy(
        "A formula moves by a part of the period of the card. Choose a shorter period."
    ),
    "needs_frame": gettext_lazy(
        "The formula counts institutions that were asked, and none has been yet. Take an edition of a survey in."
    ),
    "formula_function": gettext_lazy("A formula names a function that does not exist."),
    "formula_syntax": gettext_lazy("A formula is not complete. Check brackets and signs."),
}
_UNITS = {
    "person": gettext_lazy("people"),
    "post": gettext_lazy("full-time posts"),
    "entity": gettext_lazy("entities"),
    "event": gettext_lazy("events"),
    "hour": gettext_lazy("hours"),
    "pln": gettext_lazy("zlotys"),
    "1": gettext_lazy("plain numbers"),
}
_FILES = {
    "unreadable": gettext_lazy("This is neither a CSV nor an XLSX file. Choose another one."),
    "empty": gettext_lazy("There are no figures in the file."),
    "too_many": gettext_lazy("The file has more than %(detail)s rows. Bring it in part by part."),
    "unknown_columns": gettext_lazy("No measure is broken down by these columns: %(detail)s. Take them out."),
    "column_twice": gettext_lazy("These columns stand there twice: %(detail)s."),
    "missing_columns": gettext_lazy("These columns are missing: %(detail)s."),
}
_ROWS = {
    "measure": gettext_lazy("The catalogue has no measure with this code."),
    "retired": gettext_lazy("This measure is retired: nothing new is reported of it."),
    "dimension": gettext_lazy("This measure is not broken down that way. Leave the cell empty."),
    "unit": gettext_lazy("Say in at most 80 characters who reports."),
    "territory": gettext_lazy(
        "This is not a TERYT code of 2, 4 or 7 digits. Spreadsheets drop zeros at the beginning: make the column text."
    ),
    "place": gettext_lazy("The register of territories has never had such a place."),
    "period": gettext_lazy("Write a year, a quarter or a month: 2025, 2025-Q3, 2025-07."),
    "status": gettext_lazy("A status is ok, missing, zero_reported or na, or the cell is empty."),
    "confidential": gettext_lazy("Write yes or no, or leave the cell empty."),
    "value": gettext_lazy(
        "This is neither a number nor a sign (. - x #), or its status says something else."
    ),
    "twice": gettext_lazy("The same unit, period and division stands further up already."),
    "others": gettext_lazy("Another institution has reported this. Only it can correct it."),
}
_SIGNS = {
    "+": gettext_lazy("%(left)s plus %(right)s"),
    "-": gettext_lazy("%(left)s minus %(right)s"),
    "*": gettext_lazy("%(left)s times %(right)s"),
    "/": gettext_lazy("%(left)s divided by %(right)s"),
}


@singledispatch
def message_for(error: MonitoringError) -> str:
    """The refusal as a sentence that says what to do; an error without a sentence is raised again."""
    raise error


@message_for.register
def _refused(error: CardRefused) -> str:
    known = _REASONS.get(error.reason)
    return (
        str(known)
        if known
        else _("The formula cannot be used. Check this part: %(part)s") % {"part": error.detail}
    )


@message_for.register
def _taken(error: CodeTaken) -> str:  # noqa: ARG001
    return _("Another card has this code. Choose another one.")


@message_for.register
def _unknown(error: MeasuresUnknown) -> str:
    return _("The catalogue has no such measure: %(codes)s.") % {"codes": ", ".join(error.codes)}


@message_for.register
def _units(error: UnitsDoNotFit) -> str:
    return _(
        "%(left)s counts %(left_unit)s and %(right)s counts %(right_unit)s; they cannot be added up. Divide one by the "
        "other, or choose measures of one unit."
    ) % {
        "left": error.left,
        "left_unit": unit_in_words(error.left_unit),
        "right": error.right,
        "right_unit": unit_in_words(error.right_unit),
    }


@message_for.register
def _state(error: NotYetOrNoLonger) -> str:  # noqa: ARG001
    return _("Somebody has taken this version a step further. Look at it again.")


@message_for.register
def _own(error: OwnWork) -> str:  # noqa: ARG001
    return _("You have drafted this version. Another person has to approve it.")


@message_for.register
def _open(error: DraftOpen) -> str:  # noqa: ARG001
    return _("There is a version already that waits to be approved. Finish that one first.")


@message_for.register
def _nothing_new(error: NothingNew) -> str:  # noqa: ARG001
    return _("Nothing has changed since the last publication.")


@message_for.register
def _edition(error: EditionNotFound) -> str:  # noqa: ARG001
    return _("This edition is not closed yet. Close it first.")


@message_for.register
def _nothing_fed(error: NothingFed) -> str:  # noqa: ARG001
    return _("No question of this questionnaire feeds a measure yet. Say first which one does.")


@message_for.register
def _full(error: BoardFull) -> str:
    return _("A dashboard holds %(n)s pictures at most. Begin another one.") % {"n": error.most}


@message_for.register
def _pair(error: PairUnreadable) -> str:
    return _("Write each period with a colon, for example 2026: 42,5. This cannot be read: %(part)s.") % {
        "part": error.part
    }


@message_for.register
def _boundaries(error: BoundariesUnreadable) -> str:
    if error.reason == "empty":
        return _("No shape in the file has a TERYT code of 2, 4 or 7 digits.")
    return _("This is not a GeoJSON or TopoJSON file. Choose another one.")


@message_for.register
def _gone(error: SnapshotGone) -> str:
    return _("The data behind this publication are not complete any more: %(file)s.") % {"file": error.file}


@message_for.register
def _measure_taken(error: MeasureTaken) -> str:  # noqa: ARG001
    return _("Another measure has this code. Choose another one.")


@message_for.register
def _measure_in_use(error: MeasureInUse) -> str:
    if error.cards:
        return _(
            "These cards count the measure: %(cards)s. Retire them first, or have them count another one."
        ) % {"cards": ", ".join(error.cards)}
    return ngettext(
        "%(n)s question of a survey feeds the measure. Stop it from feeding the measure first.",
        "%(n)s questions of surveys feed the measure. Stop them from feeding the measure first.",
        error.questions,
    ) % {"n": error.questions}


@message_for.register
def _figures(error: FiguresUnusable) -> str:
    return str(_FILES[error.reason]) % {"detail": error.detail}


def measure_name(one: Measure) -> str:
    """The name of a measure in the reader's language."""
    return one.name_en if get_language() == "en" else one.name_pl


def row_sentence(row: RefusedRow) -> str:
    """Why a row of a file of figures cannot be taken, and what to do."""
    return str(_ROWS[row.fault])


def unit_in_words(unit: str) -> str:
    """A unit in the genitive plural; a compound one as it is written."""
    known = _UNITS.get(unit)
    return str(known) if known else unit


def in_words(node: Node, names: Mapping[str, str]) -> str:
    """The formula as a phrase; names: of the measures by code."""
    if isinstance(node, Number):
        return f"{node.value:g}".replace(".", ",")
    if isinstance(node, Reference):
        return _operand(node.operand, names)
    if isinstance(node, Negation):
        return _("minus %(part)s") % {"part": in_words(node.of, names)}
    if isinstance(node, Calculation):
        return str(_SIGNS[node.sign]) % {
            "left": in_words(node.left, names),
            "right": in_words(node.right, names),
        }
    if isinstance(node, Institutions):
        return _("number of institutions") + _filters(node.filters)
    return _("response rate")


def _operand(operand: Operand, names: Mapping[str, str]) -> str:
    text = _("“%(name)s”") % {"name": names.get(operand.measure, operand.measure)} + _filters(operand.filters)
    if operand.window is Window.ROLLING:
        text = _("%(part)s in the last %(months)s months") % {"part": text, "months": operand.window_months}
    elif operand.window is not None:
        text = _("%(part)s since the beginning") % {"part": text}
    if operand.lag > 0:
        return _("%(part)s, %(months)s months earlier") % {"part": text, "months": operand.lag}
    if operand.lag < 0:
        return _("%(part)s, %(months)s months later") % {"part": text, "months": -operand.lag}
    return _("%(part)s, an earlier edition") % {"part": text} if operand.editions else text


def _filters(filters: tuple[tuple[str, str], ...]) -> str:
    if not filters:
        return ""
    told = ", ".join(f"{dimension_name(name)}: {value}" for name, value in filters)
    return _(" (only %(cells)s)") % {"cells": told}
