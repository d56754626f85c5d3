"""Forms of the annual report."""

from django import forms
from django.utils.translation import gettext_lazy as _

from spoiwo.partnership.forms.fields import long_text


class ReportForm(forms.Form):
    """The words of a report."""

    narrative = long_text(label=_("What happened in the year"), required=False, rows=14)
    effects = long_text(label=_("Effects"), required=False, rows=8)


class FigureForm(forms.Form):
    """A figure that the registers do not hold."""

    label = forms.CharField(label=_("What is counted"), max_length=200)
    value = forms.IntegerField(label=_("How many"), min_value=0)
    reason = forms.CharField(
        label=_("Why it is entered by hand"), max_length=250, help_text=_("It is shown beside the figure.")
    )
