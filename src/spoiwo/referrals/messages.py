"""Refusals and codes of referrals in words."""

from functools import singledispatch
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from spoiwo.catalogue.errors import CatalogueError
from spoiwo.catalogue.messages import message_for as catalogue_message
from spoiwo.kernel.errors import DomainError
from spoiwo.referrals import errors, models
from spoiwo.referrals.types import PacketField, State, Step

Names = dict[str, Any]
STATE_NAMES: Names = dict(models.STATE_CHOICES)
OUTCOME_NAMES: Names = dict(models.OUTCOME_CHOICES)
BASIS_NAMES: Names = dict(models.BASIS_CHOICES)
STATE_TONES = {
    State.SENT: "new",
    State.RECEIVED: "new",
    State.NEEDS_INFO: "soon",
    State.WAITLISTED: "soon",
    State.ACCEPTED: "ok",
    State.STARTED: "ok",
    State.COMPLETED: "ok",
    State.DISCONTINUED: "late",
    State.NO_SHOW: "late",
    State.REJECTED: "late",
    State.WITHDRAWN: "",
    State.EXPIRED: "",
}
STEP_NAMES: Names = {
    Step.SEND: pgettext_lazy("step of a referral", "Sent"),
    Step.RECEIVE: pgettext_lazy("step of a referral", "Confirm the receipt"),
    Step.ASK: pgettext_lazy("step of a referral", "Ask for more information"),
    Step.ANSWER: pgettext_lazy("step of a referral", "Answer"),
    Step.WAITLIST: pgettext_lazy("step of a referral", "Put on the waiting list"),
    Step.ACCEPT: pgettext_lazy("step of a referral", "Accept"),
    Step.REJECT: pgettext_lazy("step of a referral", "Reject"),
    Step.START: pgettext_lazy("step of a referral", "Start"),
    Step.COMPLETE: pgettext_lazy("step of a referral", "Complete"),
    Step.DISCONTINUE: pgettext_lazy("step of a referral", "Break off"),
    Step.NO_SHOW: pgettext_lazy("step of a referral", "The person did not come"),
    Step.WITHDRAW: pgettext_lazy("step of a referral", "Withdraw"),
    Step.EXPIRE: pgettext_lazy("step of a referral", "Expired"),
    Step.ACKNOWLEDGE: pgettext_lazy("step of a referral", "Acknowledge the outcome"),
    Step.ESCALATE: pgettext_lazy("step of a referral", "Reminded of the deadline"),
}
STEP_DONE: Names = {
    Step.SEND: pgettext_lazy("course of a referral", "Sent"),
    Step.RECEIVE: pgettext_lazy("course of a referral", "Received"),
    Step.ASK: pgettext_lazy("course of a referral", "Asked for more information"),
    Step.ANSWER: pgettext_lazy("course of a referral", "Answered"),
    Step.WAITLIST: pgettext_lazy("course of a referral", "Put on the waiting list"),
    Step.ACCEPT: pgettext_lazy("course of a referral", "Accepted"),
    Step.REJECT: pgettext_lazy("course of a referral", "Rejected"),
    Step.START: pgettext_lazy("course of a referral", "Started"),
    Step.COMPLETE: pgettext_lazy("course of a referral", "Completed"),
    Step.DISCONTINUE: pgettext_lazy("course of a referral", "Broken off"),
    Step.NO_SHOW: pgettext_lazy("course of a referral", "The person did not come"),
    Step.WITHDRAW: pgettext_lazy("course of a referral", "Withdrawn"),
    Step.EXPIRE: pgettext_lazy("course of a referral", "Expired without an answer"),
    Step.ACKNOWLEDGE: pgettext_lazy("course of a referral", "Outcome acknowledged"),
    Step.ESCALATE: pgettext_lazy("course of a referral", "Reminded of the deadline"),
}
FIELD_NAMES: Names = {
    PacketField.BIRTH_DATE: gettext_lazy("Date of birth"),
    PacketField.PESEL: "PESEL",
    PacketField.PHONE: gettext_lazy("Telephone"),
    PacketField.EMAIL: gettext_lazy("E-mail"),
    PacketField.ADDRESS: gettext_lazy("Address"),
    PacketField.STATUS: gettext_lazy("Status at the sender"),
    PacketField.SITUATION: gettext_lazy("Situation of the person"),
    PacketField.SUPPORT_SO_FAR: gettext_lazy("Support given so far"),
    PacketField.SPECIAL_NEEDS: gettext_lazy("Health and special needs"),
}
ANSWER_NAMES: Names = {
    "yes": pgettext_lazy("answer to a check", "Yes"),
    "no": pgettext_lazy("answer to a check", "No"),
    "unknown": pgettext_lazy("answer to a check", "Not known"),
}
_PROBLEMS: Names = {
    "state": gettext_lazy("unknown state in the column stan"),
    "outcome": gettext_lazy("the code in the column wynik does not fit the state"),
    "outcome_without_end": gettext_lazy("an outcome or a last day of a referral that has not ended"),
    "ended_before_sent": gettext_lazy("ended before it was sent"),
    "client": gettext_lazy("no such number in your register"),
    "place": gettext_lazy("no such place in the catalogue: give the institution's code and the place's name"),
    "own_place": gettext_lazy("a place of your own institution"),
    "number_twice": gettext_lazy("the number stands in the file twice"),
    "open_already": gettext_lazy("an open referral of this person to this place is there already"),
    "no_free_place": gettext_lazy("no free place for somebody who was accepted"),
}
_FILE_PROBLEMS: Names = {
    "empty": gettext_lazy("The file is empty."),
    "encoding": gettext_lazy("The file is neither UTF-8 nor Windows-1250 text."),
    "broken": gettext_lazy("The file breaks off inside a quoted cell."),
    "workbook": gettext_lazy("The XLSX file cannot be read. Save it as XLSX or CSV once more."),
    "too_large": gettext_lazy("The XLSX file is too large. Divide it, or save it as CSV."),
    "too_many": gettext_lazy("The file has more than 20 000 rows. Divide it."),
}


