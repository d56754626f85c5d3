"""Forms of projects."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from spoiwo.projects.models import choices
from spoiwo.projects.rules.taking_part import NEXT
from spoiwo.projects.types import (
    EmployerAnswer,
    LeavingReason,
    ParticipantDetails,
    ParticipantState,
    ProjectDetails,
    SupportDetails,
    SupportKind,
    SupportState,
    WorkKind,
)
from spoiwo.toolkit.forms.fields import DateField


class ProjectForm(forms.Form):
    """What a project is."""

    number = forms.CharField(label=_("Number of the grant agreement"), max_length=60)
    title = forms.CharField(label=_("Title"), max_length=250)
    fund = forms.CharField(label=_("Who pays"), max_length=200, required=False)
    is_competitive = forms.BooleanField(label=_("Chosen in a competition"), required=False)
    budget_pln = forms.DecimalField(
        label=_("Value in zlotys"),
        max_digits=14,
        decimal_places=2,
        min_value=0,
        required=False,
        localize=True,
    )
    starts_on = DateField(label=_("First day"))
    ends_on = DateField(label=_("Last day"))
    for_whom = forms.CharField(label=_("For whom"), max_length=250, required=False)
    planned_participants = forms.IntegerField(
        label=_("Planned participants"), min_value=0, max_value=1_000_000, required=False
    )
    planned_internships = forms.IntegerField(
        label=_("Planned internships"), min_value=0, max_value=1_000_000, required=False
    )
    partners = forms.CharField(label=_("Carried out together with"), max_length=500, required=False)

    def details(self) -> ProjectDetails:
        """As services take them."""
        entered = self.cleaned_data
        planned = ("planned_participants", "planned_internships")
        return ProjectDetails(**{**entered, **{name: entered[name] or 0 for name in planned}})


class PersonForm(forms.Form):
    """Somebody to ask into a project."""

    first_name = forms.CharField(label=_("First name"), max_length=80)
    last_name = forms.CharField(label=_("Last name"), max_length=120)
    birth_date = DateField(label=_("Date of birth"), required=False)
    asked_on = DateField(label=_("Asked on"))

    def details(self) -> ParticipantDetails:
        """As services take them."""
        entered = dict(self.cleaned_data)
        entered.pop("asked_on")
        return ParticipantDetails(**entered)


class ChoiceForm(forms.Form):
    """Into which project a client is asked."""

    project = forms.ChoiceField(label=_("Project"))

    def __init__(self, *args: Any, projects: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["project"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = projects


class StepForm(forms.Form):
    """The next step of somebody's way through a project."""

    to = forms.TypedChoiceField(label=_("Next step"), coerce=ParticipantState)
    on = DateField(label=_("Day"))
    reason = forms.TypedChoiceField(
        label=_("Reason for leaving"),
        required=False,
        coerce=LeavingReason,
        empty_value=None,
        choices=[("", _("choose")), *choices.REASON_CHOICES],
    )
    note = forms.CharField(label=_("Remarks"), max_length=500, required=False)

    def __init__(self, *args: Any, now: ParticipantState, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["to"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [one for one in choices.PARTICIPANT_STATE_CHOICES if one[0] in NEXT[now]]


class SupportForm(forms.Form):
    """A piece of support."""

    kind = forms.TypedChoiceField(
        label=_("Kind of support"), coerce=SupportKind, choices=choices.SUPPORT_CHOICES
    )
    name = forms.CharField(label=_("What exactly"), max_length=200, required=False)
    starts_on = DateField(label=_("First day"))
    ends_on = DateField(
        label=_("Last day"),
        required=False,
        help_text=_("An internship lasts six months unless you enter its end."),
    )
    hours = forms.DecimalField(
        label=_("Hours"), max_digits=7, decimal_places=2, min_value=0, required=False, localize=True
    )
    cost_pln = forms.DecimalField(
        label=_("Cost in zlotys"), max_digits=12, decimal_places=2, min_value=0, required=False, localize=True
    )
    employer = forms.CharField(label=_("Employer"), max_length=200, required=False)

    def details(self) -> SupportDetails:
        """As services take them."""
        return SupportDetails(**self.cleaned_data)


class SupportEndForm(forms.Form):
    """How support ended."""

    state = forms.TypedChoiceField(
        label=_("How it ended"),
        coerce=SupportState,
        choices=[one for one in choices.SUPPORT_STATE_CHOICES if one[0] is not SupportState.GOING],
    )
    on = DateField(label=_("Last day"))
    reason = forms.CharField(label=_("Reason"), max_length=300, required=False)


class WorkForm(forms.Form):
    """Work that somebody took up."""

    kind = forms.TypedChoiceField(label=_("On what terms"), coerce=WorkKind, choices=choices.WORK_CHOICES)
    employer = forms.CharField(label=_("Employer"), max_length=200, required=False)
    starts_on = DateField(label=_("First day"))
    ends_on = DateField(label=_("Last day"), required=False)
    source = forms.CharField(
        label=_("Known from"),
        max_length=200,
        required=False,
        help_text=_("For example a copy of the contract."),
    )


class EmployerForm(forms.Form):
    """What an employer said."""

    employer = forms.CharField(label=_("Employer"), max_length=200)
    asked_on = DateField(label=_("Asked on"))
    answer = forms.TypedChoiceField(label=_("Answer"), coerce=EmployerAnswer, choices=choices.ANSWER_CHOICES)
    note = forms.CharField(label=_("Remarks"), max_length=500, required=False)


class PeopleFilter(forms.Form):
    """Whom to show."""

    mark_optional = False
    q = forms.CharField(label=_("Last name"), max_length=120, required=False)
    state = forms.ChoiceField(
        label=_("Standing"),
        required=False,
        choices=[("", _("Every standing")), *choices.PARTICIPANT_STATE_CHOICES],
    )
