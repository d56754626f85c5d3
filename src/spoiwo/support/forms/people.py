"""Forms for people, entities and groups."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from spoiwo.institutions.messages import KIND_NAMES
from spoiwo.kernel.actor import Actor
from spoiwo.support import models
from spoiwo.support.forms.recipients import RecipientField, choice_of, people_of
from spoiwo.support.forms.units import UnitField
from spoiwo.support.types import Education, EntityDetails, LabourStatus, PersonDetails, RecipientKind
from spoiwo.toolkit.forms.fields import DateField


class NameFilter(forms.Form):
    """Whom to look for."""

    mark_optional = False
    q = forms.CharField(label=_("Name"), required=False, max_length=200)


class ErasureForm(forms.Form):
    """Why somebody is erased."""

    basis = forms.CharField(
        label=_("On what basis"),
        max_length=300,
        help_text=_("Who asked and when, or which rule says so. Write no name."),
    )


class PersonForm(forms.Form):
    """A person as the support centre knows them."""

    first_name = forms.CharField(label=_("First name"), max_length=80)
    last_name = forms.CharField(label=_("Last name"), max_length=120)
    labour_status = forms.ChoiceField(
        label=_("On the labour market when support began"), choices=models.LABOUR_CHOICES
    )
    supported_from = DateField(label=_("Supported since"), required=False, help_text="")
    phone = forms.CharField(label=_("Telephone"), max_length=40, required=False)
    email = forms.EmailField(label=_("E-mail"), max_length=120, required=False)
    teryt = UnitField(label=_("Commune or county"), required=False)
    birth_date = DateField(label=_("Date of birth"), required=False, help_text="")
    sex = forms.ChoiceField(
        label=_("Sex"), required=False, choices=[("", _("Not asked")), ("K", _("Woman")), ("M", _("Man"))]
    )
    education = forms.ChoiceField(label=_("Education"), choices=models.EDUCATION_CHOICES)
    pesel = forms.CharField(
        label=_("PESEL number"),
        max_length=20,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "numeric"}),
        help_text=_(
            "Kept sealed. It lets the same person be counted once across centres under an agreement."
        ),
    )

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def details(self) -> PersonDetails:
        """What was entered."""
        entered = self.cleaned_data
        return PersonDetails(
            **{
                name: entered[name]
                for name in ("first_name", "last_name", "phone", "email", "teryt", "pesel")
            },
            labour_status=LabourStatus(entered["labour_status"]),
            education=Education(entered["education"]),
            supported_from=entered["supported_from"],
            birth_date=entered["birth_date"],
            sex=entered["sex"],
        )


class EntityForm(forms.Form):
    """An organisation as the support centre knows it."""

    name = forms.CharField(label=_("Name"), max_length=250)
    is_social = forms.BooleanField(label=_("A social economy entity (PES)"), required=False, initial=True)
    kind = forms.ChoiceField(label=_("Kind"))
    nip = forms.CharField(label="NIP", max_length=20, required=False)
    regon = forms.CharField(label="REGON", max_length=20, required=False)
    krs = forms.CharField(label="KRS", max_length=20, required=False)
    teryt = UnitField(label=_("Commune or county"), required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [(kind.value, name) for kind, name in KIND_NAMES.items()]  # type: ignore[attr-defined]
        self.fields["kind"].initial = "OTHER_PES"

    def details(self) -> EntityDetails:
        """What was entered."""
        entered = {name: value for name, value in self.cleaned_data.items() if name != "version"}
        return EntityDetails(**entered)


class GroupForm(forms.Form):
    """An initiative group."""

    name = forms.CharField(label=_("Name"), max_length=250)
    founded_on = DateField(label=_("Since"), help_text="")
    teryt = UnitField(label=_("Commune or county"), required=False)
    members = forms.CharField(
        label=_("Members"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("One person a line, by name as on your list."),
    )

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._actor = actor

    def clean_members(self) -> list[Any]:
        """Members as rows of the own centre."""
        found, unknown = people_of(self.cleaned_data["members"], self._actor)
        if unknown:
            raise forms.ValidationError(_("Not on your list: %(names)s.") % {"names": ", ".join(unknown)})
        return found


class BecomeForm(forms.Form):
    """What a group has become, and when."""

    entity = RecipientField(label=_("Entity it founded"))
    on = DateField(label=_("Founded on"), help_text="")

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._actor = actor

    def clean_entity(self) -> Any:
        """The entity as a row of the own centre."""
        ref = choice_of(self.cleaned_data["entity"], self._actor)
        if ref is None or ref.kind is not RecipientKind.ENTITY:
            raise forms.ValidationError(_("Choose an entity from your list."))
        return ref.uuid


class JoinForm(forms.Form):
    """Another row that is the same person."""

    other = RecipientField(label=_("Is the same person as"))

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._actor = actor

    def clean_other(self) -> Any:
        """The person as a row of the own centre."""
        ref = choice_of(self.cleaned_data["other"], self._actor)
        if ref is None or ref.kind is not RecipientKind.PERSON:
            raise forms.ValidationError(_("Choose a person from your list."))
        return ref.uuid
