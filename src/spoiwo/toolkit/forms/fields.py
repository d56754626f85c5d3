"""Form fields that read what Polish offices write."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

# Day first, whatever the language of the page: a colleague reading in English still types Polish dates.
DATE_FORMATS = ("%d.%m.%Y", "%Y-%m-%d", "%d-%m-%Y", "%d/%m/%Y")


class DateField(forms.DateField):
    """A day in one text box: "3.02.2024", "3 . 2 . 2024", "2024-02-03"; a trailing "r." is forgiven."""

    widget = forms.DateInput(format="%d.%m.%Y", attrs={"autocomplete": "off"})
    default_error_messages: ClassVar = {
        "invalid": _("Enter the date as day, month and year, for example 3.02.2024."),
        "required": _("Enter the date."),
    }

    def __init__(self, *, help_text: Any = None, **kwargs: Any) -> None:
        """Take the options of Django's field; without a hint of its own the field shows an example."""
        kwargs.setdefault("input_formats", DATE_FORMATS)
        super().__init__(help_text=_("For example 3.02.2024.") if help_text is None else help_text, **kwargs)

    def to_python(self, value: Any) -> date | None:
        """Read the day, forgiving spaces around the dots and the "r." after the year."""
        if isinstance(value, str):
            value = re.sub(r"\s+|r\.?\s*$", "", value.strip())
        return super().to_python(value)


@dataclass(frozen=True)
class Described:
    """The label of an option that also carries a hint, shown in small print under it; both may be lazy."""

    label: Any
    hint: Any

    def __str__(self) -> str:
        return str(self.label)


def described_choices(choices: Iterable[tuple[str, Any, Any]]) -> list[tuple[str, Described]]:
    """Django's choices from (value, label, hint), for radios and checkboxes whose options carry a hint."""
    return [(value, Described(label, hint)) for value, label, hint in choices]
