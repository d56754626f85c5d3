"""Where a figure should go, with the breaks that editions of surveys have brought beside those that people wrote."""

from collections.abc import Mapping
from dataclasses import replace

from spoiwo.monitoring import queries
from spoiwo.monitoring.models import IndicatorVersion, SeriesBreak
from spoiwo.monitoring.rules.aims import aims_of
from spoiwo.monitoring.types import Aims
from spoiwo.surveys.messages import BREAK_NAMES
from spoiwo.surveys.types import BreakKind


def aims_with_breaks(version: IndicatorVersion) -> Aims:
    """The aims of a card; what people wrote about a break stands before what was found."""
    aims = aims_of(version.aims)
    found: dict[str, dict[str, None]] = {}
    is_yearly = version.entry.get("grain", "year") == "year"
    for one in queries.breaks_in(version):
        period = one.period[:4] if is_yearly else one.period
        found.setdefault(period, {})[_reason(one)] = None
    told: Mapping[str, str] = {period: " ".join(reasons) for period, reasons in found.items()}
    return replace(aims, breaks={**told, **aims.breaks})


def _reason(one: SeriesBreak) -> str:
    if one.note:
        return one.note
    return f"{one.question}: {BREAK_NAMES[BreakKind(one.kind)]}"
