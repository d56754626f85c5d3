"""Forms of a plan and of its draft."""

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as now_
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from spoiwo.kernel.ids import new_uuid
from spoiwo.kernel.money import NotMoney, Zloty
from spoiwo.plans import models
from spoiwo.plans.messages import FIELD_NAMES, PERSON_NAME
from spoiwo.plans.types import (
    PERSON,
    ActionDraft,
    Area,
    GoalDraft,
    Paper,
    PaperKind,
    Payment,
    Worker,
    WorkerRole,
)
from spoiwo.toolkit.forms.fields import DATE_FORMATS, DateField

Choices = Sequence[tuple[Any, Any]]
_PAYMENT = re.compile(r"^(\S+)\s+(.+)$")

PROJECTS_LIST = "projects"  # id of the <datalist> that the template writes


class StartForm(forms.Form):
    """A new plan: with whom, from which template, from when."""

    partners = forms.TypedMultipleChoiceField(
        label=_("Together with"), coerce=int, widget=forms.CheckboxSelectMultiple
    )
    template = forms.TypedChoiceField(label=_("Begin with"), coerce=int)
    starts_on = DateField(label=_("Begins on"), help_text="")
    worker = forms.ChoiceField(label=_("What I am in this plan"), choices=models.ROLE_CHOICES)

    def __init__(self, *args: Any, partners: Choices, templates: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["partners"].choices = partners  # type: ignore[attr-defined]
        self.fields["template"].choices = [*templates, (0, now_("Nothing: an empty plan"))]  # type: ignore[attr-defined]


class SectionForm(forms.Form):
    """A section of the draft; carries the edit version it was opened with."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)


class BasicsForm(SectionForm):
    """The problem and the days."""

    problem = forms.CharField(
        label=FIELD_NAMES["problem"],
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("In words that the person would use too."),
    )
    starts_on = DateField(label=FIELD_NAMES["starts_on"], help_text="")
    ends_on = DateField(label=FIELD_NAMES["ends_on"], help_text="")


class GoalForm(SectionForm):
    """A goal with a result that can be measured."""

    text = forms.CharField(
        label=_("Goal"), max_length=300, help_text=_("What will be different? For example: I work.")
    )
    measure = forms.CharField(label=FIELD_NAMES["measure"], max_length=200)
    baseline = forms.CharField(label=FIELD_NAMES["baseline"], max_length=200)
    target = forms.CharField(label=FIELD_NAMES["target"], max_length=200)
    due_on = DateField(label=FIELD_NAMES["due_on"], help_text="")

    def goal(self, key: str) -> GoalDraft:
        """The goal as it was filled in."""
        values = {name: value for name, value in self.cleaned_data.items() if name != "version"}
        return GoalDraft(key=key or str(new_uuid()), **values)


class ActionForm(SectionForm):
    """An action with exactly one owner among the parties."""

    text = forms.CharField(label=_("What is to be done"), max_length=300)
    owner = forms.TypedChoiceField(label=FIELD_NAMES["owner"], coerce=int)
    responsible = forms.TypedChoiceField(
        label=FIELD_NAMES["responsible"],
        coerce=int,
        required=False,
        empty_value=0,  # type: ignore[arg-type]
    )
    area = forms.ChoiceField(label=FIELD_NAMES["area"], choices=models.AREA_CHOICES)
    starts_on = DateField(label=FIELD_NAMES["starts_on"], help_text="")
    due_on = DateField(label=FIELD_NAMES["due_on"], help_text="")
    service = forms.CharField(label=FIELD_NAMES["service"], max_length=200, required=False)
    evidence = forms.CharField(label=FIELD_NAMES["evidence"], max_length=300, required=False)
    project = forms.CharField(
        label=FIELD_NAMES["project"],
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"list": PROJECTS_LIST}),
    )

    def __init__(self, *args: Any, parties: Choices, staff: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].choices = [*parties, (PERSON, PERSON_NAME)]  # type: ignore[attr-defined]
        self.fields["responsible"].choices = [(0, now_("nobody by name")), *staff]  # type: ignore[attr-defined]

    def action(self, key: str) -> ActionDraft:
        """The action as it was filled in."""
        values = {name: value for name, value in self.cleaned_data.items() if name != "version"}
        names = dict(self.fields["responsible"].choices)  # type: ignore[attr-defined]
        made = ActionDraft(key=key or str(new_uuid()), **values)
        who = str(names[made.responsible]) if made.responsible else ""
        return replace(made, area=Area(made.area), responsible_name=who)


class SupportForm(SectionForm):
    """The schedule of decreasing financial support, an amount a line."""

    schedule = forms.CharField(
        label=_("Financial support"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("One line for each change: the day and the amount a month, such as 1.12.2026 600,00."),
    )

    def clean_schedule(self) -> tuple[Payment, ...]:
        """The lines as payments."""
        lines = [line.strip() for line in self.cleaned_data["schedule"].splitlines() if line.strip()]
        return tuple(self._payment(line) for line in lines)

    @staticmethod
    def _payment(line: str) -> Payment:
        refusal = forms.ValidationError(
            now_("“%(line)s” is no day with an amount, such as 1.12.2026 600,00."), params={"line": line}
        )
        found = _PAYMENT.match(line)
        if found is None:
            raise refusal
        try:
            day = forms.DateField(input_formats=DATE_FORMATS).clean(found[1])
            amount = Zloty.parse(found[2]).amount
        except (forms.ValidationError, NotMoney) as error:
            raise refusal from error
        if amount < Decimal(0):
            raise refusal
        return Payment(from_on=day, amount=amount)


def schedule_text(payments: Sequence[Payment]) -> str:
    """Payments as the lines that the form reads."""
    lines = (f"{one.from_on:%d.%m.%Y} {str(one.amount).replace('.', ',')}" for one in payments)
    return "\n".join(lines)


class PaperForm(forms.Form):
    """A statutory paper to link."""

    kind = forms.ChoiceField(label=pgettext_lazy("paper", "Kind"), choices=models.PAPER_CHOICES)
    owner = forms.TypedChoiceField(label=_("Whose paper it is"), coerce=int)
    number = forms.CharField(label=FIELD_NAMES["number"], max_length=80)
    signed_on = DateField(label=FIELD_NAMES["signed_on"], help_text="")

    def __init__(self, *args: Any, parties: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].choices = parties  # type: ignore[attr-defined]

    def paper(self) -> Paper:
        """The paper as it was filled in."""
        return Paper(**{**self.cleaned_data, "kind": PaperKind(self.cleaned_data["kind"])})


class WorkersForm(SectionForm):
    """Who works with the person, one for each role."""

    def __init__(self, *args: Any, staff: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._staff = dict(staff)
        for role, label in models.ROLE_CHOICES:
            self.fields[role.value] = forms.ChoiceField(
                label=label, choices=[("", now_("nobody")), *staff], required=False
            )

    def workers(self) -> list[Worker]:
        """Those who were chosen."""
        chosen = [(role, self.cleaned_data[role.value]) for role in WorkerRole]
        return [
            Worker(
                role=role,
                institution=int(choice.split(":")[0]),
                user=int(choice.split(":")[1]),
                name=str(self._staff[choice]),
            )
            for role, choice in chosen
            if choice
        ]


class SignForm(forms.Form):
    """Signing: what was read, and the password once more."""

    fingerprint = forms.CharField(widget=forms.HiddenInput)
    password = forms.CharField(
        label=_("Your password"),
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        help_text=_("You sign for your institution. The password shows that it is you."),
    )


class PaperSignatureForm(forms.Form):
    """The person's signature on paper."""

    fingerprint = forms.RegexField(
        r"^[0-9a-fA-F ]{16,80}$",
        label=_("Code on the signed print"),
        help_text=_("It stands at the foot of the print; the first 16 signs are enough."),
    )
    signed_on = DateField(label=FIELD_NAMES["signed_on"], help_text="")
    scan = forms.FileField(
        label=_("Scan of the signed print"), help_text=_("PDF, JPEG or PNG, at most 5 MB.")
    )
    witnessed = forms.BooleanField(label=_("I was there when the person signed"))

    def clean_fingerprint(self) -> str:
        """The code without spaces."""
        return re.sub(r"\s", "", self.cleaned_data["fingerprint"]).lower()


class StepForm(forms.Form):
    """A step with the whole plan."""

    reason = forms.CharField(
        label=_("Reason"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )


class NameForm(forms.Form):
    """A name for a template."""

    name = forms.CharField(label=_("Name of the template"), max_length=160)


class FilterForm(forms.Form):
    """The list of plans narrowed."""

    state = forms.ChoiceField(label=pgettext_lazy("plan", "Standing"), required=False)
    mine = forms.BooleanField(label=_("Only those I answer for"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["state"].choices = [("", now_("all")), *models.STATE_CHOICES]  # type: ignore[attr-defined]
