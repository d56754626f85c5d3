"""Codes of the log, findings and refusals in words."""

from functools import singledispatch
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from spoiwo.access.types import Verdict
from spoiwo.audit.types import Action, Breach
from spoiwo.oversight.errors import (
    AboutYourself,
    ClosedAlready,
    ClosedWithoutRisk,
    DecidedAlready,
    OversightError,
    ReasonNeeded,
)
from spoiwo.oversight.models import ODDITY_CHOICES, RISK_CHOICES, SOURCE_CHOICES, Finding
from spoiwo.oversight.types import Oddity

ACTION_NAMES = {
    Action.VIEW_CLIENT: gettext_lazy("Opened a client's page"),
    Action.LIST_CLIENTS: gettext_lazy("Listed clients"),
    Action.EXPORT: gettext_lazy("Saved a file"),
    Action.IMPORT_STARTED: gettext_lazy("Started an import"),
    Action.IMPORT_PUBLISHED: gettext_lazy("Took in a register extract"),
    Action.IMPORT_REFUSED: gettext_lazy("Gave up an import"),
    Action.LINK: gettext_lazy("Linked records"),
    Action.UNLINK: gettext_lazy("Separated records"),
    Action.UNDO: gettext_lazy("Undid a decision"),
    Action.DECIDE_PROPOSAL: gettext_lazy("Gave an opinion on a link proposal"),
    Action.AGREEMENT_CHANGED: gettext_lazy("Did something about a sharing agreement"),
    Action.STAFF_INVITED: gettext_lazy("Invited a worker"),
    Action.STAFF_SUSPENDED: gettext_lazy("Suspended a worker"),
    Action.STAFF_RESTORED: gettext_lazy("Restored a worker"),
    Action.STAFF_CHANGED: gettext_lazy("Changed a worker's account"),
    Action.ROLE_GRANTED: gettext_lazy("Gave an authorisation"),
    Action.ROLE_ENDED: gettext_lazy("Ended an authorisation"),
    Action.ACCOUNT_CREATED: gettext_lazy("Made an account"),
    Action.INSTITUTION_CREATED: gettext_lazy("Entered an institution"),
    Action.INSTITUTION_CHANGED: gettext_lazy("Changed an institution's entry"),
    Action.INSTITUTION_CLOSED: gettext_lazy("Closed an institution"),
    Action.POST_CHANGED: gettext_lazy("Changed a post"),
    Action.SIGN_IN: gettext_lazy("Signed in"),
    Action.VIEW_LOG: gettext_lazy("Read this log"),
    Action.ERASE: gettext_lazy("Erased a person's data"),
    Action.RESTORE: gettext_lazy("Restored a backup"),
    Action.PARTNERSHIP_CHANGED: gettext_lazy("Changed something of the partnership"),
    Action.CALENDAR_CHANGED: gettext_lazy("Changed a calendar"),
    Action.SURVEY_CHANGED: gettext_lazy("Changed a questionnaire or a survey"),
    Action.ANSWERS_READ: gettext_lazy("Read answers to a survey"),
    Action.VERIFY: gettext_lazy("Verified without seeing data"),
    Action.ENQUIRY: gettext_lazy("Did something about an enquiry"),
    Action.CONFIRMATION: gettext_lazy("Did something about a confirmation of data"),
    Action.MESSAGE: gettext_lazy("Sent or read a message about a client"),
    Action.EMERGENCY: gettext_lazy("Emergency access"),
    Action.RESTRICTION_CHANGED: gettext_lazy("Hid a person, or showed them again"),
    Action.OVERSIGHT: gettext_lazy("Worked at the supervisor's desk"),
    Action.PLAN: gettext_lazy("Worked on a joint plan"),
    Action.REFERRAL: gettext_lazy("Did something about a referral"),
    Action.PROJECT: gettext_lazy("Changed a project, or somebody's part in it"),
    Action.OTHER: gettext_lazy("Something else"),
}
ODDITY_NAMES = dict(ODDITY_CHOICES)
RISK_NAMES: dict[str, Any] = dict(RISK_CHOICES)
SOURCE_NAMES: dict[str, Any] = dict(SOURCE_CHOICES)
VERDICT_NAMES: dict[str, Any] = {
    Verdict.JUSTIFIED: gettext_lazy("Justified"),
    Verdict.UNJUSTIFIED: gettext_lazy("Not justified"),
}
RESTORED = {  # imports without a file, by the outcome on record
    Action.IMPORT_STARTED: gettext_lazy("Asked for the former state of the register"),
    Action.IMPORT_PUBLISHED: gettext_lazy("Put the former state of the register back in force"),
}
AGREEMENT_ACTS = {  # by the outcome on record
    "drafted": gettext_lazy("Drafted a sharing agreement"),
    "edited": gettext_lazy("Changed the draft of a sharing agreement"),
    "renewed": gettext_lazy("Drafted a new version of a sharing agreement"),
    "discarded": gettext_lazy("Threw away the draft of a sharing agreement"),
    "document": gettext_lazy("Attached the document to a sharing agreement"),
    "document_removed": gettext_lazy("Removed the document from a sharing agreement by changing its draft"),
    "signed": gettext_lazy("Signed a sharing agreement"),
    "activated": gettext_lazy("Put a sharing agreement into force"),
    "replaced": gettext_lazy("Replaced a sharing agreement by a new version"),
    "ended": gettext_lazy("Ended a sharing agreement"),
    "count_asked": gettext_lazy("Asked how many clients the parties of an agreement share"),
}
PROBLEMS = {
    "missing": gettext_lazy("a record is missing"),
    "does not follow the record before it": gettext_lazy("a record does not follow the one before it"),
    "altered": gettext_lazy("a record was altered"),
    "the chain has no head": gettext_lazy("the head of the chain is missing"),
    "the end of the chain is missing": gettext_lazy("the end of the chain is missing"),
    "altered after it was sealed": gettext_lazy(
        "this record or an earlier one was altered after it was sealed"
    ),
    "sealed records are missing": gettext_lazy("sealed records are missing"),
    "the seal of this record is missing": gettext_lazy("the seal of this record is missing"),
}


