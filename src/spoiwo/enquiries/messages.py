"""Refusals and codes in words."""

from functools import singledispatch
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from spoiwo.enquiries import errors, models
from spoiwo.enquiries.errors import EnquiriesError
from spoiwo.enquiries.rules.bulk import MOST_ROWS, RowFault

Names = dict[str, Any]
STATE_NAMES: Names = dict(models.STATE_CHOICES)
REFUSAL_NAMES: Names = dict(models.REFUSAL_CHOICES)
PAPER_KIND_NAMES: Names = dict(models.PAPER_KIND_CHOICES)
PAPER_STATE_NAMES: Names = dict(models.PAPER_STATE_CHOICES)
QUESTION_NAMES: Names = dict(models.QUESTION_CHOICES)
VERDICT_NAMES: Names = dict(models.VERDICT_CHOICES)
PROOF_TONES = {"current": "ok", "trusted": "ok", "correct": "soon", "named": "soon", "unlisted": "late"}
TONES = {
    "draft": "soon",
    "sent": "new",
    "answered": "ok",
    "refused": "late",
    "no_data": "",
    "expired": "late",
    "valid": "ok",
    "unsigned": "soon",
    "withdrawn": "late",
    "yes": "ok",
    "no": "late",
    "nobody": "",
    "unknown": "soon",
}
ROW_FAULTS: Names = {
    RowFault.PESEL: gettext_lazy("the PESEL number is wrong"),
    RowFault.NOBODY: gettext_lazy("needs a PESEL and a last name, or both names and the date of birth"),
    RowFault.DATE: gettext_lazy("the date of birth is not a date"),
    RowFault.TOO_LONG: gettext_lazy("a cell is too long"),
    RowFault.TWICE: gettext_lazy("the same person stands above already"),
    RowFault.CHARACTERS: gettext_lazy("has characters that cannot be shown"),
}


@singledispatch
def message_for(error: EnquiriesError) -> str:
    """A sentence for a refusal; a refusal without one is a bug and is raised."""
    raise error


_SENTENCES: tuple[tuple[type[EnquiriesError], Any], ...] = (
    (errors.NoSuchThing, gettext_lazy("There is no such thing any more.")),
    (
        errors.NotCovered,
        gettext_lazy(
            "No agreement in force lets you ask this institution this question for this purpose."
            " Send an enquiry instead."
        ),
    ),
    (
        errors.TooManyVerifications,
        gettext_lazy(
            "Too many questions in a short time. Try again in an hour, or send a list of enquiries."
        ),
    ),
    (
        errors.NobodyNamed,
        gettext_lazy("Enter the PESEL and the last name, or both names and the date of birth."),
    ),
    (errors.NotPeselNumber, gettext_lazy("This PESEL number is wrong. Check the digits.")),
    (errors.NothingAsked, gettext_lazy("Choose what you want to know.")),
    (
        errors.AddressMissing,
        gettext_lazy("Enter the address to compare: at least the place and the house number."),
    ),
    (errors.AsksItself, gettext_lazy("Your own institution is not asked. Look into your register.")),
    (errors.BasisNotInForce, gettext_lazy("This legal basis is not in force today. Choose another one.")),
    (errors.TermOutOfBounds, gettext_lazy("A term is a day at least, and a year at most.")),
    (
        errors.ItemsNeedBasis,
        gettext_lazy("Sensitive data are asked for one by one, on a legal basis of their own."),
    ),
    (errors.NothingToGive, gettext_lazy("There is nothing in it yet. Choose at least one thing.")),
    (
        errors.DataChanged,
        gettext_lazy("Your register has changed since this page was opened. Look at the answer again."),
    ),
    (errors.ReasonMissing, gettext_lazy("Say why.")),
    (errors.NotSignedFile, gettext_lazy("No signature was found in this file (PAdES, XAdES or CAdES).")),
    (
        errors.SignatureOfSomethingElse,
        gettext_lazy("The signature covers something else than the document prepared here."),
    ),
    (
        errors.BrokenSignature,
        gettext_lazy(
            "The signature is wrong: the file was changed after signing, or somebody else signed it."
        ),
    ),
    (
        errors.RevokedCertificate,
        gettext_lazy("The certificate of this signature was revoked by its issuer. Sign with a valid one."),
    ),
    (
        errors.NotCommonClient,
        gettext_lazy("This institution does not share data about the person with yours today."),
    ),
    (errors.EmptyMessage, gettext_lazy("Write something first.")),
)
for _kind, _sentence in _SENTENCES:
    message_for.register(_kind)(lambda _error, said=_sentence: str(said))


@message_for.register
def _settled(error: errors.AlreadySettled) -> str:
    state = STATE_NAMES.get(error.state) or PAPER_STATE_NAMES.get(error.state, error.state)
    return _("Somebody was faster: it stands as “%(state)s” now.") % {"state": state}


def too_many_rows() -> str:
    """More rows than a list may have."""
    return _("Only the first %(n)s rows were read. Send the rest as another list.") % {"n": MOST_ROWS}
