"""The participants' file of the EU fund."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from spoiwo.toolkit.forms.fields import DateField


class FundDaysForm(forms.Form):
    """Whose support the file tells of."""

    first = DateField(label=_("From"), help_text="")
    last = DateField(label=_("To"), help_text="")

    def clean(self) -> dict[str, Any]:
        """Days in their order."""
        cleaned = super().clean() or {}
        if cleaned.get("first") and cleaned.get("last") and cleaned["first"] > cleaned["last"]:
            self.add_error("last", _("The last day comes before the first."))
        return cleaned


class FundColumnsForm(forms.Form):
    """The columns of the file."""

    columns = forms.CharField(
        label=_("Columns"),
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 18, "spellcheck": "false"}),
        help_text=_("One column a line: the header, a colon, and the field, or = and a fixed text."),
    )
