"""A kind of path described as data."""

import json
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class TemplateForm(forms.Form):
    """The description of a kind of path, in JSON."""

    plan = forms.CharField(
        label=_("Description"),
        max_length=50_000,
        widget=forms.Textarea(attrs={"rows": 12, "spellcheck": "false"}),
        help_text=_("Copy one of those below and change it. The same code makes a new version of that kind."),
    )

    def clean_plan(self) -> dict[str, Any]:
        """The description as data."""
        try:
            plan = json.loads(self.cleaned_data["plan"])
        except ValueError as error:
            raise forms.ValidationError(_("The description is not valid JSON.")) from error
        if not isinstance(plan, dict):
            raise forms.ValidationError(_("The description is not valid JSON."))
        return plan
