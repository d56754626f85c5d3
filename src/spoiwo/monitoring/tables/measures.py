"""The catalogue of measures as a table, and one measure as lines."""

from collections.abc import Mapping, Sequence

from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from spoiwo.monitoring.messages import measure_name
from spoiwo.monitoring.models import Measure
from spoiwo.monitoring.models import choices as labels
from spoiwo.toolkit.templatetags.spoiwo import pl_date

ADDED_UP = "sum"
NATURES = {
    "sum": gettext_lazy("flow: what happened in the period"),
    "last": gettext_lazy("stock: the state at the end"),
    "average": gettext_lazy("stock: the mean of the period"),
}
Years = Mapping[int, tuple[int, int]]


def measure_rows(measures: Sequence[Measure], years: Years) -> list[dict[str, object]]:
    """One row per measure. years: first and last year that something was reported of, by number of the measure."""
    return [
        {
            "code": one.code,
            "name": measure_name(one),
            "unit": one.get_unit_display(),
            "nature": str(NATURES[one.time_rule]),
            "space": _space(one),
            "dimensions": _divisions(one),
            "side": one.get_side_display(),
            "source": _source(one),
            "years": _years(years.get(one.pk)),
            "is_open": one.is_open,
            "is_retired": one.retired_at is not None,
        }
        for one in measures
    ]


def measure_lines(one: Measure, years: Years) -> list[tuple[str, str]]:
    """Everything that the catalogue says of a measure."""
    polish = get_language() != "en"
    first, second = (one.description_pl, one.description_en)
    described = (first or second) if polish else (second or first)
    lines = [
        (_("Code"), one.code),
        (_("Name in Polish"), one.name_pl),
        (_("Name in English"), one.name_en),
        (_("Description"), described),
        (_("Side of the sector"), one.get_side_display()),
        (_("Unit"), one.get_unit_display()),
        (_("How it adds up"), "; ".join(part for part in (str(NATURES[one.time_rule]), _space(one)) if part)),
        (_("Can be broken down by"), _divisions(one)),
        (_("Source"), _source(one)),
        (_("Years"), _years(years.get(one.pk))),
        (
            _("What may not be shown"),
            str(labels.NOBODY_TO_PROTECT) if one.is_open else _("As each card says"),
        ),
        (_("Kept by"), one.institution.name if one.institution else _("It comes with the platform")),
        (_("Retired"), pl_date(one.retired_at) if one.retired_at else ""),
    ]
    return [(str(label), str(text)) for label, text in lines if text]


def _divisions(one: Measure) -> str:
    """Their names, and the codes that formulas and files call them by."""
    named = ((labels.dimension_name(code), code) for code in one.dimensions)
    return ", ".join(code if name == code else f"{name} ({code})" for name, code in named) or "–"


def _space(one: Measure) -> str:
    return "" if one.space_rule == ADDED_UP else str(labels.SPACES[one.space_rule])


def _source(one: Measure) -> str:
    return str(labels.SOURCES.get(one.source, one.source))


def _years(found: tuple[int, int] | None) -> str:
    if found is None:
        return "–"
    first, last = found
    return str(first) if first == last else f"{first}–{last}"
