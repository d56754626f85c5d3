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
    rows = _rows(actor)
    newest = ((version, max(_figures(version, rows), key=_period, default=None)) for version in versions)
    return [Own(version, figure) for version, figure in newest if figure is not None]


def own_series(actor: Actor, version: IndicatorVersion) -> dict[str, float]:
    """The own figures of a card by period."""
    return {one.period: one.value for one in _figures(version, _rows(actor)) if one.value is not None}


def _period(figure: Figure) -> str:
    return figure.period


def _rows(actor: Actor) -> list[Row]:
    seat = institutions.institution_of(actor)
    if seat is None:
        return []
    found = latest(Observation.objects.filter(unit=seat.code).select_related("measure")).values()
    return [
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


def _figures(version: IndicatorVersion, rows: list[Row]) -> list[Figure]:
    card = replace(card_of({**version.entry, "code": version.indicator.code}), by=(), levels=(REGION,))
    if card.frame_parts or not set(card.measures) & {row.measure for row in rows}:
        return []
    return [one for one in reference.compute(card, rows) if one.value is not None]
