"""Codes and refusals of joint plans in words for people."""

from collections.abc import Sequence
from datetime import date
from functools import singledispatch
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from spoiwo.plans import errors, models
from spoiwo.plans.errors import PlanError
from spoiwo.plans.types import Fault, FaultKind, PlanState, Step
from spoiwo.toolkit.templatetags.spoiwo import pl_date, zloty


def _named(choices: Sequence[tuple[str, Any]]) -> dict[str, Any]:
    """Code -> name."""
    return dict(choices)


STATE_NAMES = _named(models.STATE_CHOICES)
VERSION_NAMES = _named(models.VERSION_CHOICES)
AREA_NAMES = _named(models.AREA_CHOICES)
ACTION_NAMES = _named(models.ACTION_CHOICES)
ROLE_NAMES = _named(models.ROLE_CHOICES)
PAPER_NAMES = _named(models.PAPER_CHOICES)
METHOD_NAMES = _named(models.METHOD_CHOICES)
CONTACT_NAMES = _named(models.CONTACT_CHOICES)
REMARK_NAMES = _named(models.REMARK_CHOICES)
EVENT_NAMES = _named(models.EVENT_CHOICES)
PRINT_NAMES = _named(models.PRINT_CHOICES)
EMPLOYMENT_NAMES = _named(models.EMPLOYMENT_CHOICES)
SOURCE_NAMES = _named(models.SOURCE_CHOICES)
CRITERION_NAMES = _named(models.CRITERION_CHOICES)
TONES = {
    PlanState.DRAFT: "",
    PlanState.NEGOTIATION: "soon",
    PlanState.AGREED: "new",
    PlanState.ACTIVE: "ok",
    PlanState.SUSPENDED: "soon",
    PlanState.COMPLETED: "",
    PlanState.DISCONTINUED: "late",
}
ACTION_TONES = {"done": "ok", "not_done": "late", "in_progress": "new"}
STEP_NAMES = {
    Step.BEGIN: gettext_lazy("Begin carrying out"),
    Step.SUSPEND: gettext_lazy("Suspend the plan"),
    Step.RESUME: gettext_lazy("Resume the plan"),
    Step.COMPLETE: gettext_lazy("Complete the plan"),
    Step.DISCONTINUE: gettext_lazy("Discontinue the plan"),
}
STEP_WORDS = {
    Step.BEGIN: gettext_lazy("From today actions are carried out, and the first review gets its day."),
    Step.SUSPEND: gettext_lazy("Until the plan is resumed nothing of it is carried out."),
    Step.RESUME: gettext_lazy("Actions are carried out again."),
    Step.COMPLETE: gettext_lazy(
        "Actions without an outcome are dropped. After 3, 6 and 12 months you will be asked about employment."
    ),
    Step.DISCONTINUE: gettext_lazy("The plan ends for good. Actions without an outcome are dropped."),
}
PERSON_NAME = pgettext_lazy("party of a plan", "The person")
FIELD_NAMES: dict[str, Any] = {
    "": "",
    "problem": gettext_lazy("Problem"),
    "starts_on": gettext_lazy("Begins on"),
    "ends_on": gettext_lazy("Ends on"),
    "parties": gettext_lazy("Parties"),
    "text": gettext_lazy("What is to be done or reached"),
    "measure": gettext_lazy("How it is measured"),
    "baseline": gettext_lazy("How it is now"),
    "target": gettext_lazy("What is to be reached"),
    "due_on": gettext_lazy("By when"),
    "area": gettext_lazy("Area of co-operation"),
    "owner": gettext_lazy("Who answers for it"),
    "responsible": gettext_lazy("Worker"),
    "responsible_name": gettext_lazy("Worker"),
    "service": gettext_lazy("Service"),
    "evidence": gettext_lazy("What will prove it"),
    "project": gettext_lazy("Project that pays"),
    "amount": pgettext_lazy("money", "Amount"),
    "from_on": gettext_lazy("From"),
    "payments": gettext_lazy("Financial support"),
    "workers": gettext_lazy("Workers"),
    "case_ref": gettext_lazy("Case reference (znak sprawy)"),
    "jrwa": gettext_lazy("File class (JRWA)"),
    "signed_on": gettext_lazy("Signed on"),
    "number": gettext_lazy("Number"),
    "kind": pgettext_lazy("paper", "Kind"),
    "role": pgettext_lazy("worker", "Role"),
    "institution": gettext_lazy("Institution"),
    "name": gettext_lazy("Name"),
}
PART_NAMES = {
    "plan": gettext_lazy("Whole plan"),
    "goal": gettext_lazy("Goal"),
    "action": gettext_lazy("Action"),
    "payment": gettext_lazy("Financial support"),
    "paper": gettext_lazy("Statutory paper"),
    "worker": gettext_lazy("Worker"),
}
_FAULTS = {
    FaultKind.NO_PROBLEM: gettext_lazy("Say what the problem is."),
    FaultKind.NO_GOALS: gettext_lazy("Add at least one goal."),
    FaultKind.GOAL_WITHOUT_ACTION: gettext_lazy("The goal “%(about)s” has no action."),
    FaultKind.OWNER_NOT_PARTY: gettext_lazy(
        "The action “%(about)s” has an owner who is no party to the plan."
    ),
    FaultKind.ENDS_BEFORE_START: gettext_lazy("“%(about)s” ends before it begins."),
    FaultKind.OUTSIDE_PLAN: gettext_lazy("“%(about)s” lies outside the days of the plan."),
    FaultKind.SUPPORT_RISES: gettext_lazy("Financial support may only fall, and rises to %(about)s."),
    FaultKind.SAME_DAY_TWICE: gettext_lazy("Financial support has two amounts for %(about)s."),
    FaultKind.WORKER_NOT_OF_PARTY: gettext_lazy("%(about)s does not work for a party to the plan."),
    FaultKind.PAPER_NOT_OF_PARTY: gettext_lazy("The paper %(about)s belongs to no party to the plan."),
    FaultKind.NO_WORKER: gettext_lazy("Name at least one worker."),
}


