"""Fields that several forms of the context share."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

Choices = Iterable[tuple[Any, Any]]


class RowField(forms.TypedChoiceField):
    """A row chosen by its id; nothing chosen is None."""

    def __init__(self, *, rows: Choices = (), **kwargs: Any) -> None:
        super().__init__(coerce=int, empty_value=None, **kwargs)
        self.offer(rows)

    def offer(self, rows: Choices) -> None:
        """Say what may be chosen."""
        self.choices = [("", _("Not chosen")), *rows]


def long_text(**kwargs: Any) -> forms.CharField:
    """A text of several lines."""
    rows = kwargs.pop("rows", 4)
    return forms.CharField(widget=forms.Textarea(attrs={"rows": rows}), **kwargs)


def time_field(**kwargs: Any) -> forms.TimeField:
    """An hour as 9:30 or 9.30."""
    return forms.TimeField(
        input_formats=["%H:%M", "%H.%M"],
        widget=forms.TimeInput(
            format="%H:%M", attrs={"class": "govuk-input--width-5", "autocomplete": "off"}
        ),
        error_messages={"invalid": _("Enter the hour, for example 9:30.")},
        required=False,
        **kwargs,
    )
