"""Refusals of the partnership in words."""

from functools import singledispatch

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from spoiwo.partnership import errors as e

_FILES = {
    "empty": gettext_lazy("The file is empty."),
    "too_large": gettext_lazy("The file is too large."),
    "kind": gettext_lazy("This kind of file cannot be kept here."),
}
_ROWS = {
    "unknown_code": gettext_lazy("no institution with this code is in the directory"),
    "day": gettext_lazy("the day cannot be read"),
    "columns": gettext_lazy("there must be two columns"),
}


@singledispatch
def message_for(error: e.PartnershipError) -> str:
    """The refusal as a sentence that says what to do; an error without a sentence is raised again."""
    raise error


@message_for.register
def _yours(error: e.NotYours) -> str:  # noqa: ARG001
    return _("You may read this, but somebody else decides about it.")


@message_for.register
def _state(error: e.WrongState) -> str:  # noqa: ARG001
    return _("It has moved on meanwhile. Look at it again before you decide.")


@message_for.register
def _code(error: e.CodeTaken) -> str:
    return _("“%(code)s” is taken already. Choose another one.") % {"code": error.code}


@message_for.register
def _ends(error: e.EndsBeforeStart) -> str:  # noqa: ARG001
    return _("The last day lies before the first day. Correct one of them.")


@message_for.register
def _chair(error: e.ChairTaken) -> str:  # noqa: ARG001
    return _("The body has a chair in that time already. End that seat first.")


@message_for.register
def _signatory(error: e.NotASignatory) -> str:
    return _("The institution is no signatory on %(day)s. Write its accession down first.") % {
        "day": date_format(error.day, "j E Y")
    }


@message_for.register
def _reason(error: e.ReasonMissing) -> str:  # noqa: ARG001
    return _("Say why, or choose who.")


@message_for.register
def _evidence(error: e.EvidenceMissing) -> str:  # noqa: ARG001
    return _("Nothing shows yet that it was done. Add evidence first.")


@message_for.register
def _letter(error: e.LetterMissing) -> str:  # noqa: ARG001
    return _("This action is a letter, and no letter was sent yet. Send it first.")


@message_for.register
def _own(error: e.OwnWork) -> str:  # noqa: ARG001
    return _("Somebody who does not work where it was done has to verify it.")


@message_for.register
def _quorum(error: e.NoQuorum) -> str:
    return _("There was no quorum: %(present)s members with a vote, %(needed)s are needed.") % {
        "present": error.present,
        "needed": error.needed,
    }


@message_for.register
def _carried(error: e.NotCarried) -> str:  # noqa: ARG001
    return _("The vote did not carry it: there are no more votes for it than against.")


@message_for.register
def _held(error: e.NotHeldYet) -> str:  # noqa: ARG001
    return _("Only a meeting that took place adopts conclusions. Enter it as held first.")


@message_for.register
def _window(error: e.WindowClosed) -> str:  # noqa: ARG001
    return _("The time for amendments is over.")


@message_for.register
def _amendments(error: e.AmendmentsOpen) -> str:
    return ngettext(
        "%(n)s amendment waits for a decision.", "%(n)s amendments wait for a decision.", error.count
    ) % {"n": error.count}


@message_for.register
def _text(error: e.TextMissing) -> str:  # noqa: ARG001
    return _("There is no text yet. Write it first.")


@message_for.register
def _targets(error: e.NoTargets) -> str:  # noqa: ARG001
    return _("There is no signatory it could be sent to.")


@message_for.register
def _file(error: e.FileRefused) -> str:
    return str(_FILES[error.reason])


@message_for.register
def _link(error: e.LinkSpent) -> str:  # noqa: ARG001
    return _("This link no longer works. The meeting may be over, or a newer invitation was sent.")


@message_for.register
def _rows(error: e.RowsRefused) -> str:
    lines = [
        _("row %(row)s: %(reason)s") % {"row": row, "reason": _ROWS[reason]}
        for row, reason in error.rows[:20]
    ]
    return _("Nothing was taken in: %(rows)s.") % {"rows": "; ".join(lines)}


@message_for.register
def _few_reviews(error: e.TooFewReviews) -> str:
    return ngettext(
        "%(given)s of %(n)s institution without a stake has judged it. Wait for more.",
        "%(given)s of %(n)s institutions without a stake have judged it. Wait for more.",
        error.needed,
    ) % {"given": error.given, "n": error.needed}


@message_for.register
def _own_idea(error: e.OwnIdea) -> str:  # noqa: ARG001
    return _("The idea is your institution's own. Declare the stake; then it gives no marks.")


@message_for.register
def _client_data(error: e.LooksLikeClientData) -> str:  # noqa: ARG001
    return _(
        "Something in it looks like a PESEL number. Clients' data have no place here: take them out and use an"
        " enquiry or a plan instead."
    )


@message_for.register
def _no_party(error: e.NotAParty) -> str:  # noqa: ARG001
    return _("Choose institutions that are signatories of this agreement.")