def fault_words(fault: Fault) -> str:
    """What is wrong with a version, as a sentence."""
    if fault.kind is FaultKind.ENDS_BEFORE_START and not fault.about:
        return _("The plan ends before it begins.")
    about = fault.about
    if fault.kind is FaultKind.SUPPORT_RISES:
        about = zloty(about)
    if fault.kind is FaultKind.SAME_DAY_TWICE:
        about = pl_date(date.fromisoformat(about))
    return str(_FAULTS[fault.kind]) % {"about": about}


def all_faults(error: errors.Incomplete) -> list[str]:
    """Every fault as a sentence."""
    return [fault_words(fault) for fault in error.faults]


_PLAIN: dict[type[PlanError], Any] = {
    errors.NoSuchThing: gettext_lazy("This is not there any more. Perhaps somebody has removed it."),
    errors.NotShared: gettext_lazy(
        "No sharing agreement in force lets these institutions plan together for this person."
    ),
    errors.NotEditable: gettext_lazy(
        "This version cannot be changed: it is being signed, or it is agreed on."
    ),
    errors.ChangeUnderWay: gettext_lazy("A change of this plan is under way already."),
    errors.WrongStep: gettext_lazy("The plan does not stand where this can be done."),
    errors.ReasonMissing: gettext_lazy("Write the reason or the text; without it nothing can be saved."),
    errors.OtherContent: gettext_lazy(
        "This is not the content that is being agreed on: the plan was changed, or the print is an old one."
    ),
    errors.AlreadySigned: gettext_lazy("This was written down before."),
    errors.NotAScan: gettext_lazy("Choose a PDF, JPEG or PNG file of at most 5 MB."),
    errors.ActionClosed: gettext_lazy("This action has its outcome already."),
    errors.NotYours: gettext_lazy("Another party answers for this."),
    errors.HasItsWorker: gettext_lazy("Somebody who works here answers for this action."),
    errors.InTheFuture: gettext_lazy("The day lies in the future, or it is too early."),
    errors.NothingChosen: gettext_lazy("Choose at least one criterion."),
}


