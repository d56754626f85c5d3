"""Forms of discovery: with whom a round begins, and files of the connector."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from spoiwo.discovery.queries import Offer


class BeginForm(forms.Form):
    """With whom a round begins."""

    offer = forms.ChoiceField(label=_("Institution and agreement"), widget=forms.Select)

    def __init__(self, *args: Any, offers: Sequence[Offer], **kwargs: Any):
        """offers: partners under agreements in force."""
        super().__init__(*args, **kwargs)
        self._offers = {f"{one.agreement_id}-{one.partner_id}": one for one in offers}
        self.fields["offer"].choices = [  # type: ignore[attr-defined]
            (code, f"{one.partner} ({one.agreement_number})") for code, one in self._offers.items()
        ]

    @property
    def chosen(self) -> Offer:
        """What was chosen; call when the form is valid."""
        return self._offers[self.cleaned_data["offer"]]


class TokensForm(forms.Form):
    """The file of tokens."""

    file = forms.FileField(
        label=_("File of tokens"),
        help_text=_("The connector wrote it: tokens.spoiwo. It holds no names and no numbers."),
    )


class ParcelForm(forms.Form):
    """The file of sealed fields."""

    file = forms.FileField(
        label=_("File of sealed data"),
        help_text=_("The connector wrote it: parcel.json. Only the other office can open it."),
    )
