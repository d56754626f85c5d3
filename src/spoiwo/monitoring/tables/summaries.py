"""What stands at the head of a card: the newest figure beside its target and baseline, and the quality box."""

from dataclasses import dataclass
from typing import Any

from spoiwo.engines.indicators.cards import card_of
from spoiwo.monitoring.models import IndicatorVersion, Publication
from spoiwo.monitoring.queries.evidence import response_to
from spoiwo.monitoring.rules.aims import is_reached
from spoiwo.monitoring.rules.quality import quality_of
from spoiwo.monitoring.tables.aims import aims_with_breaks
from spoiwo.monitoring.tables.figures import number
from spoiwo.monitoring.tables.released import REGION, Table
from spoiwo.monitoring.types import Found, Quality


@dataclass(frozen=True, slots=True)
class Headline:
    """The newest figure of the region. reached: whether it has come to its target, None when that cannot be said."""

    place: str
    period: str
    text: str
    target: str
    baseline: str
    baseline_period: str
    reached: bool | None


def headline(table: Table) -> Headline | None:
    """None without a figure of a region that is not broken down."""
    regions = table.places(REGION)
    if not regions or "" not in table.cells:
        return None
    mark = table.mark(regions[0], table.periods[-1], "")
    aims = table.aims
    period = table.periods[-1]
    target = aims.targets.get(period)
    sign = "\u00a0%" if table.version.entry["kind"] == "share" and mark.value is not None else ""
    return Headline(
        place=mark.label,
        period=period,
        text=mark.text + sign,
        target="" if target is None else number(target, table.decimals),
        baseline="" if aims.baseline is None else number(aims.baseline, table.decimals),
        baseline_period=aims.baseline_period,
        reached=None if mark.value is None else is_reached(aims, period, mark.value),
    )


def quality(version: IndicatorVersion, found: list[Found], publication: Publication) -> Quality:
    """The quality box of what was published."""
    newest = max((one.period for one in found), default="")
    entry: dict[str, Any] = {**version.entry, "code": version.indicator.code}
    response = response_to(card_of(entry), newest) if newest else None
    return quality_of(
        found,
        aims_with_breaks(version),
        published_on=publication.published_at.date(),
        asked=response.asked if response else 0,
        answered=response.answered if response else 0,
    )
