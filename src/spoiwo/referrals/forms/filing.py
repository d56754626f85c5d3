"""How the own office keeps a referral."""

from django import forms
from django.utils.translation import gettext_lazy as _


class FilingForm(forms.Form):
    """Case reference and file class; seen_*: what stood there when the form was opened."""

    case_ref = forms.CharField(
        label=_("Case reference (znak sprawy)"),
        required=False,
        max_length=80,
        help_text=_("As in your own files; it stands on the documents and in the package for your EZD."),
    )
    jrwa = forms.CharField(label=_("File class (JRWA)"), required=False, max_length=20)
    seen_case_ref = forms.CharField(widget=forms.HiddenInput, required=False, max_length=80)
    seen_jrwa = forms.CharField(widget=forms.HiddenInput, required=False, max_length=20)
