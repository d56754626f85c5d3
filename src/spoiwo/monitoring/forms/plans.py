"""The monitoring plan."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from spoiwo.monitoring.models import IndicatorVersion
from spoiwo.monitoring.queries.plans import Branch
from spoiwo.monitoring.types import ProgrammeChange
from spoiwo.toolkit.forms.fields import DateField


class ProgrammeForm(forms.Form):
    """A programme that is watched."""

    name = forms.CharField(label=_("Name of the programme"), max_length=250)
    first_year = forms.IntegerField(label=_("First year"), min_value=2000, max_value=2100)
    last_year = forms.IntegerField(label=_("Last year"), min_value=2000, max_value=2100)

    def clean(self) -> dict[str, Any]:
        """A programme ends after it begins."""
        data = super().clean() or self.cleaned_data
        first, last = data.get("first_year"), data.get("last_year")
        if first and last and last < first:
            self.add_error("last_year", _("The last year cannot be before the first one."))
        return data


class ChangeForm(ProgrammeForm):
    """A programme with its tree: the name of each objective, whether it stays, and the indicators that watch it."""

    def __init__(self, *given: Any, branches: Sequence[Branch], **named: Any):
        super().__init__(*given, **named)
        self.branches = branches
        for branch in branches:
            pk = branch.objective.pk
            self.fields[f"objective-{pk}"] = forms.CharField(
                label=_("Objective"),
                max_length=250,
                required=False,
                initial=branch.objective.name,
                help_text=_("An empty one is taken out, with its parts."),
            )
            if branch.versions:
                self.fields[f"watching-{pk}"] = forms.MultipleChoiceField(
                    label=_("Indicators of “%(name)s”") % {"name": branch.objective.name},
                    required=False,
                    widget=forms.CheckboxSelectMultiple,
                    choices=[(str(one.indicator_id), name_in_language(one)) for one in branch.versions],
                    initial=[str(one.indicator_id) for one in branch.versions],
                )
        self.fields["edit_version"] = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def change(self) -> ProgrammeChange:
        """What is to stay and how it is called."""
        data = self.cleaned_data
        numbers = [branch.objective.pk for branch in self.branches]
        return ProgrammeChange(
            name=data["name"],
            first_year=data["first_year"],
            last_year=data["last_year"],
            names={pk: data[f"objective-{pk}"] for pk in numbers if data[f"objective-{pk}"]},
            watching={pk: frozenset(map(int, data.get(f"watching-{pk}", []))) for pk in numbers},
        )


class ObjectiveForm(forms.Form):
    """An objective of the tree."""

    name = forms.CharField(label=_("Objective"), max_length=250)
    above = forms.TypedChoiceField(
        label=_("Part of which objective"), required=False, coerce=int, empty_value=None
    )

    def __init__(self, *given: Any, objectives: Sequence[tuple[int, str]], **named: Any):
        super().__init__(*given, **named)
        _offer(self, "above", [("", _("An objective of its own")), *objectives])


class WatchForm(forms.Form):
    """Which indicator watches which objective."""

    objective = forms.TypedChoiceField(label=_("Objective"), coerce=int)
    indicator = forms.TypedChoiceField(label=_("Indicator"), coerce=int)

    def __init__(
        self,
        *given: Any,
        objectives: Sequence[tuple[int, str]],
        indicators: Sequence[tuple[int, str]],
        **named: Any,
    ):
        super().__init__(*given, **named)
        _offer(self, "objective", objectives)
        _offer(self, "indicator", indicators)


class CollectionForm(forms.Form):
    """Data that somebody has to deliver."""

    what = forms.CharField(label=_("What has to be delivered"), max_length=250)
    period = forms.RegexField(label=_("Period"), regex=r"^\d{4}(-Q[1-4]|-\d{2})?$", max_length=7)
    owner = forms.TypedChoiceField(label=_("Who delivers"), coerce=int)
    due_on = DateField(label=_("Due on"))
    indicator = forms.TypedChoiceField(label=_("Indicator"), required=False, coerce=int, empty_value=None)

    def __init__(
        self,
        *given: Any,
        owners: Sequence[tuple[int, str]],
        indicators: Sequence[tuple[int, str]],
        **named: Any,
    ):
        super().__init__(*given, **named)
        _offer(self, "owner", owners)
        _offer(self, "indicator", [("", _("None")), *indicators])


class ReportForm(forms.Form):
    """Texts of the report for the marshal."""

    introduction = forms.CharField(
        label=_("Introduction"), required=False, max_length=20_000, widget=forms.Textarea(attrs={"rows": 6})
    )
    conclusions = forms.CharField(
        label=_("Conclusions and recommendations"),
        required=False,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    edit_version = forms.IntegerField(widget=forms.HiddenInput, required=False)


def name_in_language(version: IndicatorVersion) -> str:
    """The name of a card as the reader reads it."""
    return version.name_en if get_language() == "en" else version.name_pl


def _offer(form: forms.Form, name: str, choices: Sequence[tuple[Any, Any]]) -> None:
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)
    field.choices = list(choices)
