"""What people fill in: the filter of the list, the purpose of a look."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from spoiwo.access.types import OfferedPurpose
from spoiwo.clients.models import STATUS_CHOICES
from spoiwo.clients.queries.listing import SORTS, ListFilter
from spoiwo.institutions.types import Badge
from spoiwo.toolkit.forms.fields import described_choices

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
