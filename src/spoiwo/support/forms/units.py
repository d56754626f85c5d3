"""A commune or a county, chosen from a list or typed as a code."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

UNITS_LIST = "teryt-units"  # id of the <datalist> that the template writes
LENGTHS = (4, 7)


class UnitField(forms.CharField):
    """As in "0801052 Lubiszyn" or a bare code of a commune (7 digits) or county (4); the value is the code."""

    default_error_messages = {"unknown": _("Choose a commune or county from the list.")}  # noqa: RUF012 Django's way

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.TextInput(attrs={"list": UNITS_LIST, "autocomplete": "off"}))
        kwargs.setdefault("max_length", 80)
        super().__init__(**kwargs)

    def clean(self, value: Any) -> str:
        """The code."""
        text = super().clean(value)
        code = text.strip().split(" ")[0] if text else ""
        if code and not (code.isdigit() and len(code) in LENGTHS):
            raise forms.ValidationError(self.error_messages["unknown"], code="unknown")
        return code
