"""Forms of the directory: filters, an institution, its kinds, a file of institutions."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from spoiwo.institutions.messages import FIELD_NAMES, KIND_NAMES
from spoiwo.institutions.rules import LENGTHS, values_of
from spoiwo.institutions.types import InstitutionDetails, Kind, KindPeriod
from spoiwo.toolkit.forms.fields import DateField

UNITS_LIST = "teryt-units"  # id of the <datalist> that the template writes
_PLAIN = forms.TextInput(attrs={"autocomplete": "off"})


class DirectoryFilter(forms.Form):
    """What to look for in the directory."""

    mark_optional = False
    q = forms.CharField(label=_("Name or place"), required=False, max_length=200)
    kind = forms.ChoiceField(label=_("What it is"), required=False)
    county = forms.ChoiceField(label=_("County"), required=False)

    def __init__(self, *args: Any, counties: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        """counties: those in which institutions sit (code, name)."""
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [  # type: ignore[attr-defined]
            ("", _("all kinds")),
            *((kind.value, name) for kind, name in KIND_NAMES.items()),
        ]
        self.fields["county"].choices = [("", _("all counties")), *counties]  # type: ignore[attr-defined]


class InstitutionForm(forms.Form):
    """What the directory says of an institution; kinds come from KindFormSet."""

    name = forms.CharField(label=FIELD_NAMES["name"], max_length=LENGTHS["name"])
    short_name = forms.CharField(
        label=FIELD_NAMES["short_name"],
        max_length=LENGTHS["short_name"],
        help_text=_(
            "As people say it, for example “PUP Żagań”. It stands beside data from this institution."
        ),
    )
    running_body_id = forms.TypedChoiceField(
        label=FIELD_NAMES["running_body_id"],
        coerce=int,
        empty_value=None,
        required=False,
        help_text=_("The body that runs it, when that is another institution."),
    )
    street = forms.CharField(label=FIELD_NAMES["street"], max_length=LENGTHS["street"], required=False)
    postal_code = forms.CharField(label=FIELD_NAMES["postal_code"], max_length=10, required=False)
    place = forms.CharField(label=FIELD_NAMES["place"], max_length=LENGTHS["place"], required=False)
    teryt = forms.CharField(
        label=FIELD_NAMES["teryt"],
        max_length=15,
        required=False,
        widget=forms.TextInput(attrs={"list": UNITS_LIST, "autocomplete": "off"}),
        help_text=_("Start typing the name or the code and choose from the list."),
    )
    area = forms.CharField(
        label=FIELD_NAMES["area"],
        max_length=15,
        required=False,
        widget=forms.TextInput(attrs={"list": UNITS_LIST, "autocomplete": "off"}),
        help_text=_("The voivodeship, county or commune whose people it serves."),
    )
    nip = forms.CharField(label=FIELD_NAMES["nip"], max_length=20, required=False, widget=_PLAIN)
    regon = forms.CharField(label=FIELD_NAMES["regon"], max_length=20, required=False, widget=_PLAIN)
    krs = forms.CharField(label=FIELD_NAMES["krs"], max_length=20, required=False, widget=_PLAIN)
    e_delivery = forms.CharField(
        label=FIELD_NAMES["e_delivery"],
        max_length=LENGTHS["e_delivery"],
        required=False,
        widget=_PLAIN,
        help_text=_("For example AE:PL-12345-67890-ABCDE-12."),
    )
    email = forms.CharField(
        label=FIELD_NAMES["email"], max_length=LENGTHS["email"], required=False, widget=_PLAIN
    )
    phone = forms.CharField(
        label=FIELD_NAMES["phone"], max_length=LENGTHS["phone"], required=False, widget=_PLAIN
    )
    website = forms.CharField(
        label=FIELD_NAMES["website"], max_length=LENGTHS["website"], required=False, widget=_PLAIN
    )
    social_enterprise_from = DateField(label=FIELD_NAMES["social_enterprise_from"], required=False)
    social_enterprise_to = DateField(label=FIELD_NAMES["social_enterprise_to"], required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, bodies: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        """bodies: institutions that may run this one (id, name)."""
        super().__init__(*args, **kwargs)
        self.fields["running_body_id"].choices = [("", _("none")), *bodies]  # type: ignore[attr-defined]

    def details(self, kinds: Sequence[KindPeriod]) -> InstitutionDetails:
        """The cleaned values as the services take them."""
        values = {
            field: value for field, value in self.cleaned_data.items() if field not in ("version", "code")
        }
        return InstitutionDetails(kinds=tuple(kinds), **values)


class NewInstitutionForm(InstitutionForm):
    """An institution that is not in the directory yet."""

    code = forms.CharField(
        label=FIELD_NAMES["code"],
        max_length=40,
        required=False,
        widget=_PLAIN,
        help_text=_("It stands in addresses and never changes. Left empty, it is made from the short name."),
    )


class KindForm(forms.Form):
    """One of the things an institution is; left empty, the row does not count."""

    mark_optional = False
    kind = forms.ChoiceField(label=_("Kind"), required=False)
    valid_from = DateField(label=_("First day"), required=False, help_text="")
    valid_to = DateField(label=_("Last day"), required=False, help_text="")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Take the kinds in the language in force."""
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [  # type: ignore[attr-defined]
            ("", "–"),
            *((kind.value, name) for kind, name in KIND_NAMES.items()),
        ]


KindFormSet = forms.formset_factory(KindForm, extra=2, max_num=len(Kind), validate_max=True)


def kinds_of(formset: Any) -> list[KindPeriod]:
    """The rows that name a kind."""
    return [
        KindPeriod(Kind(row["kind"]), row["valid_from"], row["valid_to"])
        for row in formset.cleaned_data
        if row.get("kind")
    ]


def initial_kinds(details: InstitutionDetails) -> list[dict[str, object]]:
    """Rows of KindFormSet for what an institution is now."""
    return [
        {"kind": one.kind.value, "valid_from": one.valid_from, "valid_to": one.valid_to}
        for one in details.kinds
    ]


def initial_values(details: InstitutionDetails, *, version: int) -> dict[str, object]:
    """Values of InstitutionForm for what the directory says now."""
    return {**values_of(details), "version": version}


class ClosingForm(forms.Form):
    """When an institution stopped."""

    closed_on = DateField(label=_("Closed on"))


class UploadForm(forms.Form):
    """A file with institutions."""

    file = forms.FileField(
        label=_("File with institutions"), widget=forms.FileInput(attrs={"accept": ".csv,.xlsx"})
    )
    keep_good = forms.BooleanField(
        label=_("Bring in the good rows even when others are refused"),
        required=False,
        help_text=_(
            "You can download the refused rows with the reasons. Without the tick it is all rows or none."
        ),
    )