def problem_in_words(code: str) -> str:
    """A reason why a row was refused."""
    kind, _sign, what = code.partition(":")
    if kind == "missing":
        return _("nothing in the column %(column)s") % {"column": what}
    if kind == "too_long":
        return _("too long text in the column %(column)s") % {"column": what}
    if kind == "day":
        return _("no day, or one that is still to come, in the column %(column)s") % {"column": what}
    return str(_PROBLEMS[code])


def words_for(error: DomainError) -> str:
    """A sentence for a refusal of referrals, or of the catalogue below them."""
    return catalogue_message(error) if isinstance(error, CatalogueError) else message_for(error)


@singledispatch
def message_for(error: DomainError) -> str:
    """A sentence for people, saying what to do."""
    raise error  # a refusal without a sentence is a bug, not a blank page


_SENTENCES: dict[type[errors.ReferralError], Any] = {
    errors.NoSuchClient: gettext_lazy("There is no such person in your register."),
    errors.NoSuchReferral: gettext_lazy("This place or referral is not there any more."),
    errors.WrongStep: gettext_lazy("This step no longer fits where the referral stands. Look at it again."),
    errors.ChangedMeanwhile: gettext_lazy(
        "Somebody took a step while you were looking. Look at the referral again and decide."
    ),
    errors.OutcomeNeeded: gettext_lazy("Choose the outcome from the list."),
    errors.WordsNeeded: gettext_lazy("Write a sentence: without it the other side will not know what to do."),
    errors.NothingAllows: gettext_lazy(
        "No agreement in force lets you tell this institution who the person is. Take the person's written"
        " consent, and choose it as the basis."
    ),
    errors.ConsentNeeded: gettext_lazy("Enter the day of the written consent, today or earlier."),
    errors.ReferredAlready: gettext_lazy("This person has an open referral to this place."),
    errors.NotToOneself: gettext_lazy("This is a place of your own institution; no referral is needed."),
    errors.NotFirstInLine: gettext_lazy(
        "Others have waited longer for this place. Write why this person comes first."
    ),
    errors.WrongCode: gettext_lazy("The code does not fit or is too old. Ask for a new one."),
    errors.NoAddress: gettext_lazy(
        "Neither the place nor its institution has an e-mail address in the directory. Add one first."
    ),
    errors.NothingToOffer: gettext_lazy("There is nothing new to offer."),
}


def _sentence(error: errors.ReferralError) -> str:
    return str(_SENTENCES[type(error)])


for _kind in _SENTENCES:
    message_for.register(_kind, _sentence)


@message_for.register
def _not_eligible(error: errors.NotEligible) -> str:
    return ngettext(
        "%(n)s answer shuts the way to this place. Look at the list of what the receiver checks.",
        "%(n)s answers shut the way to this place. Look at the list of what the receiver checks.",
        len(error.codes),
    ) % {"n": len(error.codes)}


@message_for.register
def _more_than_allowed(error: errors.MoreThanAllowed) -> str:
    names = ", ".join(str(FIELD_NAMES[PacketField(one)]) for one in error.fields)
    return _("The agreement does not cover: %(names)s. Leave these out or take the person's consent.") % {
        "names": names
    }


@message_for.register
def _unusable(error: errors.UnusableFile) -> str:
    kind, _sign, what = error.problem.partition(":")
    if kind == "columns":
        return _("Columns are missing: %(columns)s.") % {"columns": what}
    return str(_FILE_PROBLEMS[kind])
