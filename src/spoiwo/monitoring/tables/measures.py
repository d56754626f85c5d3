"""The catalogue of measures as a table."""

from collections.abc import Mapping, Sequence

from django.utils.translation import get_language, gettext_lazy

from spoiwo.monitoring.models import Measure
from spoiwo.monitoring.models import choices as labels

ADDED_UP = "sum"
NATURES = {
    "sum": gettext_lazy("flow: what happened in the period"),
    "last": gettext_lazy("stock: the state at the end"),
    "average": gettext_lazy("stock: the mean of the period"),
}


def measure_rows(measures: Sequence[Measure], years: Mapping[int, tuple[int, int]]) -> list[dict[str, str]]:
    """One row per measure. years: first and last year that something was reported of, by number of the measure."""
    polish = get_language() != "en"
    return [
        {
            "code": one.code,
            "name": one.name_pl if polish else one.name_en,
            "unit": one.get_unit_display(),
            "nature": str(NATURES[one.time_rule]),
            "space": "" if one.space_rule == ADDED_UP else str(labels.SPACES[one.space_rule]),
            "dimensions": ", ".join(one.dimensions) or "–",
            "side": one.get_side_display(),
            "source": str(labels.SOURCES.get(one.source, one.source)),
            "years": _years(years.get(one.pk)),
        }
        for one in measures
    ]


def _years(found: tuple[int, int] | None) -> str:
    if found is None:
        return "–"
    first, last = found
    return str(first) if first == last else f"{first}–{last}"
