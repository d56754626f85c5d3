"""The catalogue of measures as a table."""

from collections.abc import Mapping, Sequence

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from spoiwo.monitoring.models import Measure
from spoiwo.monitoring.models import choices as labels

FLOW = "sum"


def measure_rows(measures: Sequence[Measure], years: Mapping[int, tuple[int, int]]) -> list[dict[str, str]]:
    """One row per measure. years: first and last year that something was reported of, by number of the measure."""
    polish = get_language() != "en"
    return [
        {
            "code": one.code,
            "name": one.name_pl if polish else one.name_en,
            "unit": one.get_unit_display(),
            "nature": _("flow: what happened in the period")
            if one.time_rule == FLOW
            else _("stock: a state"),
            "time": str(labels.TIMES[one.time_rule]),
            "space": str(labels.SPACES[one.space_rule]),
            "dimensions": ", ".join(one.dimensions) or "–",
            "side": one.get_side_display(),
            "source": one.source,
            "years": _years(years.get(one.pk)),
        }
        for one in measures
    ]


def _years(found: tuple[int, int] | None) -> str:
    if found is None:
        return "–"
    first, last = found
    return str(first) if first == last else f"{first}–{last}"
