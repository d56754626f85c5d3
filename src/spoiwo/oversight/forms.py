"""Filters of the log and of findings, verdicts, incidents."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from spoiwo.access.types import Kept, KeptUntil
from spoiwo.audit.types import Action
from spoiwo.clients.messages import KEPT_NAMES, KEPT_UNTIL_NAMES
from spoiwo.oversight.messages import ACTION_NAMES, AGREEMENT_ACTS
from spoiwo.oversight.models import ODDITY_CHOICES, RISK_CHOICES
from spoiwo.oversight.types import IncidentDetails, LogFilter, Risk, State
from spoiwo.toolkit.forms.fields import DateField


class LogFilterForm(forms.Form):
    """What the supervisor looks for; everything may be left empty."""

    mark_optional = False
    first = DateField(label=_("From"), required=False, help_text="")
    last = DateField(label=_("To"), required=False, help_text="")
    person = forms.CharField(label=_("Client (name or number)"), max_length=120, required=False)
    worker = forms.TypedChoiceField(label=_("Our worker"), coerce=int, required=False)
    purpose = forms.ChoiceField(label=_("Purpose"), required=False)
    action = forms.ChoiceField(label=_("What was done"), required=False)
    strangers = forms.BooleanField(label=_("Only other institutions"), required=False)

    def __init__(
        self, *args: Any, staff: Sequence[tuple[int, str]], purposes: Sequence[tuple[str, str]], **kwargs: Any
    ) -> None:
        """staff: own workers (account id, name). purposes: (code, name)."""
        super().__init__(*args, **kwargs)
        everyone = ("", _("All"))
        self.fields["worker"].choices = [everyone, *staff]  # type: ignore[attr-defined]
        self.fields["purpose"].choices = [everyone, *purposes]  # type: ignore[attr-defined]
        self.fields["action"].choices = [everyone, *_actions()]  # type: ignore[attr-defined]

    def wanted(self) -> LogFilter:
        """What was asked for; fields that cannot be read count as empty, their errors stand beside them."""
        self.is_valid()
        read = getattr(self, "cleaned_data", {})
        action, _colon, outcome = (read.get("action") or "").partition(":")
        return LogFilter(
            first=read.get("first"),
            last=read.get("last"),
            worker_id=read.get("worker") or 0,
            person=read.get("person") or "",
            purpose=read.get("purpose") or "",
            action=action,
            outcome=outcome,
            strangers=read.get("strangers") or False,
        )


class FindingFilterForm(forms.Form):
    """Which findings."""

    mark_optional = False
    state = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=[
            ("open", _("Waiting for a decision")),
            ("dismissed", _("All right")),
            ("incident", _("Entered as an incident")),
            ("all", _("All")),
        ],
    )
    oddity = forms.ChoiceField(
        label=_("What is unusual"), required=False, choices=[("", _("All")), *ODDITY_CHOICES]
    )

    def wanted(self) -> dict[str, str]:
        """What was asked for; open ones unless told otherwise."""
        self.is_valid()
        read = getattr(self, "cleaned_data", {})
        state = read.get("state") or State.OPEN.value
        return {"state": "" if state == "all" else state, "oddity": read.get("oddity") or ""}


class DecisionForm(forms.Form):
    """What became of a finding, and why."""

    outcome = forms.ChoiceField(
        label=_("Your decision"),
        widget=forms.RadioSelect,
        choices=[
            ("dismissed", _("It is all right")),
            ("incident", _("It is not: enter it as an incident")),
        ],
    )
    reason = forms.CharField(label=_("Why so"), widget=forms.Textarea(attrs={"rows": 3}), max_length=1000)


class VerdictForm(forms.Form):
    """Whether emergency access was justified, and why."""

    verdict = forms.ChoiceField(
        label=_("Was it justified?"),
        widget=forms.RadioSelect,
        choices=[
            ("justified", _("Yes, it was justified")),
            ("unjustified", _("No: enter it as an incident")),
        ],
    )
    note = forms.CharField(label=_("Why so"), widget=forms.Textarea(attrs={"rows": 3}), max_length=1000)


class NewIncidentForm(forms.Form):
    """What was noticed."""

    description = forms.CharField(
        label=_("What happened"),
        help_text=_("When, what data, how many people; names only where they are needed."),
        widget=forms.Textarea(attrs={"rows": 6}),
        max_length=4000,
    )


class IncidentForm(NewIncidentForm):
    """What is known of an incident and what was done about it."""

    risk = forms.ChoiceField(label=_("Risk to people"), choices=RISK_CHOICES, widget=forms.RadioSelect)
    people_affected = forms.IntegerField(
        label=_("People affected"), required=False, min_value=0, max_value=10_000_000
    )
    measures = forms.CharField(
        label=_("Measures taken"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=4000,
    )
    authority_told_on = DateField(label=_("Authority told on"), required=False)
    people_told_on = DateField(label=_("People told on"), required=False)
    version = forms.IntegerField(widget=forms.HiddenInput)

    def details(self) -> IncidentDetails:
        """Call after is_valid()."""
        given = self.cleaned_data
        return IncidentDetails(
            description=given["description"],
            risk=Risk(given["risk"]),
            people_affected=given["people_affected"],
            measures=given["measures"],
            authority_told_on=given["authority_told_on"],
            people_told_on=given["people_told_on"],
        )


class RuleForm(forms.Form):
    """A rule of retention."""

    kept = forms.ChoiceField(label=_("Which data"), choices=KEPT_NAMES.items)
    months = forms.IntegerField(label=_("For how many months"), min_value=1, max_value=1200)
    event = forms.ChoiceField(label=_("Counted"), choices=KEPT_UNTIL_NAMES.items)
    basis = forms.CharField(
        label=_("Basis"),
        help_text=_("An article, or the class of the office's file plan (JRWA)."),
        max_length=250,
    )

    def rule(self) -> dict[str, Any]:
        """Call after is_valid()."""
        given = self.cleaned_data
        return {**given, "kept": Kept(given["kept"]), "event": KeptUntil(given["event"])}


class CarryOutForm(forms.Form):
    """How much is to go, typed by hand."""

    count = forms.IntegerField(
        label=_("To erase for good, type the number of what is due"), min_value=1, max_value=10_000_000
    )


class HoldForm(forms.Form):
    """Why a person's data must stay."""

    case_ref = forms.CharField(
        label=_("Case reference"),
        help_text=_("The complaint, proceedings or audit for which the data are needed."),
        max_length=120,
    )


