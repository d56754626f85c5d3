"""Refusals and codes of access in words."""

from collections.abc import Mapping, Sequence
from functools import singledispatch

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from spoiwo.access.errors import (
    AccessError,
    AgreementIncomplete,
    AgreementNumberTaken,
    AlreadySigned,
    ClauseOutsideParties,
    DocumentMissing,
    DocumentRefused,
    DraftAlreadyOpen,
    EndCannotMoveOut,
    EndsBeforeStart,
    NotADraft,
    NotInForce,
    NotOverYet,
    NotYoursToChange,
    OwnEmergency,
    OwnInstitutionMissing,
    PurposeNotAllowed,
    ReasonTooShort,
    ReviewedAlready,
    TooLong,
    TooManyEmergencies,
)
from spoiwo.access.models import CATEGORY_CHOICES
from spoiwo.access.types import LinkRule, Standing

CATEGORY_NAMES = dict(CATEGORY_CHOICES)
STANDING_NAMES = {
    Standing.DRAFT: gettext_lazy("Draft"),
    Standing.COMING: gettext_lazy("Signed, not begun"),
    Standing.IN_FORCE: gettext_lazy("In force"),
    Standing.LAST_DAY: gettext_lazy("In force until today"),
    Standing.OVER: gettext_lazy("Over"),
}
STANDING_TONES = {
    Standing.DRAFT: "soon",
    Standing.COMING: "new",
    Standing.IN_FORCE: "ok",
    Standing.LAST_DAY: "soon",
    Standing.OVER: "",
}
LINK_RULE_SENTENCES = {
    LinkRule.PESEL_ONE_FIELD: gettext_lazy(
        "The same valid PESEL number and at least one more agreeing field: first name, last name or date of birth."
    ),
    LinkRule.PESEL_SLIP: gettext_lazy(
        "PESEL numbers that differ by one slip, one of them mistaken, and agreeing names and date of birth."
    ),
    LinkRule.DOCUMENT: gettext_lazy(
        "No PESEL number on one side, the same identity document, and agreeing names or date of birth."
    ),
    LinkRule.NAMES_BIRTH_DATE: gettext_lazy(
        "No PESEL number on one side, agreeing first name, last name and date of birth, and nothing that many people"
        " share."
    ),
    LinkRule.SURNAME_CHANGED: gettext_lazy(
        "Another last name, and the first name, the date of birth and the address or phone number agree."
    ),
}
FIELD_NAMES = {
    "number": gettext_lazy("Number"),
    "title": gettext_lazy("Title"),
    "valid_from": gettext_lazy("First day"),
    "valid_to": gettext_lazy("Last day"),
    "stale_after_days": gettext_lazy("After how many days data count as old"),
    "link_rules": gettext_lazy("Linking without asking"),
    "one_side_links": gettext_lazy("One institution's answer is enough for a link"),
    "parties": gettext_lazy("Parties"),
    "clauses": gettext_lazy("Who gives what to whom"),
    "purposes": gettext_lazy("Purposes and legal bases"),
}
MISSING_SENTENCES = {
    "parties": gettext_lazy("choose at least two parties"),
    "clauses": gettext_lazy("say who gives which data to whom"),
    "purposes": gettext_lazy("choose at least one purpose with its legal basis"),
}
DOCUMENT_SENTENCES = {
    "empty": gettext_lazy("The file is empty. Choose the scan of the signed agreement."),
    "too_large": gettext_lazy("The file is too large. Save the scan in a lower resolution."),
    "not_pdf": gettext_lazy("This is not a PDF file. Save the scan as PDF."),
}


def party(pk: int, names: Mapping[int, str]) -> str:
    """Short name of a party; 0 is every party."""
    return names.get(pk, str(pk)) if pk else _("every party")


