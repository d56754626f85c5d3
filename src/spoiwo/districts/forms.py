"""Forms of districts."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from spoiwo.districts.models import PARITY_CHOICES, STATE_CHOICES
from spoiwo.districts.types import Address, Parity, RangeDetails
from spoiwo.toolkit.forms.fields import DateField

UNITS_LIST = "teryt-units"  # id of the <datalist> that the template writes


class UnitField(forms.CharField):
    """As in "0801052 Lubiszyn" or a bare code; the value is the code."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.TextInput(attrs={"list": UNITS_LIST, "autocomplete": "off"})
        super().__init__(**{"widget": widget, "max_length": 120, **kwargs})

    def clean(self, value: Any) -> str:
        """The code before the name."""
        text = super().clean(value)
        return text.strip().split(" ")[0] if text else ""


class DistrictForm(forms.Form):
    """A district: its code, name, and an institution asked to work by it too."""

    code = forms.CharField(label=_("Code"), max_length=20, help_text=_("For example 4 or Z-2."))
    name = forms.CharField(label=_("Name"), max_length=120, help_text=_("For example Zawarcie and Zakanale."))
    partner = forms.TypedChoiceField(
        label=_("Shared with"),
        required=False,
        coerce=int,
        empty_value=None,
        help_text=_(
            "The other institution has to agree; then it names its own worker for the same district."
        ),
    )

    def __init__(self, *args: Any, partners: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["partner"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("nobody")), *partners]

    def values(self) -> dict[str, Any]:
        """As services take them."""
        entered = self.cleaned_data
        return {"code": entered["code"], "name": entered["name"], "partner_id": entered["partner"]}


class RangeForm(forms.Form):
    """Addresses for a district; the emptier, the more addresses."""

    teryt = UnitField(label=_("Commune or county"))
    place = forms.CharField(
        label=_("Place"), max_length=80, required=False, help_text=_("Empty: all places of the commune.")
    )
    street = forms.CharField(
        label=_("Street"), max_length=120, required=False, help_text=_("Empty: all streets.")
    )
    parity = forms.ChoiceField(label=_("Numbers"), choices=PARITY_CHOICES, initial=Parity.ALL)
    first_house = forms.CharField(
        label=_("From number"), max_length=8, required=False, help_text=_("For example 1 or 12A.")
    )
    last_house = forms.CharField(
        label=_("To number"),
        max_length=8,
        required=False,
        help_text=_("12 takes in 12A and 12B too; 12A ends there."),
    )
    valid_from = DateField(label=_("Valid from"))
    valid_to = DateField(label=_("Valid to"), required=False)

    def details(self) -> RangeDetails:
        """As services take them."""
        entered = self.cleaned_data
        return RangeDetails(**{**entered, "parity": Parity(entered["parity"])})


class EndForm(forms.Form):
    """The last day."""

    last_day = DateField(label=_("Last day"))


class WorkerForm(forms.Form):
    """Who serves a district from a day on."""

    user = forms.TypedChoiceField(label=_("Worker"), required=False, coerce=int, empty_value=None)
    name = forms.CharField(label=_("Somebody without an account here"), max_length=120, required=False)
    since = DateField(label=_("From"))

    def __init__(self, *args: Any, staff: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["user"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("choose")), *staff]

    def clean(self) -> dict[str, Any]:
        """Somebody has to be named."""
        entered = super().clean() or {}
        if not entered.get("user") and not entered.get("name"):
            raise forms.ValidationError(_("Choose a worker or write a name."), code="nobody")
        return entered


class AddressForm(forms.Form):
    """An address to look up."""

    mark_optional = False
    teryt = UnitField(label=_("Commune"))
    place = forms.CharField(label=_("Place"), max_length=80, required=False)
    street = forms.CharField(label=_("Street"), max_length=120, required=False)
    house = forms.CharField(label=_("House number"), max_length=20, required=False)

    def address(self) -> Address:
        """As queries take it."""
        return Address(**self.cleaned_data)


class ImportForm(forms.Form):
    """A file of districts."""

    file = forms.FileField(
        label=_("File"), help_text=_("CSV or XLSX, as spreadsheets save it; at most 10 MB.")
    )


class HandOverFilter(forms.Form):
    """Which hand-overs to show."""

    mark_optional = False
    whose = forms.ChoiceField(
        label=_("Whose"), required=False, choices=[("", _("Mine")), ("all", _("Everybody's"))]
    )
    state = forms.ChoiceField(
        label=_("Standing"), required=False, choices=[("", _("Not finished")), *STATE_CHOICES]
    )


class NoteForm(forms.Form):
    """What the next worker should know."""

    note = forms.CharField(
        label=_("What the next worker should know"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class SubstituteForm(forms.Form):
    """Who stands in, and when."""

    substitute_id = forms.TypedChoiceField(label=_("Who stands in for you"), coerce=int)
    starts_on = DateField(label=_("From"))
    ends_on = DateField(label=_("To, included"))

    def __init__(self, *args: Any, colleagues: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["substitute_id"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = colleagues
