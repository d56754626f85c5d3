"""Fields that several forms of the context share."""

from collections.abc import Iterable
from html import escape as escaped
from typing import Any

from django import forms
from django.forms.utils import flatatt
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _

Choices = Iterable[tuple[Any, Any]]


def escape(value: object) -> str:
    """Text for HTML; a name that holds marks already is not trusted either."""
    return escaped(str(value))


class LongSelect(forms.Select):
    """A list of hundreds of rows, written at one go: a template for each option would cost more than the page."""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:  # noqa: ARG002
        """The whole list."""
        chosen = set(self.format_value(value))
        options = mark_safe(  # noqa: S308 every part is escaped here
            "".join(
                f'<option value="{escape(key)}"{" selected" if str(key) in chosen else ""}>{escape(label)}</option>'
                for key, label in self.choices
            )
        )
        return format_html(
            "<select{}>{}</select>", flatatt({"name": name, **self.build_attrs(self.attrs, attrs)}), options
        )


class RowField(forms.TypedChoiceField):
    """A row chosen by its id; nothing chosen is None."""

    widget = LongSelect

    def __init__(self, *, rows: Choices = (), **kwargs: Any) -> None:
        super().__init__(coerce=int, empty_value=None, **kwargs)
        self.offer(rows)

    def offer(self, rows: Choices) -> None:
        """Say what may be chosen: flat pairs, which need not be looked through for groups."""
        self._choices = self.widget.choices = [("", _("Not chosen")), *rows]


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
