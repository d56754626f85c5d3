"""Forms of answers, documents and messages."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from spoiwo.access.messages import CATEGORY_NAMES
from spoiwo.access.types import Category
from spoiwo.enquiries import models
from spoiwo.enquiries.forms.who import FilingFields, many
from spoiwo.enquiries.rules.signatures import BIGGEST
from spoiwo.enquiries.services.answering import Given
from spoiwo.enquiries.types import ASKABLE


class AnswerForm(FilingFields):
    """Which lines leave. The lines themselves are ticked on the page."""

    record = forms.UUIDField(widget=forms.HiddenInput)
    digest = forms.CharField(widget=forms.HiddenInput)

    def given(self, keys: list[str]) -> Given:
        """What was confirmed."""
        return Given(
            record=self.cleaned_data["record"],
            keys=frozenset(keys),
            digest=self.cleaned_data["digest"],
            filing=self.filing(),
        )


class RefuseForm(FilingFields):
    """Why the enquiry is refused."""

    reason = forms.ChoiceField(label=_("Reason"), choices=models.REFUSAL_CHOICES)
    note = forms.CharField(
        label=_("What the other side should know"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    field_order = ("reason", "note")


class CertificateForm(FilingFields):
    """What a certificate confirms and what for."""

    categories = many(
        _("What is confirmed"),
        [(one, CATEGORY_NAMES[one]) for one in ASKABLE],
        initial=[Category.IDENTITY, Category.STATUS],
    )
    purpose = forms.CharField(label=_("What the certificate is for"), max_length=200)
    legal_basis = forms.CharField(
        label=_("Legal basis on the document"),
        max_length=250,
        initial="art. 217 ustawy z dnia 14 czerwca 1960 r. – Kodeks postępowania administracyjnego",
    )
    field_order = ("categories", "purpose", "legal_basis")


class _FileForm(forms.Form):
    """A file of at most ten megabytes."""

    file = forms.FileField(label=_("File"))

    def clean_file(self) -> bytes:
        """What the file holds."""
        sent: Any = self.cleaned_data["file"]
        if sent.size > BIGGEST:
            raise forms.ValidationError(_("This file is too big."))
        return bytes(sent.read())


class SignedForm(_FileForm):
    """The file that was signed outside."""

    file = forms.FileField(
        label=_("Signed file"),
        help_text=_(
            "The PDF with the signature inside (PAdES), or the file with the signature (XAdES, CAdES)."
        ),
    )


class CheckForm(_FileForm):
    """A file that somebody holds and wants to compare."""


class WithdrawForm(forms.Form):
    """Why a document is taken back."""

    reason = forms.CharField(
        label=_("Why it is withdrawn"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )


class MessageForm(forms.Form):
    """What one worker tells the others."""

    to = forms.TypedChoiceField(label=_("To"), coerce=int)
    text = forms.CharField(label=_("Message"), max_length=4000, widget=forms.Textarea(attrs={"rows": 4}))

    def __init__(self, *args: Any, to: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].choices = to  # type: ignore[attr-defined]
        if len(to) == 1:
            self.fields["to"].widget = forms.HiddenInput()
            self.fields["to"].initial = to[0][0]
