"""A measure, and a file of figures."""

import keyword
import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from spoiwo.kernel.expressions.parsing import FUNCTIONS
from spoiwo.monitoring.models.choices import SIDE_CHOICES, SPACES, TIMES, UNIT_CHOICES
from spoiwo.monitoring.rules.files import HEADERS
from spoiwo.monitoring.types import MeasureDraft, Side

LARGEST = 5_000_000
_CODE = re.compile(r"[a-z][a-z0-9_]{0,59}")
RESERVED = frozenset(
    {*(name for names in HEADERS.values() for name in names), "card", "level", "numerator", "denominator"}
    | {"n_units", "coverage", "units"}
)


class MeasureForm(forms.Form):
    """What is counted, and how it may be added up."""

    name_pl = forms.CharField(label=_("Name in Polish"), max_length=200)
    name_en = forms.CharField(label=_("Name in English"), max_length=200)
    code = forms.CharField(
        label=_("Code"),
        max_length=60,
        help_text=_("Small letters, digits and underscores, for example zaz_staff. It never changes."),
    )
    unit = forms.ChoiceField(label=_("Unit"), choices=UNIT_CHOICES)
    time_rule = forms.ChoiceField(label=_("Several reports in one period"), choices=list(TIMES.items()))
    space_rule = forms.ChoiceField(label=_("Places together"), choices=list(SPACES.items()))
    dimensions = forms.CharField(
        label=_("Can be broken down by"),
        max_length=200,
        required=False,
        help_text=_("Divisions parted by commas, for example sex, age."),
    )
    source = forms.CharField(label=_("Source"), max_length=200)
    side = forms.ChoiceField(label=_("Side of the sector"), choices=SIDE_CHOICES)
    is_open = forms.BooleanField(
        label=_("The figures are public anyway: public statistics, or acts of public bodies"),
        required=False,
        help_text=_(
            "Nothing is hidden of such a measure. Answers of surveys cannot feed it. Leave it unmarked when in doubt."
        ),
    )

    def clean_code(self) -> str:
        """A word of formulas that means nothing else."""
        code: str = self.cleaned_data["code"]
        if not _CODE.fullmatch(code) or code in FUNCTIONS or keyword.iskeyword(code):
            raise forms.ValidationError(
                _("Use small letters, digits and underscores, beginning with a letter; no word of formulas.")
            )
        return code

    def clean_dimensions(self) -> tuple[str, ...]:
        """Codes, each of them once."""
        names = [part.strip() for part in self.cleaned_data["dimensions"].split(",") if part.strip()]
        if any(not _CODE.fullmatch(name) or name in RESERVED for name in names):
            raise forms.ValidationError(
                _("Divisions are codes of small letters, and not names of other columns.")
            )
        return tuple(dict.fromkeys(names))

    def draft(self) -> MeasureDraft:
        """The measure that was described."""
        data: dict[str, Any] = self.cleaned_data
        return MeasureDraft(**{**data, "side": Side(data["side"])})


class FiguresForm(forms.Form):
    """CSV or XLSX."""

    file = forms.FileField(
        label=_("File of figures"),
        help_text=_("CSV or XLSX up to 5 MB and 20,000 rows."),
        widget=forms.FileInput(attrs={"accept": ".csv,.xlsx,text/csv"}),
    )

    def clean_file(self) -> Any:
        """Not larger than what is read at once."""
        file = self.cleaned_data["file"]
        if file.size > LARGEST:
            raise forms.ValidationError(_("The file is larger than 5 MB. Bring it in part by part."))
        return file
