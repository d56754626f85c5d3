"""What a card says beside its computation: texts in two languages, targets, deadlines."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from spoiwo.monitoring import messages
from spoiwo.monitoring.errors import PairUnreadable
from spoiwo.monitoring.models import IndicatorVersion
from spoiwo.monitoring.models.choices import DIRECTIONS, LEVELS, REACHES
from spoiwo.monitoring.rules.aims import aims_of, kept_aims, read_pairs, read_targets
from spoiwo.monitoring.types import TEXTS, Aims, Direction, Level, Reach

LABELS = {
    "short_name": (_("Short name in Polish"), _("Short name in English")),
    "definition": (_("Definition in Polish"), _("Definition in English")),
    "rationale": (_("Why it is watched, in Polish"), _("Why it is watched, in English")),
    "population": (_("Who or what is described, in Polish"), _("Who or what is described, in English")),
    "source": (_("Source of the data, in Polish"), _("Source of the data, in English")),
    "method": (_("How the data are collected, in Polish"), _("How the data are collected, in English")),
    "baseline_source": (_("Source of the baseline, in Polish"), _("Source of the baseline, in English")),
    "target_reason": (_("Why these targets, in Polish"), _("Why these targets, in English")),
    "confidentiality": (
        _("More about confidentiality, in Polish"),
        _("More about confidentiality, in English"),
    ),
    "comparability": (_("Comparability over time, in Polish"), _("Comparability over time, in English")),
    "limitations": (_("Limitations in Polish"), _("Limitations in English")),
    "use": (_("Use and readers, in Polish"), _("Use and readers, in English")),
}
SHORT = ("short_name", "baseline_source")
MOST_DAYS = 1000


class DescriptionForm(forms.Form):
    """The part of a card that people read; mixed into the builder."""

    edit_version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    level = forms.ChoiceField(label=_("Link in the chain of results"), required=False)
    direction = forms.ChoiceField(label=_("Direction wanted"), required=False)
    baseline_period = forms.RegexField(
        label=_("Period of the baseline"), regex=r"^\d{4}(-Q[1-4]|-\d{2})?$", required=False, max_length=7
    )
    baseline = forms.FloatField(label=_("Value of the baseline"), required=False, localize=True)
    targets = forms.CharField(
        label=_("Targets"),
        required=False,
        max_length=500,
        help_text=_(
            "Each year with its target, for example 2025: 42; 2026: 44,5. The last one is the final target."
        ),
    )
    breaks = forms.CharField(
        label=_("Breaks of the series"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("The first year that cannot be compared and why, for example 2025: new questionnaire."),
    )
    due_days = forms.IntegerField(
        label=_("Days after the period until data are due"), required=False, min_value=0, max_value=MOST_DAYS
    )
    correction_days = forms.IntegerField(
        label=_("Days after the period until corrections are taken"),
        required=False,
        min_value=0,
        max_value=MOST_DAYS,
    )
    least_response = forms.IntegerField(
        label=_("Least response in per cent"), required=False, min_value=0, max_value=100
    )
    reach = forms.ChoiceField(label=_("Who sees the figures"), required=False)

    def __init__(self, *given: Any, **named: Any):
        super().__init__(*given, **named)
        for name, choices in (("level", LEVELS), ("direction", DIRECTIONS), ("reach", REACHES)):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = [(key.value, label or _("Not said")) for key, label in choices.items()]
        for name, both in LABELS.items():
            for field_name, label in zip((name, f"{name}_en"), both, strict=True):
                widget = forms.TextInput() if name in SHORT else forms.Textarea(attrs={"rows": 2})
                self.fields[field_name] = forms.CharField(
                    label=label, required=False, max_length=200 if name in SHORT else 2000, widget=widget
                )

    def clean_targets(self) -> dict[str, float]:
        """Targets by period."""
        try:
            return read_targets(self.cleaned_data["targets"])
        except PairUnreadable as error:
            raise forms.ValidationError(messages.message_for(error)) from None

    def clean_breaks(self) -> dict[str, str]:
        """Reasons by period."""
        try:
            return read_pairs(self.cleaned_data["breaks"])
        except PairUnreadable as error:
            raise forms.ValidationError(messages.message_for(error)) from None

    def texts(self) -> dict[str, str]:
        """What was written, in both languages."""
        names = [name for text in TEXTS for name in (text, f"{text}_en")]
        return {name: self.cleaned_data[name] for name in names if self.cleaned_data[name]}

    def aims(self) -> dict[str, Any]:
        """Where the figure should go, as JSON keeps it."""
        data = self.cleaned_data
        return kept_aims(
            Aims(
                level=Level(data["level"]),
                direction=Direction(data["direction"]),
                baseline_period=data["baseline_period"],
                baseline=data["baseline"],
                targets=data["targets"],
                breaks=data["breaks"],
                due_days=data["due_days"],
                correction_days=data["correction_days"],
                least_response=data["least_response"],
                reach=Reach(data["reach"] or Reach.PUBLIC),
            )
        )

    def sections(self) -> list[tuple[Any, list[str]]]:
        """Headings with the names of the fields under them."""
        return [
            (
                _("What it means"),
                [*_both("short_name", "definition", "rationale", "population", "use"), "level"],
            ),
            (
                _("Where it should go"),
                [
                    "direction",
                    "baseline_period",
                    "baseline",
                    *_both("baseline_source"),
                    "targets",
                    *_both("target_reason"),
                ],
            ),
            (
                _("How the data come in"),
                [*_both("source", "method"), "due_days", "correction_days", "least_response"],
            ),
            (
                _("What to know when reading it"),
                ["breaks", *_both("comparability", "limitations", "confidentiality"), "reach"],
            ),
        ]


def described(version: IndicatorVersion) -> dict[str, Any]:
    """What the form shows of a version."""
    aims = aims_of(version.aims)
    return {
        **version.texts,
        "level": aims.level.value,
        "direction": aims.direction.value,
        "baseline_period": aims.baseline_period,
        "baseline": aims.baseline,
        "targets": "; ".join(f"{period}: {value:g}" for period, value in sorted(aims.targets.items())),
        "breaks": "\n".join(f"{period}: {reason}" for period, reason in sorted(aims.breaks.items())),
        "due_days": aims.due_days,
        "correction_days": aims.correction_days,
        "least_response": aims.least_response,
        "reach": aims.reach.value,
    }


def _both(*names: str) -> list[str]:
    return [each for name in names for each in (name, f"{name}_en")]
