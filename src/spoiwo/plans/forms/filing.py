"""How the own office keeps a plan."""

from django import forms
from django.utils.translation import gettext_lazy as _


class FilingForm(forms.Form):
    """Case reference and file class."""

    case_ref = forms.CharField(
        label=_("Case reference (znak sprawy)"),
        required=False,
        max_length=80,
        help_text=_(
            "As in your own files; it stands in the package for your EZD. Other parties do not see it."
        ),
    )
    jrwa = forms.CharField(label=_("File class (JRWA)"), required=False, max_length=20)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
