"""Codes and refusals of matching in plain words."""

from functools import singledispatch

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from spoiwo.clients.errors import (
    AlreadyUndone,
    DecisionOvertaken,
    KeptApart,
    NothingToSplit,
)
from spoiwo.kernel.errors import DomainError
from spoiwo.matching.errors import NothingToTakeBack, ProposalClosed
from spoiwo.matching.queries.after_import import Group
from spoiwo.matching.queries.reviewing import Pile
from spoiwo.matching.services.looking import PURPOSE
from spoiwo.matching.types import Field, Mark, Rule

PILE_NAMES = {
    Pile.WAITING: gettext_lazy("Waiting for your answer"),
    Pile.LATER: gettext_lazy("Put off for later"),
    Pile.ELSEWHERE: gettext_lazy("Waiting for the other institution"),
    Pile.LINKED: gettext_lazy("Same person"),
    Pile.DIFFERENT: gettext_lazy("Different people"),
    Pile.OBSOLETE: gettext_lazy("No longer needed"),
}
FIELD_NAMES = {
    Field.PESEL: gettext_lazy("PESEL number"),
    Field.FIRST_NAME: gettext_lazy("First name"),
    Field.SECOND_NAME: gettext_lazy("Second name"),
    Field.LAST_NAME: gettext_lazy("Last name"),
    Field.BIRTH_DATE: gettext_lazy("Date of birth"),
    Field.SEX: gettext_lazy("Sex"),
    Field.ADDRESS: gettext_lazy("Address"),
    Field.PHONE: gettext_lazy("Phone number"),
    Field.DOCUMENT: gettext_lazy("Identity document"),
    Field.EMAIL: gettext_lazy("E-mail"),
}
MARK_NAMES = {
    Mark.AGREES: gettext_lazy("agrees"),
    Mark.SIMILAR: gettext_lazy("differs slightly"),
    Mark.CONTRADICTS: gettext_lazy("contradicts"),
    Mark.MISSING: gettext_lazy("missing on at least one side"),
}
MARK_TONES = {Mark.AGREES: "ok", Mark.SIMILAR: "soon", Mark.CONTRADICTS: "late", Mark.MISSING: ""}
RULE_NAMES = {
    Rule.PESEL_ONE_FIELD: gettext_lazy("Same PESEL number and another field"),
    Rule.PESEL_CONTRADICTS: gettext_lazy("Same PESEL number, other data contradict"),
    Rule.PESEL_ALONE: gettext_lazy("Same PESEL number alone"),
    Rule.PESEL_INVALID: gettext_lazy("Same mistaken PESEL number"),
    Rule.PESEL_SLIP: gettext_lazy("PESEL numbers one slip apart"),
    Rule.DOCUMENT: gettext_lazy("Same identity document"),
    Rule.NAMES_BIRTH_DATE: gettext_lazy("Same names and date of birth"),
    Rule.NAMES_SWAPPED: gettext_lazy("First and last name swapped"),
    Rule.SURNAME_CHANGED: gettext_lazy("Same first name and date of birth, another last name"),
    Rule.NAMES_CONTACT: gettext_lazy("Same names and address or phone number"),
    Rule.BIRTH_DATE_SLIP: gettext_lazy("Same names, a slip in the date of birth"),
    Rule.BIRTH_DATE_CONTACT: gettext_lazy("Date of birth, address or phone number agree"),
}
RULE_SENTENCES = {
    Rule.PESEL_ONE_FIELD: gettext_lazy(
        "Both registers hold the same valid PESEL number, and a name or the date of birth agrees as well."
        " The agreement leaves the decision to people."
    ),
    Rule.PESEL_CONTRADICTS: gettext_lazy(
        "Both registers hold the same valid PESEL number, but the first name or the date of birth contradicts."
        " Often somebody typed the number of a relative: a twin, a parent, a spouse."
    ),
    Rule.PESEL_ALONE: gettext_lazy(
        "Both registers hold the same valid PESEL number, but no name and no date of birth agrees."
    ),
    Rule.PESEL_INVALID: gettext_lazy(
        "Both registers hold the same PESEL number, which has a mistake in it. Offices copy mistakes from the same"
        " document, so it may still be one person."
    ),
    Rule.PESEL_SLIP: gettext_lazy(
        "The PESEL numbers differ by one slip, and one of them cannot be right. Check the number in your documents."
    ),
    Rule.DOCUMENT: gettext_lazy(
        "At least one register has no PESEL number; the numbers of the identity documents agree or nearly do."
    ),
    Rule.NAMES_BIRTH_DATE: gettext_lazy(
        "First name, last name and date of birth agree, but at least one register has no valid PESEL number."
        " Two people may share all three."
    ),
    Rule.NAMES_SWAPPED: gettext_lazy("One register has the first name where the other has the last name."),
    Rule.SURNAME_CHANGED: gettext_lazy(
        "First name and date of birth agree, the last name does not. People change it when they marry."
    ),
    Rule.NAMES_CONTACT: gettext_lazy(
        "The names agree and a date of birth is missing; the address or the phone number speaks for one person."
        " A father and a son of one name live together too."
    ),
    Rule.BIRTH_DATE_SLIP: gettext_lazy("The names agree, and the dates of birth differ as after a slip."),
    Rule.BIRTH_DATE_CONTACT: gettext_lazy(
        "The names do not quite agree; the date of birth, the address or the phone number speaks for one person."
        " Siblings and spouses live together too."
    ),
}
GROUP_NAMES = {
    Group.LINKED: gettext_lazy("Linked automatically"),
    Group.WAITING: gettext_lazy("Waiting for a decision"),
    Group.NEW: gettext_lazy("New in the register"),
    Group.CHANGED: gettext_lazy("Changed in the register"),
    Group.GONE: gettext_lazy("Clients no longer served"),
}
GROUP_SENTENCES = {
    Group.LINKED: gettext_lazy(
        "A rule that the agreement lists has linked these clients with clients of another institution."
    ),
    Group.WAITING: gettext_lazy("Reviewers say whether another record is about the same person."),
    Group.NEW: gettext_lazy("These clients were not in the register before this import."),
    Group.CHANGED: gettext_lazy("The file said something else about these clients than the one before."),
    Group.GONE: gettext_lazy("These clients stood in the file before and are missing from this one."),
}
PURPOSE_NAMES = {PURPOSE: gettext_lazy("Review of identity")}
DECIDED_BY_PEOPLE = gettext_lazy("Decided by people")


