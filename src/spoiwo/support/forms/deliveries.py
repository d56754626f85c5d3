"""Forms for writing down what was delivered."""

from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from spoiwo.kernel.actor import Actor
from spoiwo.support import models
from spoiwo.support.forms.recipients import NewRecipient, RecipientField, choice_of, people_of
from spoiwo.support.forms.units import UnitField
from spoiwo.support.types import DeliveryDetails, DeliveryKind, Mode, RecipientKind, RecipientRef
from spoiwo.toolkit.forms.fields import DateField

LINES = 3


class DeliveryForm(NewRecipient):
    """One delivery; the first fields are enough, the rest stands under More."""

    first_fields = ("recipient", "new_kind", "kind", "day", "minutes", "topic")
    recipient = RecipientField(
        label=_("For whom"), help_text=_("Begin with the last name or the name of the entity.")
    )
    kind = forms.ChoiceField(label=_("What"), choices=models.DELIVERY_CHOICES)
    day = DateField(label=_("When"), help_text="")
    minutes = forms.IntegerField(label=_("How many minutes"), min_value=1, max_value=1440)
    topic = forms.CharField(label=_("Topic"), max_length=300, required=False)
    starts_at = forms.TimeField(
        label=_("From what hour"),
        required=False,
        widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"}),
    )
    mode = forms.ChoiceField(label=_("How"), choices=models.MODE_CHOICES, initial=Mode.OFFICE)
    place = forms.CharField(label=_("Place"), max_length=120, required=False)
    teryt = UnitField(
        label=_("Commune or county"),
        required=False,
        help_text=_("Figures are shown by county of where support was given."),
    )
    participants = forms.CharField(
        label=_("Who was there, for an entity or a group"),
        required=False,
        widget=forms.Textarea(attrs={"rows": LINES}),
        help_text=_("One person a line, by name as on your list."),
    )
    anonymous_headcount = forms.IntegerField(
        label=_("People without names"), min_value=0, max_value=100_000, required=False
    )
    de_minimis_pln = forms.IntegerField(
        label=_("De minimis aid, zlotys"), min_value=0, max_value=10_000_000, required=False
    )
    adviser_id = forms.TypedChoiceField(label=_("Who gave it"), coerce=int)
    project = forms.TypedChoiceField(label=_("Project"), coerce=UUID, empty_value=None, required=False)
    case = forms.TypedChoiceField(label=_("Support case"), coerce=UUID, empty_value=None, required=False)
    partnership = forms.TypedChoiceField(
        label=_("Partnership group"), coerce=UUID, empty_value=None, required=False
    )
    path = forms.TypedChoiceField(label=_("Path"), coerce=UUID, empty_value=None, required=False)
    duplicate_reason = forms.CharField(
        label=_("Why a second entry for the same time is right"), max_length=300, required=False
    )
    correction_reason = forms.CharField(
        label=_("Reason for a correction in a closed period"), max_length=300, required=False
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(
        self, *args: Any, actor: Actor, choices: dict[str, list[tuple[Any, str]]], **kwargs: Any
    ) -> None:
        """choices: of adviser_id, project, case, partnership, path."""
        super().__init__(*args, **kwargs)
        self._actor = actor
        self._ref: RecipientRef | None = None
        for name, rows in choices.items():
            empty = [] if name == "adviser_id" else [("", _("none"))]
            self.fields[name].choices = [*empty, *rows]  # type: ignore[attr-defined]
        self.order_fields(
            [*self.first_fields, *(name for name in self.fields if name not in self.first_fields)]
        )

    @property
    def first(self) -> list[Any]:
        """Fields shown at once."""
        return [self[name] for name in self.first_fields]

    @property
    def rest(self) -> list[Any]:
        """Fields under More."""
        return [field for field in self.visible_fields() if field.name not in self.first_fields]

    @property
    def rest_matters(self) -> bool:
        """Whether a field under More has an error or was filled in."""
        return any(field.errors for field in self.rest) or bool(self.non_field_errors())

    def clean(self) -> dict[str, Any]:
        """The recipient and the people as rows of the own centre."""
        cleaned = super().clean() or {}
        text = cleaned.get("recipient", "")
        self._ref = choice_of(text, self._actor) if text else None
        if text and self._ref is None and not cleaned.get("new_kind"):
            self.add_error(
                "recipient",
                _("Nobody on your list has this name, or several have it. Choose from the list, or add."),
            )
        people, unknown = people_of(cleaned.get("participants", ""), self._actor)
        cleaned["people"] = people
        if unknown:
            self.add_error("participants", _("Not on your list: %(names)s.") % {"names": ", ".join(unknown)})
        return cleaned

    @property
    def is_new(self) -> bool:
        """Whether the recipient has to be written down first."""
        return self._ref is None

    def details(self, recipient: RecipientRef | None = None) -> DeliveryDetails:
        """What was entered; recipient: of somebody just written down."""
        entered = self.cleaned_data
        ref = self._ref or recipient
        assert ref is not None
        return DeliveryDetails(
            kind=DeliveryKind(entered["kind"]),
            day=entered["day"],
            minutes=entered["minutes"],
            recipient=ref,
            mode=Mode(entered["mode"]),
            topic=entered["topic"],
            place=entered["place"],
            teryt=entered["teryt"],
            starts_at=entered["starts_at"],
            adviser_id=entered["adviser_id"],
            project=entered["project"],
            participants={}
            if ref.kind is RecipientKind.PERSON
            else dict.fromkeys(entered["people"], entered["minutes"]),
            anonymous_headcount=entered["anonymous_headcount"] or 0,
            de_minimis_pln=entered["de_minimis_pln"] or 0,
            case=entered["case"],
            partnership=entered["partnership"],
            path=entered["path"],
            duplicate_reason=entered["duplicate_reason"],
            correction_reason=entered["correction_reason"],
        )


class WithdrawalForm(forms.Form):
    """Why an entry is taken back."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=300,
        required=False,
        help_text=_("Needed when the day lies in a closed period."),
    )


class DeliveryFilter(forms.Form):
    """Which deliveries to list."""

    mark_optional = False
    q = forms.CharField(label=_("Recipient"), required=False, max_length=200)
    kind = forms.ChoiceField(
        label=_("What"), required=False, choices=[("", _("all kinds")), *models.DELIVERY_CHOICES]
    )
    first = DateField(label=_("From"), required=False, help_text="")
    last = DateField(label=_("To"), required=False, help_text="")
    mine = forms.BooleanField(label=_("Only my own"), required=False)


class SheetRow(forms.Form):
    """A line of the day's sheet; an empty line does not count."""

    mark_optional = False
    recipient = RecipientField(label=_("For whom"), required=False)
    kind = forms.ChoiceField(label=_("What"), choices=models.DELIVERY_CHOICES, required=False)
    minutes = forms.IntegerField(label=_("Minutes"), min_value=1, max_value=1440, required=False)
    topic = forms.CharField(label=_("Topic"), max_length=300, required=False)

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._actor = actor
        self.ref: RecipientRef | None = None

    def clean(self) -> dict[str, Any]:
        """The recipient as a row of the own centre."""
        cleaned = super().clean() or {}
        text = cleaned.get("recipient", "")
        if text:
            self.ref = choice_of(text, self._actor)
            if self.ref is None:
                self.add_error("recipient", _("Choose somebody from your list."))
            if not cleaned.get("minutes"):
                self.add_error("minutes", _("Enter how many minutes it lasted."))
        return cleaned

    def details(self, day: date) -> DeliveryDetails | None:
        """The line as a delivery; None when it is empty."""
        if self.ref is None:
            return None
        return DeliveryDetails(
            kind=DeliveryKind(self.cleaned_data["kind"] or DeliveryKind.GENERAL),
            day=day,
            minutes=self.cleaned_data["minutes"],
            recipient=self.ref,
            topic=self.cleaned_data["topic"],
        )


SheetFormSet = forms.formset_factory(SheetRow, extra=8, max_num=40)


class SheetDay(forms.Form):
    """The day of a sheet."""

    day = DateField(label=_("Day"), help_text="")
