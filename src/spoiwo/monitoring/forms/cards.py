"""The builder of cards: what is counted, of what, for whom."""

import re
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from spoiwo.kernel.expressions.nodes import FormulaError, operands
from spoiwo.kernel.expressions.parsing import parse
from spoiwo.monitoring.forms.describing import DescriptionForm, described
from spoiwo.monitoring.messages import measure_name
from spoiwo.monitoring.models import IndicatorVersion, Measure
from spoiwo.monitoring.models.choices import GRAINS, MISSING, PER, PLACES, PROTECTS, SIDE_CHOICES, TIMES
from spoiwo.monitoring.rules.building import formula_for, kind_for
from spoiwo.monitoring.types import CardDraft, Side

_CODE = re.compile(r"[a-z][a-z0-9-]{1,58}")
FLOW = ADDED_UP = "sum"
KINDS = [
    ("", _("What the choices give: a number, a share or a rate")),
    ("change", _("Change against a year before, or against the divisor")),
    ("average", _("Mean of an institution, or of the divisor")),
]
RESERVED = (
    "nowa", "gotowe", "analiza", "edycje", "publikuj", "program", "tablice", "moje", "granice", "dane", "raport",
    "miary", "gminy",
)  # fmt: skip


class CardForm(DescriptionForm):
    """One card; formulas are made of the choices unless somebody writes them."""

    name_pl = forms.CharField(label=_("Name in Polish"), max_length=200)
    name_en = forms.CharField(label=_("Name in English"), max_length=200)
    code = forms.CharField(
        label=_("Code"), max_length=60, help_text=_("Small letters, digits and hyphens. It never changes.")
    )
    side = forms.ChoiceField(label=_("Side of the sector"), choices=SIDE_CHOICES)
    counted = forms.ChoiceField(label=_("What is counted"), required=False)
    only_dimension = forms.CharField(
        label=_("Only some of them: which division"),
        max_length=40,
        required=False,
        help_text=_("For example sex."),
    )
    only_value = forms.CharField(
        label=_("Only some of them: which value"),
        max_length=80,
        required=False,
        help_text=_("For example K."),
    )
    of_what = forms.ChoiceField(label=_("Divided by"), required=False)
    multiplier = forms.ChoiceField(label=_("Shown"), choices=PER)
    decimals = forms.IntegerField(
        label=_("Decimal places"), min_value=0, max_value=6, initial=2, required=False
    )
    kind = forms.ChoiceField(label=_("Sort of figure"), choices=KINDS, required=False)
    by = forms.CharField(
        label=_("Broken down by"),
        max_length=120,
        required=False,
        help_text=_("Divisions parted by commas, for example sex, age."),
    )
    levels = forms.MultipleChoiceField(
        label=_("For whom"), choices=list(PLACES.items()), widget=forms.CheckboxSelectMultiple
    )
    grain = forms.ChoiceField(label=_("Period"), choices=list(GRAINS.items()))
    time = forms.ChoiceField(
        label=_("Several reports in one period"),
        choices=[("", _("As the measure says")), *TIMES.items()],
        required=False,
    )
    missing = forms.ChoiceField(label=_("When an answer is missing"), choices=list(MISSING.items()))
    protects = forms.ChoiceField(label=_("Whom the figures could give away"), choices=list(PROTECTS.items()))
    numerator = forms.CharField(
        label=_("Own formula for what is counted"),
        max_length=500,
        required=False,
        help_text=_("Only when the choices above do not suffice."),
    )
    denominator = forms.CharField(label=_("Own formula for the divisor"), max_length=500, required=False)

    def __init__(self, *given: Any, measures: Sequence[Measure], **named: Any):
        super().__init__(*given, **named)
        self.measures = {measure.code: measure for measure in measures}
        choices = [(m.code, measure_name(m)) for m in measures]
        for name in ("counted", "of_what"):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = [("", _("Nothing")), *choices]

    def clean_code(self) -> str:
        """A code of the agreed shape."""
        code: str = self.cleaned_data["code"]
        if not _CODE.fullmatch(code):
            raise forms.ValidationError(
                _("Use small letters, digits and hyphens, beginning with a letter, for example cis-women.")
            )
        if code in RESERVED:
            raise forms.ValidationError(_("This word is the address of another page. Choose another code."))
        return code

    def clean(self) -> dict[str, Any]:
        """Something has to be counted."""
        data = super().clean() or self.cleaned_data
        if not data.get("numerator") and not data.get("counted"):
            self.add_error("counted", _("Choose what is counted, or write a formula."))
        self._check_divisions(data)
        return data

    def _check_divisions(self, data: dict[str, Any]) -> None:
        """Every measure of the card has the divisions it is to be broken down by."""
        counted, of_what = data.get("numerator") or data.get("counted", ""), data.get("denominator")
        measures = self._named(counted, of_what or data.get("of_what", ""))
        wanted = _divisions(data.get("by", ""))
        for measure in measures:
            unknown = [name for name in wanted if name not in measure.dimensions]
            if unknown:
                told = {
                    "name": measure_name(measure),
                    "unknown": ", ".join(unknown),
                    "known": ", ".join(measure.dimensions) or "–",
                }
                self.add_error(
                    "by",
                    _("“%(name)s” is not broken down by %(unknown)s. Its divisions: %(known)s.") % told,
                )

    def draft(self) -> CardDraft:
        """The card that was described."""
        data = self.cleaned_data
        numerator = data["numerator"] or formula_for(
            data["counted"], dimension=data["only_dimension"], value=data["only_value"]
        )
        denominator = data["denominator"] or (formula_for(data["of_what"]) if data["of_what"] else "")
        multiplier = float(data["multiplier"])
        entry = {
            "kind": data["kind"] or kind_for(denominator=denominator, multiplier=multiplier),
            "numerator": numerator,
            "denominator": denominator,
            "multiplier": multiplier,
            "by": _divisions(data["by"]),
            "levels": sorted(int(level) for level in data["levels"]),
            "grain": data["grain"],
            "time": data["time"] or self._rule_of_time(numerator),
            "space": self._rule_of_space(numerator, denominator),
            "missing": data["missing"],
            "protects": data["protects"],
            **({} if data["decimals"] is None else {"decimals": data["decimals"]}),
        }
        return CardDraft(
            code=data["code"],
            name_pl=data["name_pl"],
            name_en=data["name_en"],
            side=Side(data["side"]),
            entry=entry,
            texts=self.texts(),
            aims=self.aims(),
        )

    def _named(self, *formulas: str) -> list[Measure]:
        """Measures of the formulas; of one that cannot be read nothing is known, and the service refuses it."""
        try:
            parsed = [parse(formula) for formula in formulas if formula]
        except FormulaError:
            return []
        codes = dict.fromkeys(operand.measure for node in parsed for operand in operands(node))
        return [self.measures[code] for code in codes if code in self.measures]

    def _rule_of_time(self, numerator: str) -> str:
        return next((measure.time_rule for measure in self._named(numerator)), FLOW)

    def _rule_of_space(self, *formulas: str) -> str:
        """What must not be added up over places or institutions makes the whole card so."""
        return next((m.space_rule for m in self._named(*formulas) if m.space_rule != ADDED_UP), ADDED_UP)

    def groups(self) -> list[tuple[Any, list[forms.BoundField], bool, bool]]:
        """Fields as the page groups them: heading, fields, whether the group is folded, whether it is open."""
        described = {name for _title, names in self.sections() for name in names}
        first = [name for name in self.fields if name not in described and name != "edit_version"]
        cut = first.index("numerator")
        groups = [
            (_("What is counted, of what, for whom"), first[:cut]),
            (_("Own formulas"), first[cut:]),
            *self.sections(),
        ]
        return [
            (title, [self[name] for name in names], at > 0, any(name in self.errors for name in names))
            for at, (title, names) in enumerate(groups)
        ]


def _divisions(text: str) -> list[str]:
    """Codes parted by commas, each of them once."""
    return list(dict.fromkeys(part.strip() for part in text.split(",") if part.strip()))


def initial_of(version: IndicatorVersion) -> dict[str, Any]:
    """What the form shows of a version; formulas as they are written."""
    entry = version.entry
    return {
        **{name: entry.get(name) for name in ("numerator", "denominator", "grain", "missing", "protects")},
        "time": entry.get("time", "sum"),
        "decimals": entry.get("decimals"),
        "kind": entry["kind"] if entry["kind"] in {"change", "average"} else "",
        "multiplier": f"{entry.get('multiplier', 1):g}",
        "by": ", ".join(entry.get("by", [])),
        "levels": [str(level) for level in entry.get("levels", [2])],
        "name_pl": version.name_pl,
        "name_en": version.name_en,
        "code": version.indicator.code,
        "side": version.indicator.side,
        "edit_version": version.edit_version,
        **described(version),
    }
