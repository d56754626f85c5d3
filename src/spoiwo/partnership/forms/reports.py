"""Forms of the annual report."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from spoiwo.partnership.forms.fields import RowField, long_text
from spoiwo.partnership.models import Body
from spoiwo.toolkit.forms.fields import DateField


class ReportForm(forms.Form):
    """The words of a report."""

    narrative = long_text(label=_("What happened in the year"), required=False, rows=14)
    effects = long_text(label=_("Effects"), required=False, rows=8)


class PeriodForm(forms.Form):
    """From when to when, and of which body."""

    mark_optional = False
    od = DateField(label=_("From"))
    do = DateField(label=_("To"))
    cialo = RowField(label=_("Body"), required=False)

    def __init__(self, data: Any, *, bodies: Sequence[Body]) -> None:
        super().__init__(data)
        self._bodies = {one.pk: one for one in bodies}
        self.fields["cialo"].offer([(one.pk, one.name) for one in bodies])  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """The last day is not before the first."""
        cleaned = super().clean() or {}
        if cleaned.get("od") and cleaned.get("do") and cleaned["do"] < cleaned["od"]:
            self.add_error("do", _("The last day is before the first."))
        return cleaned

    def chosen(self) -> tuple[date, date, Body | None]:
        """First day, last day, body; call after `is_valid`."""
        entered = self.cleaned_data
        return entered["od"], entered["do"], self._bodies.get(entered["cialo"])


class FigureForm(forms.Form):
    """A figure that the registers do not hold."""

    label = forms.CharField(label=_("What is counted"), max_length=200)
    value = forms.IntegerField(label=_("How many"), min_value=0)
    reason = forms.CharField(
        label=_("Why it is entered by hand"), max_length=250, help_text=_("It is shown beside the figure.")
    )
