"""A measure, and a file of figures."""

import keyword
import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from spoiwo.kernel.expressions.parsing import FUNCTIONS
from spoiwo.monitoring.models.choices import SIDE_CHOICES, SPACES, TIMES, UNIT_CHOICES
from spoiwo.monitoring.rules.files import HEADERS
from spoiwo.monitoring.types import Asked, MeasureDraft, MeasureWords, Side

LARGEST = 5_000_000
_CODE = re.compile(r"[a-z][a-z0-9_]{0,59}")
RESERVED = frozenset(
    {*(name for names in HEADERS.values() for name in names), "card", "level", "numerator", "denominator"}
    | {"n_units", "coverage", "units"}
)


WORDS = ("nowa", "z-pliku")  # of addresses


class AskForm(forms.Form):
    """What is looked for in a list of measures or cards."""

    mark_optional = False
    szukaj = forms.CharField(label=_("Words to look for"), max_length=100, required=False)
    strona = forms.ChoiceField(
        label=_("Side of the sector"), choices=[("", _("All sides")), *SIDE_CHOICES], required=False
    )

    def asked(self) -> Asked:
        """What was asked for; what cannot be understood is left out."""
        if not self.is_valid():
            return Asked()
        return Asked(words=self.cleaned_data["szukaj"], side=self.cleaned_data["strona"])


class WordsForm(forms.Form):
    """What a measure is, in words."""

    name_pl = forms.CharField(label=_("Name in Polish"), max_length=200)
    name_en = forms.CharField(label=_("Name in English"), max_length=200)
    description_pl = forms.CharField(
        label=_("Description in Polish"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("What exactly is counted, and what is not."),
    )
    description_en = forms.CharField(
        label=_("Description in English"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    source = forms.CharField(label=_("Source"), max_length=200)
    side = forms.ChoiceField(label=_("Side of the sector"), choices=SIDE_CHOICES)
    dimensions = forms.CharField(
        label=_("Can be broken down by"),
        max_length=200,
        required=False,
        help_text=_("Divisions parted by commas, for example sex, age."),
    )

    def clean_dimensions(self) -> tuple[str, ...]:
        """Codes, each of them once."""
        names = [part.strip() for part in self.cleaned_data["dimensions"].split(",") if part.strip()]
        if any(not _CODE.fullmatch(name) or name in RESERVED for name in names):
            raise forms.ValidationError(
                _("Divisions are codes of small letters, and not names of other columns.")
            )
        return tuple(dict.fromkeys(names))


class MeasureForm(WordsForm):
    """What is counted, and how it may be added up."""

    code = forms.CharField(
        label=_("Code"),
        max_length=60,
        help_text=_("Small letters, digits and underscores, for example zaz_staff. It never changes."),
    )
    unit = forms.ChoiceField(label=_("Unit"), choices=UNIT_CHOICES)
    time_rule = forms.ChoiceField(label=_("Several reports in one period"), choices=list(TIMES.items()))
    space_rule = forms.ChoiceField(label=_("Places together"), choices=list(SPACES.items()))
    is_open = forms.BooleanField(
        label=_("The figures are public anyway: public statistics, or acts of public bodies"),
        required=False,
        help_text=_(
            "Nothing is hidden of such a measure. Answers of surveys cannot feed it. Leave it unmarked when in doubt."
        ),
    )
    field_order = (
        "name_pl",
        "name_en",
        "code",
        "unit",
        "time_rule",
        "space_rule",
        "dimensions",
        "source",
        "side",
    )

    def clean_code(self) -> str:
        """A word of formulas that means nothing else."""
        code: str = self.cleaned_data["code"]
        if not _CODE.fullmatch(code) or code in FUNCTIONS or code in WORDS or keyword.iskeyword(code):
            raise forms.ValidationError(
                _("Use small letters, digits and underscores, beginning with a letter; no word of formulas.")
            )
        return code

    def draft(self) -> MeasureDraft:
        """The measure that was described."""
        data: dict[str, Any] = self.cleaned_data
        return MeasureDraft(**{**data, "side": Side(data["side"])})


class ChangeForm(WordsForm):
    """What is said better of a measure; divisions are added, and none is taken away."""

    edit_version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *given: Any, **named: Any):
        super().__init__(*given, **named)
        field = self.fields["dimensions"]
        field.label = _("Further divisions")
        field.help_text = _("They are added to those that there are: none is taken away.")

    def words(self) -> MeasureWords:
        """What was said."""
        data: dict[str, Any] = {**self.cleaned_data}
        data.pop("edit_version")
        divisions = data.pop("dimensions")
        return MeasureWords(**{**data, "side": Side(data["side"])}, divisions=divisions)


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