def incomplete(missing: Sequence[str]) -> str:
    """What has to be done before an agreement can be signed. missing: codes of rules.missing_terms."""
    steps = "; ".join(str(MISSING_SENTENCES[code]) for code in missing)
    return _("The agreement is not complete: %(steps)s.") % {"steps": steps}


@singledispatch
def message_for(error: AccessError) -> str:
    """The refusal as a sentence that says what to do; an error without a sentence is raised again."""
    raise error


@message_for.register
def _purpose_not_allowed(error: PurposeNotAllowed) -> str:  # noqa: ARG001
    return _("No agreement in force allows this purpose. Choose another one.")


@message_for.register
def _not_yours(error: NotYoursToChange) -> str:  # noqa: ARG001
    return _("Only a director of one of the parties may do this.")


@message_for.register
def _not_a_draft(error: NotADraft) -> str:  # noqa: ARG001
    return _("The agreement was changed or signed meanwhile. Read it again before you decide.")


@message_for.register
def _not_in_force(error: NotInForce) -> str:  # noqa: ARG001
    return _("The agreement is not in force.")


@message_for.register
def _number_taken(error: AgreementNumberTaken) -> str:
    return _("Another agreement has the number %(number)s. Enter a different number.") % {
        "number": error.number
    }


@message_for.register
def _draft_open(error: DraftAlreadyOpen) -> str:  # noqa: ARG001
    return _("A draft of the next version exists already. Change that one.")


@message_for.register
def _incomplete(error: AgreementIncomplete) -> str:
    return incomplete(error.missing)


@message_for.register
def _own_missing(error: OwnInstitutionMissing) -> str:  # noqa: ARG001
    return _("Your own institution must be one of the parties.")


@message_for.register
def _outside(error: ClauseOutsideParties) -> str:  # noqa: ARG001
    return _(
        "The table of data names an institution that is not a party. Remove its ticks or add it as a party."
    )


@message_for.register
def _ends_early(error: EndsBeforeStart) -> str:  # noqa: ARG001
    return _("The last day lies before the first day. Correct one of them.")


@message_for.register
def _end_later(error: EndCannotMoveOut) -> str:
    return _("The agreement lasts until %(day)s. To make it last longer, draft a new version.") % {
        "day": date_format(error.valid_to, "j E Y")
    }


@message_for.register
def _signed(error: AlreadySigned) -> str:  # noqa: ARG001
    return _("Your institution has signed this version already.")


@message_for.register
def _document(error: DocumentRefused) -> str:
    return str(DOCUMENT_SENTENCES[error.reason])


@message_for.register
def _document_missing(error: DocumentMissing) -> str:  # noqa: ARG001
    return _("Add the document that the parties signed first.")


@message_for.register
def _reason_too_short(error: ReasonTooShort) -> str:
    return ngettext(
        "Explain it in at least %(n)d character.", "Explain it in at least %(n)d characters.", error.least
    ) % {"n": error.least}


@message_for.register
def _too_long(error: TooLong) -> str:
    return ngettext(
        "Emergency access lasts %(n)d minute at the most.",
        "Emergency access lasts %(n)d minutes at the most.",
        error.most,
    ) % {"n": error.most}


@message_for.register
def _too_many(error: TooManyEmergencies) -> str:
    return ngettext(
        "Emergency access can be asked for %(n)d time a day. Turn to your supervisor.",
        "Emergency access can be asked for %(n)d times a day. Turn to your supervisor.",
        error.most,
    ) % {"n": error.most}


@message_for.register
def _own_emergency(error: OwnEmergency) -> str:  # noqa: ARG001
    return _("Nobody reviews their own emergency access. Somebody else has to do it.")


@message_for.register
def _reviewed_already(error: ReviewedAlready) -> str:  # noqa: ARG001
    return _("Somebody has reviewed this emergency access already.")


@message_for.register
def _not_over_yet(error: NotOverYet) -> str:  # noqa: ARG001
    return _("This emergency access still goes on. It is reviewed when it is over.")
