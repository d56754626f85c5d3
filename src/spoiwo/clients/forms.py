"""What people fill in: the filter of the list, the purpose of a look, restrictions, emergency access."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from spoiwo.access.types import OfferedPurpose, RestrictionKind
from spoiwo.clients.models import RESTRICTION_CHOICES, STATUS_CHOICES
from spoiwo.clients.queries.listing import SORTS, ListFilter
from spoiwo.clients.services.emergencies import Sought
from spoiwo.institutions.types import Badge
from spoiwo.toolkit.forms.fields import DateField, described_choices

PAGE_SIZES = (25, 50, 100)


class ListForm(forms.Form):
    """The filter in the address; whatever it does not understand it leaves out, so that a page always comes."""

    mark_optional = False

    text = forms.CharField(label=_("Name, PESEL or register number"), required=False, max_length=200)
    status = forms.ChoiceField(label=_("Status in our register"), required=False)
    commune = forms.ChoiceField(label=_("Commune"), required=False)
    other = forms.ChoiceField(label=_("Also served by"), required=False)
    mine = forms.BooleanField(label=_("Only people I work with"), required=False)
    new = forms.BooleanField(label=_("Only new since the last import"), required=False)
    sort = forms.ChoiceField(required=False, choices=[(key, key) for key in SORTS], widget=forms.HiddenInput)
    per_page = forms.TypedChoiceField(
        label=_("People on a page"),
        required=False,
        coerce=int,
        choices=[(size, size) for size in PAGE_SIZES],
    )

    def __init__(
        self, *args: Any, communes: Sequence[tuple[str, str]], others: Sequence[Badge], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self._offered = (tuple(communes), tuple(others))
        self._choose("status", [(code.value, label) for code, label in STATUS_CHOICES], _("All statuses"))
        self._choose("commune", communes, _("All communes"))
        self._choose("other", [(str(one.id), one.name) for one in others], _("All institutions"))

    @property
    def fingerprint(self) -> str:
        """All that the form looks like depends on, so that it need not be drawn anew for everybody."""
        asked = [(name, self.data.get(name)) for name in self.fields if name in self.data]
        return repr((asked, self._offered))

    def _choose(self, name: str, choices: Sequence[tuple[str, Any]], everything: Any) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", everything), *choices]

    def wanted(self) -> ListFilter:
        """The filter as far as the address makes sense."""
        self.full_clean()
        given = self.cleaned_data
        return ListFilter(
            text=given.get("text", ""),
            mine=given.get("mine", False),
            new=given.get("new", False),
            commune=given.get("commune", ""),
            status=given.get("status", ""),
            other=int(given.get("other") or 0),
            sort=given.get("sort") or SORTS[0],
        )

    def page_size(self) -> int:
        """How many people a page shows."""
        return int(self.cleaned_data.get("per_page") or PAGE_SIZES[0])


class PurposeForm(forms.Form):
    """Why somebody looks; each purpose with its legal basis in words, the fitting one chosen beforehand."""

    purpose = forms.ChoiceField(
        label=_("What do you need the data for?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what you need the data for.")},
    )

    def __init__(self, *args: Any, offered: Sequence[OfferedPurpose], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._offered = {f"{one.code}|{one.legal_basis}": one for one in offered}
        field = self.fields["purpose"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = described_choices((key, one.name, _basis(one)) for key, one in self._offered.items())
        field.initial = next((key for key, one in self._offered.items() if one.preselected), None)

    @property
    def chosen(self) -> OfferedPurpose:
        """The purpose chosen; call after is_valid()."""
        return self._offered[self.cleaned_data["purpose"]]


def _basis(one: OfferedPurpose) -> Any:
    return _("Legal basis: %(basis)s. Agreement %(agreements)s.") % {
        "basis": one.legal_basis_name,
        "agreements": ", ".join(one.agreements),
    }


class _NamingReaders(forms.Form):
    """Who may see a hidden client, and until when."""

    readers = forms.TypedMultipleChoiceField(
        label=_("Who may see this person"),
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Name at least one person.")},
    )
    until = DateField(
        label=_("Until"), required=False, help_text=_("The last day. Leave empty when no end is known.")
    )

    def __init__(self, *args: Any, staff: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        """staff: own colleagues (account id, name)."""
        super().__init__(*args, **kwargs)
        self.fields["readers"].choices = list(staff)  # type: ignore[attr-defined]


class RestrictionForm(_NamingReaders):
    """Why a client is hidden, and from whom not."""

    field_order = ("kind", "reason", "readers", "until")
    kind = forms.ChoiceField(
        label=_("Why the person is hidden"), choices=RESTRICTION_CHOICES, widget=forms.RadioSelect
    )
    reason = forms.CharField(
        label=_("Explanation"),
        help_text=_("Seen only by the people named."),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=600,
    )

    @property
    def chosen_kind(self) -> RestrictionKind:
        """Call after is_valid()."""
        return RestrictionKind(self.cleaned_data["kind"])


class ReadersForm(_NamingReaders):
    """Who may see a hidden client from now on; version: of the restriction as it was shown."""

    version = forms.IntegerField(widget=forms.HiddenInput)


class LiftForm(forms.Form):
    """Why a client is shown again."""

    reason = forms.CharField(
        label=_("Why the restriction ends"), widget=forms.Textarea(attrs={"rows": 3}), max_length=600
    )


class EmergencyForm(forms.Form):
    """Who is needed at once, why, and for how long."""

    mark_optional = False
    pesel = forms.CharField(label="PESEL", required=False, max_length=20)
    last_name = forms.CharField(label=_("Last name"), required=False, max_length=120)
    first_name = forms.CharField(label=_("First name"), required=False, max_length=80)
    birth_date = DateField(label=_("Date of birth"), required=False)
    reason = forms.CharField(
        label=_("What happened, and why it cannot wait"),
        help_text=_("Your supervisor reads this and says whether it was justified."),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=1000,
    )
    minutes = forms.TypedChoiceField(
        label=_("For how long"),
        coerce=int,
        choices=[(15, _("15 minutes")), (30, _("30 minutes")), (60, _("60 minutes"))],
        initial=15,
    )
    purpose = forms.ChoiceField(label=_("What do you need the data for?"), required=False)

    def __init__(self, *args: Any, offered: Sequence[OfferedPurpose], **kwargs: Any) -> None:
        """offered: purposes under which partners give something; without any only the own register is opened."""
        super().__init__(*args, **kwargs)
        self._offered = {f"{one.code}|{one.legal_basis}": one for one in offered}
        field = self.fields["purpose"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [
            ("", _("Only our own register")),
            *((key, f"{one.name} ({one.legal_basis_name})") for key, one in self._offered.items()),
        ]

    def clean(self) -> dict[str, Any]:
        """Either the PESEL, or both names with the date of birth."""
        given = super().clean() or {}
        named = all(given.get(name) for name in ("last_name", "first_name", "birth_date"))
        if not given.get("pesel") and not named:
            raise forms.ValidationError(_("Enter the PESEL, or both names and the date of birth."))
        return given

    @property
    def sought(self) -> Sought:
        """Call after is_valid()."""
        names = ("pesel", "first_name", "last_name", "birth_date")
        return Sought(**{name: self.cleaned_data[name] for name in names})

    @property
    def chosen(self) -> OfferedPurpose | None:
        """The purpose chosen, None when only the own register is meant; call after is_valid()."""
        return self._offered.get(self.cleaned_data["purpose"])
