"""Observations behind a figure as rows."""

from collections.abc import Sequence
from datetime import date

from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from spoiwo.monitoring.tables.figures import number
from spoiwo.monitoring.types import Answer
from spoiwo.territory import queries as territory

STATUSES = {
    "ok": gettext_lazy("reported"),
    "missing": gettext_lazy("no answer"),
    "zero_reported": gettext_lazy("reported as none"),
    "na": gettext_lazy("does not apply"),
    "confidential": gettext_lazy("confidential, not in any published figure"),
}


def answer_rows(answers: Sequence[Answer], day: date) -> list[dict[str, str]]:
    """One row per observation."""
    names = territory.names_of({one.territory for one in answers}, day)
    polish = get_language() != "en"
    return [
        {
            "measure": one.name_pl if polish else one.name_en,
            "unit": one.unit,
            "place": names.get(one.territory, one.territory),
            "period": one.period,
            "cell": one.cell or _("not broken down"),
            "value": "." if one.value is None else number(one.value),
            "status": str(STATUSES[one.status]),
            "corrected": _("corrected") if one.revision > 1 else "",
        }
        for one in answers
    ]
