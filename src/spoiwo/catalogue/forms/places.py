"""Forms for looking for places and for writing them down."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from spoiwo.catalogue.messages import FIELD_NAMES
from spoiwo.catalogue.models import FUNDING_CHOICES, GROUP_CHOICES, KIND_CHOICES
from spoiwo.catalogue.queries.finding import ORDERS
from spoiwo.catalogue.types import (
    CORRECTED_FIELDS,
    Funding,
    MissingPlace,
    PlaceDetails,
    PlaceKind,
    TargetGroup,
    Wanted,
)

Units = Iterable[tuple[str, str]]


class SearchForm(forms.Form):
    """What somebody looks for. units: communes and counties to choose from."""

    mark_optional = False
    q = forms.CharField(label=_("Words"), required=False, max_length=200)
    kind = forms.ChoiceField(
        label=FIELD_NAMES["kind"], required=False, choices=[("", _("Any kind")), *KIND_CHOICES]
    )
    group = forms.ChoiceField(
        label=FIELD_NAMES["groups"], required=False, choices=[("", _("Anybody")), *GROUP_CHOICES]
    )
    area = forms.ChoiceField(label=_("Where the person lives"), required=False)
    free = forms.BooleanField(label=_("Only with a free place"), required=False)
    fresh = forms.BooleanField(label=_("Only confirmed entries"), required=False)

    def __init__(self, *args: Any, units: Units, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["area"].choices = [("", _("Anywhere")), *units]  # type: ignore[attr-defined]

    def wanted(self, sort: str = "name") -> Wanted:
        """What was entered; what cannot be understood is looked for everywhere."""
        self.is_valid()
        entered = self.cleaned_data
        return Wanted(
            text=entered.get("q", ""),
            kind=entered.get("kind", ""),
            group=entered.get("group", ""),
            area=entered.get("area", ""),
            only_free=entered.get("free", False),
            only_fresh=entered.get("fresh", False),
            sort=sort if sort in ORDERS else "name",
        )


class PlaceForm(forms.Form):
    """An entry of the catalogue."""

    kind = forms.ChoiceField(label=FIELD_NAMES["kind"], choices=KIND_CHOICES)
    name = forms.CharField(label=FIELD_NAMES["name"], max_length=200)
    about = forms.CharField(
        label=FIELD_NAMES["about"],
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("In simple words. Everybody can read it; name no clients."),
    )
    groups = forms.MultipleChoiceField(
        label=FIELD_NAMES["groups"],
        choices=GROUP_CHOICES,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    places_total = forms.IntegerField(
        label=FIELD_NAMES["places_total"],
        required=False,
        min_value=0,
        max_value=100_000,
        help_text=_("Leave it empty when there is no limit."),
    )
    taken_elsewhere = forms.IntegerField(
        label=FIELD_NAMES["taken_elsewhere"],
        min_value=0,
        max_value=100_000,
        initial=0,
        help_text=_("Places taken through referrals are counted by themselves."),
    )
    teryt = forms.ChoiceField(label=FIELD_NAMES["teryt"], required=False)
    areas = forms.MultipleChoiceField(
        label=FIELD_NAMES["areas"],
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Choose nothing when people from everywhere are taken."),
    )
    conditions = forms.CharField(
        label=FIELD_NAMES["conditions"],
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    funding = forms.ChoiceField(label=FIELD_NAMES["funding"], choices=FUNDING_CHOICES)
    funding_note = forms.CharField(label=FIELD_NAMES["funding_note"], max_length=200, required=False)
    street = forms.CharField(label=FIELD_NAMES["street"], max_length=120, required=False)
    phone = forms.CharField(label=FIELD_NAMES["phone"], max_length=40, required=False)
    email = forms.EmailField(label=FIELD_NAMES["email"], required=False)
    website = forms.URLField(label=FIELD_NAMES["website"], required=False, assume_scheme="https")
    respond_days = forms.IntegerField(
        label=FIELD_NAMES["respond_days"], min_value=1, max_value=90, initial=14
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, units: Units, areas: Units, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["teryt"].choices = [("", _("Not in one place")), *units]  # type: ignore[attr-defined]
        self.fields["areas"].choices = list(areas)  # type: ignore[attr-defined]

    def details(self) -> PlaceDetails:
        """What was entered."""
        entered = {name: value for name, value in self.cleaned_data.items() if name not in NOT_DETAILS}
        entered["kind"] = PlaceKind(entered["kind"])
        entered["funding"] = Funding(entered["funding"])
        entered["groups"] = frozenset(TargetGroup(one) for one in entered["groups"])
        entered["areas"] = frozenset(entered["areas"])
        return PlaceDetails(**entered)


NOT_DETAILS = ("version", "institution")


class PlaceForOthersForm(PlaceForm):
    """The same, for those who may write down places of bodies that have nobody to do it."""

    institution = forms.TypedChoiceField(label=_("Whose place it is"), coerce=int)

    field_order = ("institution", "kind", "name")

    def __init__(self, *args: Any, owners: Iterable[tuple[int | str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["institution"].choices = list(owners)  # type: ignore[attr-defined]


class TakenForm(forms.Form):
    """How many places are taken by people who came another way."""

    taken_elsewhere = forms.IntegerField(label=FIELD_NAMES["taken_elsewhere"], min_value=0, max_value=100_000)


class SuggestForm(forms.Form):
    """What an entry should say instead."""

    field = forms.ChoiceField(
        label=_("What is wrong"), choices=[(name, FIELD_NAMES[name]) for name in CORRECTED_FIELDS]
    )
    proposal = forms.CharField(label=_("What it should say"), max_length=1000, required=False)
    reason = forms.CharField(
        label=_("How you know"), max_length=300, required=False, help_text=_("Name no clients.")
    )


class MissingForm(forms.Form):
    """A place that the catalogue lacks."""

    kind = forms.ChoiceField(label=FIELD_NAMES["kind"], choices=KIND_CHOICES)
    name = forms.CharField(label=FIELD_NAMES["name"], max_length=200)
    teryt = forms.ChoiceField(label=FIELD_NAMES["teryt"])
    institution = forms.TypedChoiceField(
        label=_("Whose place it is"),
        coerce=int,
        required=False,
        empty_value=0,  # type: ignore[arg-type]
    )
    provider = forms.CharField(
        label=_("Who runs it, when it is not on the list"), max_length=200, required=False
    )
    about = forms.CharField(
        label=_("What you know of it"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("For example address, telephone, for whom it is. Name no clients."),
    )
    reason = forms.CharField(label=_("How you know"), max_length=300, required=False)

    def __init__(self, *args: Any, units: Units, owners: Iterable[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["teryt"].choices = [("", _("Choose")), *units]  # type: ignore[attr-defined]
        self.fields["institution"].choices = [("", _("Not on the list")), *owners]  # type: ignore[attr-defined]

    def missing(self) -> MissingPlace:
        """What was entered."""
        entered = dict(self.cleaned_data)
        return MissingPlace(
            kind=PlaceKind(entered.pop("kind")), institution_id=entered.pop("institution"), **entered
        )


class DecideForm(forms.Form):
    """What becomes of a suggestion."""

    accept = forms.TypedChoiceField(
        choices=[("1", "1"), ("0", "0")], coerce=lambda value: value == "1", widget=forms.HiddenInput
    )
    reply = forms.CharField(label=_("Reply"), max_length=300, required=False)


class TurnDownForm(forms.Form):
    """Why a place is not written down."""

    reply = forms.CharField(label=_("Reply"), max_length=300, required=False)


class NeedForm(forms.Form):
    """What was looked for in vain; the kind and the area are needed to count it."""

    kind = forms.ChoiceField(choices=KIND_CHOICES)
    group = forms.ChoiceField(choices=[("", ""), *GROUP_CHOICES], required=False)
    area = forms.CharField(min_length=4, max_length=7)
