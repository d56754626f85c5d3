"""What was reported about the actor's own institution, worked out by every card."""

from dataclasses import dataclass, replace

from spoiwo.engines.indicators import reference
from spoiwo.engines.indicators.cards import card_of
from spoiwo.engines.indicators.observed import Figure, Row
from spoiwo.institutions import queries as institutions
from spoiwo.kernel.actor import Actor
from spoiwo.monitoring.models import IndicatorVersion, Observation
from spoiwo.monitoring.queries.evidence import latest

REGION = 2


@dataclass(frozen=True, slots=True)
class Own:
    """The newest figure of a card for one institution alone."""

    version: IndicatorVersion
    figure: Figure


def own_figures(actor: Actor, versions: list[IndicatorVersion]) -> list[Own]:
    """The newest own figure of each card that has one; nothing is hidden from those it is about."""
    seat = institutions.institution_of(actor)
    if seat is None:
        return []
    found = latest(Observation.objects.filter(unit=seat.code).select_related("measure")).values()
    rows = [
        Row(
            measure=row.measure.code,
            unit=row.unit,
            territory=row.territory,
            period=row.period,
            value=row.value,
            status=row.status,
            cell=row.cell,
        )
        for row in found
    ]
    known = {row.measure for row in rows}
    return [own for version in versions if (own := _newest(version, rows, known)) is not None]


def _newest(version: IndicatorVersion, rows: list[Row], known: set[str]) -> Own | None:
    card = replace(card_of({**version.entry, "code": version.indicator.code}), by=(), levels=(REGION,))
    if card.frame_parts or not set(card.measures) & known:
        return None
    figures = [one for one in reference.compute(card, rows) if one.value is not None]
    return Own(version, max(figures, key=lambda one: one.period)) if figures else None
