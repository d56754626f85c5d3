"""The form of a term of answers."""

from django import forms
from django.utils.translation import gettext_lazy as _

from spoiwo.enquiries.rules.asking import MOST_DAYS
from spoiwo.enquiries.services.terms import Term


class TermForm(forms.Form):
    """How many days, where that comes from, whether a lawyer has confirmed it."""

    days = forms.IntegerField(
        label=_("Days to answer"),
        min_value=1,
        max_value=MOST_DAYS,
        help_text=_("Counted from the day on which the enquiry is sent."),
    )
    source = forms.CharField(
        label=_("Where it comes from"),
        max_length=250,
        help_text=_("The provision, or who decided it."),
    )
    confirmed = forms.BooleanField(label=_("A lawyer has confirmed it"), required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def term(self) -> Term:
        """What was entered."""
        entered = self.cleaned_data
        return Term(days=entered["days"], source=entered["source"], is_example=not entered["confirmed"])