def rule_name(code: str) -> str:
    """The rule of a proposal or decision in a few words."""
    return str(RULE_NAMES[Rule(code)]) if code in set(Rule) else str(DECIDED_BY_PEOPLE)


def reason(code: str, *, is_duplicate: bool) -> str:
    """Why a pair is proposed; of two records of one register in few words, since no agreement is about them."""
    if code not in set(Rule):
        return ""
    return f"{rule_name(code)}." if is_duplicate else str(RULE_SENTENCES[Rule(code)])


@singledispatch
def message_for(error: DomainError) -> str:
    """A refusal in words; one without words is a bug and goes on to the error log."""
    raise error


@message_for.register
def _closed(error: ProposalClosed) -> str:  # noqa: ARG001
    return _("This proposal was decided meanwhile, or the agreement with the other institution has ended.")


@message_for.register
def _nothing(error: NothingToTakeBack) -> str:  # noqa: ARG001
    return _("Your institution has said nothing here that could be taken back.")


@message_for.register
def _apart(error: KeptApart) -> str:  # noqa: ARG001
    return _(
        "An earlier decision says that these are different people. Take that decision back first, then decide again."
    )


@message_for.register
def _alone(error: NothingToSplit) -> str:  # noqa: ARG001
    return _("This client is not linked with anybody any more.")


@message_for.register
def _undone(error: AlreadyUndone) -> str:  # noqa: ARG001
    return _("This decision has been taken back already.")


@message_for.register
def _overtaken(error: DecisionOvertaken) -> str:
    return ngettext(
        "A later decision rests on this one. Take that one back first.",
        "%(n)d later decisions rest on this one. Take them back first, the newest first.",
        len(error.decisions),
    ) % {"n": len(error.decisions)}
