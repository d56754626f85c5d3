"""Who is meant: fields shared by verifications and enquiries."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from spoiwo.enquiries.types import Filing, Sought
from spoiwo.toolkit.forms.fields import DateField


class WhoFields(forms.Form):
    """PESEL and last name, or both names and the date of birth."""

    pesel = forms.CharField(
        label=_("PESEL number"),
        required=False,
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "numeric"}),
        help_text=_("With the last name it is enough. Without it give both names and the date of birth."),
    )
    last_name = forms.CharField(
        label=_("Last name"), max_length=80, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    first_name = forms.CharField(
        label=_("First name"),
        required=False,
        max_length=80,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    birth_date = DateField(label=_("Date of birth"), required=False)

    def sought(self) -> Sought:
        """Whom the form names."""
        entered = self.cleaned_data
        return Sought(
            last_name=entered["last_name"],
            first_name=entered["first_name"],
            birth_date=entered["birth_date"],
            pesel="".join(entered["pesel"].split()),
        )


class FilingFields(forms.Form):
    """How the office keeps the thing in its own files."""

    case_ref = forms.CharField(
        label=_("Case reference (znak sprawy)"),
        required=False,
        max_length=80,
        help_text=_("As in your own files; it stands on the documents and in the package for your EZD."),
    )
    jrwa = forms.CharField(label=_("File class (JRWA)"), required=False, max_length=20)

    def filing(self) -> Filing:
        """What was entered."""
        return Filing(case_ref=self.cleaned_data["case_ref"], jrwa=self.cleaned_data["jrwa"])


def many(label: Any, choices: Any, **more: Any) -> forms.MultipleChoiceField:
    """Several ticks under one question; the rules say whether some are needed."""
    field = forms.MultipleChoiceField(
        label=label, choices=choices, required=False, widget=forms.CheckboxSelectMultiple, **more
    )
    field.mark_optional = False  # type: ignore[attr-defined]
    return field