_FILE_PROBLEMS: dict[str, Any] = {
    "empty": gettext_lazy("The file is empty."),
    "encoding": gettext_lazy("The file is neither UTF-8 nor Windows-1250 text."),
    "broken": gettext_lazy("The file breaks off inside a quoted cell."),
    "workbook": gettext_lazy("The XLSX file cannot be read. Save it as XLSX or CSV once more."),
    "too_large": gettext_lazy("The XLSX file is too large. Divide it, or save it as CSV."),
    "too_many": gettext_lazy("The file has more than 50 000 rows. Divide it."),
}
_OF_COLUMNS: dict[str, Any] = {
    "missing": gettext_lazy("nothing in the column %(column)s"),
    "too_long": gettext_lazy("too long text in the column %(column)s"),
    "day": gettext_lazy("no day in the column %(column)s"),
    "to_come": gettext_lazy("a day still to come in the column %(column)s"),
    "code": gettext_lazy("a word that is not known in the column %(column)s"),
    "differs": gettext_lazy("the column %(column)s says otherwise than the first row of the plan"),
}
_PROBLEMS: dict[str, Any] = {
    "of_refused": gettext_lazy("another row of this plan is refused"),
    "client": gettext_lazy("nobody in your register has this number"),
    "partner": gettext_lazy("no institution of the directory has this code"),
    "not_shared": gettext_lazy("no sharing agreement in force lets you plan together with this institution"),
    "not_common": gettext_lazy("the person is no common client of yours and of this institution"),
    "open_already": gettext_lazy("the person has an open plan under the agreement with this institution"),
}


def problem_in_words(code: str) -> str:
    """A reason why a row of a file was refused."""
    kind, _sign, what = code.partition(":")
    if kind == "fault":
        fault, _sign, about = what.partition(":")
        return fault_words(Fault(FaultKind(fault), about))
    if kind in _OF_COLUMNS:
        return str(_OF_COLUMNS[kind]) % {"column": what}
    return str(_PROBLEMS[code])


@singledispatch
def message_for(error: PlanError) -> str:
    """A refusal as a sentence; one without a sentence is a mistake of ours."""
    words = _PLAIN.get(type(error))
    if words is None:
        raise error
    return str(words)


@message_for.register
def _open_already(error: errors.PlanOpenAlready) -> str:
    if not error.number:
        return _("The person has an open plan under this agreement already.")
    return _("The person has an open plan under this agreement already: %(number)s.") % {
        "number": error.number
    }


_PAPER_PROBLEMS: dict[str, Any] = {
    "too_large": gettext_lazy("The file is too large. Leave large pictures out; 2 MB are enough."),
    "not_docx": gettext_lazy("This is no DOCX file. Save the template as a Word document (.docx)."),
    "macros": gettext_lazy("The file has macros in it. Save it as .docx without them."),
    "syntax": gettext_lazy("A field or a loop is not written as it must be: %(detail)s"),
    "unknown_field": gettext_lazy("There is no field “%(detail)s”. The list of fields is on this page."),
    "not_allowed": gettext_lazy("Only fields, conditions and loops over lists may stand in a template."),
    "no_code": gettext_lazy("The code of the content is missing. Put {{ plan.kod }} where it is to stand."),
}


@message_for.register
def _unusable_paper(error: errors.UnusablePaper) -> str:
    words = str(_PAPER_PROBLEMS[error.problem])
    return words % {"detail": error.detail} if error.detail else words


@message_for.register
def _unusable(error: errors.UnusableFile) -> str:
    kind, _sign, what = error.problem.partition(":")
    if kind == "columns":
        return _("Columns are missing: %(columns)s.") % {"columns": what}
    return str(_FILE_PROBLEMS[kind])


@message_for.register
def _incomplete(error: errors.Incomplete) -> str:
    return " ".join(all_faults(error))