def action_in_words(code: str, outcome: str = "", side: str = "") -> str:
    """What was done; codes of later releases are shown as they are.

    outcome: as on record, it tells acts on agreements apart. side: the institution that acted.
    """
    if code == Action.AGREEMENT_CHANGED and outcome == "signed" and side:
        return _("Signed a sharing agreement for the side of %(institution)s") % {"institution": side}
    if outcome == "restored" and code in RESTORED:
        return str(RESTORED[Action(code)])
    if code == Action.AGREEMENT_CHANGED and outcome in AGREEMENT_ACTS:
        return str(AGREEMENT_ACTS[outcome])
    return str(ACTION_NAMES[Action(code)]) if code in set(Action) else code


def breach_in_words(breach: Breach) -> str:
    """Where the chain breaks and how."""
    return _("Position %(seq)s: %(problem)s.") % {"seq": breach.seq, "problem": PROBLEMS[breach.problem]}


def explained(found: Finding) -> str:
    """Why a finding is one, in a sentence."""
    if found.oddity == Oddity.VOLUME:
        return _("%(count)d people in one day; on other days about %(usual)d.") % {
            "count": found.count,
            "usual": found.usual,
        }
    if found.oddity == Oddity.NIGHT:
        return ngettext(
            "%(n)d look between 22:00 and 6:00.", "%(n)d looks between 22:00 and 6:00.", found.count
        ) % {"n": found.count}
    return ngettext("%(n)d look on that day.", "%(n)d looks on that day.", found.count) % {"n": found.count}


@singledispatch
def message_for(error: OversightError) -> str:
    """A refusal as a sentence; one without a sentence is a bug and is raised."""
    raise error


@message_for.register
def _reason_needed(error: ReasonNeeded) -> str:
    return ngettext(
        "Explain it in at least %(n)d character.", "Explain it in at least %(n)d characters.", error.least
    ) % {"n": error.least}


@message_for.register
def _decided_already(error: DecidedAlready) -> str:  # noqa: ARG001
    return _("Somebody has decided about this already.")


@message_for.register
def _about_yourself(error: AboutYourself) -> str:  # noqa: ARG001
    return _("This is about your own looks. Somebody else has to decide.")


@message_for.register
def _closed_already(error: ClosedAlready) -> str:  # noqa: ARG001
    return _("The incident is closed and can no longer be changed.")


@message_for.register
def _closed_without_risk(error: ClosedWithoutRisk) -> str:  # noqa: ARG001
    return _(
        "Before it is closed, assess the risk, write down the measures, and where there is a risk the day on which"
        " the authority was told."
    )