class EraseForm(forms.Form):
    """Why a person is erased, and that it is meant."""

    basis = forms.CharField(
        label=_("Basis"),
        help_text=_("For example: request of the person of 3 February 2026, Article 17(1)(a) of the GDPR."),
        max_length=250,
    )
    sure = forms.BooleanField(
        label=_("I know that nobody can bring these data back"),
        error_messages={"required": _("Confirm that you know it.")},
    )


class PeriodForm(forms.Form):
    """Between which days."""

    mark_optional = False
    first = DateField(label=_("From"), required=False, help_text="")
    last = DateField(label=_("To"), required=False, help_text="")

    def period(self, today: date) -> tuple[date, date]:
        """The days asked for; this year so far unless told otherwise."""
        self.is_valid()
        read = getattr(self, "cleaned_data", {})
        last = read.get("last") or today
        return read.get("first") or last.replace(month=1, day=1), last


def _actions() -> list[tuple[Any, Any]]:
    """Choices of what was done; acts on agreements stand together and can be chosen one by one."""
    code = Action.AGREEMENT_CHANGED.value
    single = [(f"{code}:{outcome}", name) for outcome, name in AGREEMENT_ACTS.items()]
    others = [(one.value, name) for one, name in ACTION_NAMES.items() if one.value != code]
    return [*others, (_("Sharing agreements"), [(code, _("Everything about sharing agreements")), *single])]
