"""Forms of staff: invitations, authorisations, where somebody works, posts."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from spoiwo.institutions.messages import FIELD_NAMES, ROLE_HINTS, ROLE_NAMES
from spoiwo.institutions.rules import LENGTHS, NUMBER_LENGTH, PERSON_LENGTH
from spoiwo.institutions.types import NewAuthorisation, NewPost, Role
from spoiwo.toolkit.forms.fields import DateField

_PLAIN = forms.TextInput(attrs={"autocomplete": "off"})


class AuthorisationForm(forms.Form):
    """One authorisation."""

    role = forms.ChoiceField(label=_("Role"))
    number = forms.CharField(
        label=_("Number of the authorisation"),
        max_length=NUMBER_LENGTH,
        widget=_PLAIN,
        help_text=_("As in the register of authorisations."),
    )
    valid_from = DateField(label=_("First day"))
    valid_to = DateField(label=_("Last day"), required=False, help_text=_("Empty means until withdrawn."))

    def __init__(self, *args: Any, roles: Sequence[Role] = tuple(Role), **kwargs: Any) -> None:
        """roles: those that may be granted here."""
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = [(role.value, ROLE_NAMES[role]) for role in roles]  # type: ignore[attr-defined]

    def authorisation(self) -> NewAuthorisation:
        """The cleaned values as the services take them."""
        values = self.cleaned_data
        return NewAuthorisation(
            role=Role(values["role"]),
            number=values["number"],
            valid_from=values["valid_from"],
            valid_to=values["valid_to"],
        )


class InvitationForm(forms.Form):
    """Somebody to bring in, with the roles ticked; every role has a number and dates of its own."""

    mark_optional = False  # what is needed depends on the ticks, which the page explains
    full_name = forms.CharField(label=FIELD_NAMES["full_name"], max_length=PERSON_LENGTH, widget=_PLAIN)
    email = forms.CharField(
        label=FIELD_NAMES["email"],
        max_length=LENGTHS["email"],
        widget=_PLAIN,
        help_text=_("The link for setting a password goes to this address."),
    )
    territories = forms.MultipleChoiceField(
        label=FIELD_NAMES["territories"],
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Without a tick: the institution's whole area."),
    )

    def __init__(
        self,
        *args: Any,
        today: date,
        units: Sequence[tuple[str, str]] = (),
        roles: Sequence[Role] = tuple(Role),
        **kwargs: Any,
    ) -> None:
        """units: where somebody may work (TERYT code, name). roles: those that may be granted here."""
        super().__init__(*args, **kwargs)
        self.roles = tuple(roles)
        self.fields["territories"].choices = list(units)  # type: ignore[attr-defined]
        if not units:
            del self.fields["territories"]
        for role in self.roles:
            self._add_role(role, today)

    def _add_role(self, role: Role, today: date) -> None:
        only = len(self.roles) == 1
        self.fields[f"role_{role}"] = forms.BooleanField(
            label=ROLE_NAMES[role], help_text=ROLE_HINTS[role], required=False, initial=only
        )
        number = forms.CharField(
            label=_("Number of the authorisation"), max_length=NUMBER_LENGTH, required=False, widget=_PLAIN
        )
        self.fields[f"number_{role}"] = number
        self.fields[f"valid_from_{role}"] = DateField(
            label=_("First day"), required=False, initial=today, help_text=""
        )
        self.fields[f"valid_to_{role}"] = DateField(label=_("Last day"), required=False, help_text="")

    @property
    def role_rows(self) -> list[dict[str, Any]]:
        """The fields of each role, for the template."""
        return [
            {
                "tick": self[f"role_{role}"],
                "details": [self[f"{part}_{role}"] for part in ("number", "valid_from", "valid_to")],
            }
            for role in self.roles
        ]

    def clean(self) -> dict[str, Any]:
        """A ticked role needs its number and first day; somebody without a role is not brought in."""
        values = super().clean() or {}
        ticked = [role for role in self.roles if values.get(f"role_{role}")]
        for role in ticked:
            for part in ("number", "valid_from"):
                name = f"{part}_{role}"
                if not values.get(name) and name not in self.errors:
                    self.add_error(name, _("Fill this in."))
        if not ticked:
            self.add_error(f"role_{self.roles[0]}", _("Tick at least one role."))
        return values

    def authorisations(self) -> list[NewAuthorisation]:
        """The ticked roles as the services take them."""
        values = self.cleaned_data
        return [
            NewAuthorisation(
                role=role,
                number=values[f"number_{role}"],
                valid_from=values[f"valid_from_{role}"],
                valid_to=values[f"valid_to_{role}"],
            )
            for role in self.roles
            if values[f"role_{role}"]
        ]


class TerritoriesForm(forms.Form):
    """Where one of the staff works."""

    territories = forms.MultipleChoiceField(
        label=FIELD_NAMES["territories"],
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Without a tick: the institution's whole area."),
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, units: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        """units: where somebody may work (TERYT code, name)."""
        super().__init__(*args, **kwargs)
        self.fields["territories"].choices = list(units)  # type: ignore[attr-defined]


class LastDayForm(forms.Form):
    """The last day of an authorisation or of somebody in a function."""

    last_day = DateField(label=FIELD_NAMES["last_day"])


class PostForm(forms.Form):
    """Somebody in a function."""

    holder_name = forms.CharField(label=FIELD_NAMES["holder_name"], max_length=PERSON_LENGTH, widget=_PLAIN)
    function = forms.CharField(label=FIELD_NAMES["function"], max_length=160)
    email = forms.CharField(label=FIELD_NAMES["email"], max_length=254, required=False, widget=_PLAIN)
    phone = forms.CharField(label=FIELD_NAMES["phone"], max_length=40, required=False, widget=_PLAIN)
    valid_from = DateField(label=_("First day"))
    is_public = forms.BooleanField(
        label=_("Show in the directory to everybody"),
        required=False,
        help_text=_("Without the tick only the staff of the institution see it."),
    )

    def post(self) -> NewPost:
        """The cleaned values as the services take them."""
        return NewPost(**self.cleaned_data)
