"""Forms of carrying a plan out."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as now_
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from spoiwo.plans import models
from spoiwo.plans.types import ActionState, PrintForm
from spoiwo.toolkit.forms.fields import DateField

LINES = forms.Textarea(attrs={"rows": 3})


class OutcomeForm(forms.Form):
    """What came of an action."""

    outcome = forms.ChoiceField(
        label=_("What came of it"),
        choices=[one for one in models.ACTION_CHOICES if one[0] in {ActionState.DONE, ActionState.NOT_DONE}],
    )
    on = DateField(label=_("On which day"), help_text="")
    result = forms.CharField(
        label=_("Result, or why it was not done"), max_length=500, required=False, widget=LINES
    )

    def clean_outcome(self) -> ActionState:
        """The code."""
        return ActionState(self.cleaned_data["outcome"])


class EvidenceForm(forms.Form):
    """What proves an action."""

    of_project = forms.ChoiceField(label=_("What the project gave"), required=False)
    text = forms.CharField(
        label=_("Evidence"), max_length=500, required=False, help_text=_("For example: certificate 12/2026.")
    )

    def __init__(self, *args: Any, support: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if support:
            self.fields["of_project"].choices = [("", _("nothing of these")), *support]  # type: ignore[attr-defined]
        else:
            del self.fields["of_project"]
            self.fields["text"].required = True

    def clean(self) -> dict[str, Any]:
        """Something must be said: what the project gave, or other words."""
        entered = self.cleaned_data
        if "text" in entered and not entered["text"] and not entered.get("of_project"):
            self.add_error("text", _("Write what proves the action, or choose what the project gave."))
        return entered


class ReviewForm(forms.Form):
    """A review that was held."""

    held_on = DateField(label=_("Held on"), help_text="")
    conclusions = forms.CharField(
        label=_("What was agreed"), max_length=4000, widget=forms.Textarea(attrs={"rows": 5})
    )


class ContactForm(forms.Form):
    """A contact with the person."""

    on = DateField(label=_("On which day"), help_text="")
    kind = forms.ChoiceField(label=pgettext_lazy("contact", "How"), choices=models.CONTACT_CHOICES)
    note = forms.CharField(label=_("What about"), max_length=1000, required=False, widget=LINES)


class NonComplianceForm(forms.Form):
    """That the person did not keep to the plan."""

    on = DateField(label=_("On which day"), help_text="")
    action = forms.ChoiceField(label=_("Which action"), required=False)
    text = forms.CharField(
        label=_("What happened"), max_length=1000, widget=LINES, help_text=_("Facts only, no opinions.")
    )
    evidence = forms.CharField(label=_("What proves it"), max_length=500)

    def __init__(self, *args: Any, actions: Sequence[tuple[Any, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["action"].choices = [("", now_("none in particular")), *actions]  # type: ignore[attr-defined]


class RemarkForm(forms.Form):
    """What is added to an entry about non-compliance."""

    kind = forms.ChoiceField(label=pgettext_lazy("remark", "Kind"), choices=models.REMARK_CHOICES)
    text = forms.CharField(label=_("Text"), max_length=1000, widget=LINES)


class EmploymentForm(forms.Form):
    """Employment so many months after the plan."""

    employment = forms.ChoiceField(label=_("Does the person work?"), choices=models.EMPLOYMENT_CHOICES)
    source = forms.ChoiceField(label=_("Who says so"), choices=models.SOURCE_CHOICES)


class FileForm(forms.Form):
    """A file of plans that were kept elsewhere."""

    file = forms.FileField(
        label=_("CSV or XLSX file"),
        help_text=_("Text in UTF-8 or Windows-1250, or the first sheet of a workbook; at most 50 000 rows."),
    )


class OwnPaperForm(forms.Form):
    """A template of a print."""

    form = forms.TypedChoiceField(label=_("Which print"), choices=models.PRINT_CHOICES, coerce=PrintForm)
    file = forms.FileField(label=_("DOCX file"))


class SelectionForm(forms.Form):
    """A list of clients to be chosen."""

    name = forms.CharField(label=_("Name of the list"), max_length=160)
    criteria = forms.MultipleChoiceField(
        label=_("Whom to choose"), choices=models.CRITERION_CHOICES, widget=forms.CheckboxSelectMultiple
    )
