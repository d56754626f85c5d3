"""Which days and people a report is about, and closing a period."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from spoiwo.support.types import Scope
from spoiwo.toolkit.forms.fields import DateField


class ReportForm(forms.Form):
    """The days of a report and whom it counts."""

    mark_optional = False
    first = DateField(label=_("From"), help_text="")
    last = DateField(label=_("To"), help_text="")
    county = forms.ChoiceField(label=_("Where"), required=False)
    people = forms.ChoiceField(
        label=_("Whom"),
        required=False,
        choices=[("", _("everybody")), ("unemployed", _("unemployed people")), ("others", _("all others"))],
    )

    def __init__(self, *args: Any, places: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        """places: counties (TERYT code) and subregions (code), with names."""
        super().__init__(*args, **kwargs)
        self.fields["county"].choices = [("", _("everywhere")), *places]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Days in their order."""
        cleaned = super().clean() or {}
        if cleaned.get("first") and cleaned.get("last") and cleaned["first"] > cleaned["last"]:
            self.add_error("last", _("The last day comes before the first."))
        return cleaned

    def scope(self, institution_id: int, counties: frozenset[str]) -> Scope:
        """What was asked for. counties: those of the place chosen."""
        whom = {"unemployed": True, "others": False}.get(self.cleaned_data["people"])
        return Scope(
            first=self.cleaned_data["first"],
            last=self.cleaned_data["last"],
            institutions=frozenset({institution_id}),
            counties=counties,
            unemployed=whom,
        )
