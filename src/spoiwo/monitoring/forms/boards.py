"""Dashboards, and which question feeds which measure."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from spoiwo.monitoring.messages import measure_name
from spoiwo.monitoring.models import Measure
from spoiwo.monitoring.models.choices import TILE_VIEWS


class BoardForm(forms.Form):
    """A new dashboard."""

    title = forms.CharField(label=_("Title of the dashboard"), max_length=200)
    place = forms.ChoiceField(label=_("Looks at"), required=False)
    programme_id = forms.TypedChoiceField(
        label=_("Indicators of a programme"),
        required=False,
        coerce=int,
        empty_value=None,
        help_text=_("They all stand on the dashboard from the start."),
    )
    about_us = forms.BooleanField(
        label=_("Begin with my institution beside the region"),
        required=False,
        help_text=_(
            "Every indicator that something was reported of about it stands on the dashboard from the start."
        ),
    )
    shared = forms.BooleanField(label=_("Colleagues of my institution see it too"), required=False)

    def __init__(
        self,
        *given: Any,
        places: Sequence[tuple[str, str]],
        programmes: Sequence[tuple[int, str]],
        **named: Any,
    ):
        super().__init__(*given, **named)
        for name, choices in (
            ("place", [("", _("The whole region")), *places]),
            ("programme_id", [("", _("None")), *programmes]),
        ):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = list(choices)


class TileForm(forms.Form):
    """A picture for a dashboard."""

    karta = forms.ChoiceField(label=_("Indicator"))
    widok = forms.ChoiceField(
        label=_("Shown as"), choices=[(view.value, label) for view, label in TILE_VIEWS.items()]
    )

    def __init__(self, *given: Any, cards: Sequence[tuple[str, str]], **named: Any):
        super().__init__(*given, **named)
        field = self.fields["karta"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = list(cards)


class SourceForm(forms.Form):
    """Which question feeds which measure."""

    question = forms.ChoiceField(label=_("Question"))
    measure = forms.TypedChoiceField(label=_("Feeds the measure"), coerce=int)
    kinds = forms.CharField(
        label=_("Only of these kinds of entity"),
        required=False,
        max_length=120,
        help_text=_("Codes parted by commas, for example cis, kis; all when empty."),
    )
    dimension = forms.CharField(
        label=_("Division"), required=False, max_length=40, help_text=_("For example sex.")
    )
    value = forms.CharField(
        label=_("Value of the division"), required=False, max_length=80, help_text=_("For example K.")
    )

    def __init__(
        self,
        *given: Any,
        questions: Sequence[tuple[str, str]],
        measures: Sequence[Measure],
        **named: Any,
    ):
        super().__init__(*given, **named)
        self.divisions = {one.pk: one.dimensions for one in measures}
        named_measures = [(one.pk, measure_name(one)) for one in measures]
        for name, choices in (("question", questions), ("measure", named_measures)):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = list(choices)

    def clean_dimension(self) -> str:
        """A division that the measure has."""
        dimension: str = self.cleaned_data["dimension"].strip()
        allowed = self.divisions.get(self.cleaned_data.get("measure", 0), [])
        if dimension and dimension not in allowed:
            if not allowed:
                raise forms.ValidationError(_("This measure is not broken down. Leave the division empty."))
            raise forms.ValidationError(
                _("This measure is broken down by: %(divisions)s."), params={"divisions": ", ".join(allowed)}
            )
        return dimension
