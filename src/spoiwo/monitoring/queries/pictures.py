"""What pictures need beside the released table: boundaries, and who reported."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from spoiwo.engines.indicators.cards import card_of
from spoiwo.monitoring.models import Boundary, IndicatorVersion, Observation
from spoiwo.monitoring.queries.evidence import latest
from spoiwo.territory import queries as register


def boundaries(codes: Iterable[str]) -> dict[str, Sequence[Any]]:
    """Rings of longitude and latitude by TERYT code, of those places that have any."""
    return dict(Boundary.objects.filter(code__in=list(codes)).values_list("code", "rings"))


def known_boundaries() -> int:
    """How many places have boundaries."""
    return Boundary.objects.count()


def reported(version: IndicatorVersion, level: int) -> dict[tuple[str, str], tuple[int, int]]:
    """By place and year: institutions in the data of the card, and those of them that reported something."""
    card = card_of({**version.entry, "code": version.indicator.code})
    rows = latest(Observation.objects.filter(measure__code__in=card.measures))
    asked: dict[tuple[str, str], set[str]] = defaultdict(set)
    answered: dict[tuple[str, str], set[str]] = defaultdict(set)
    places = register.present_codes(row.territory for row in rows.values())
    for row in rows.values():
        place = places.get(row.territory, row.territory)
        if len(place) < level or row.status == "na":
            continue
        key = place[:level], str(row.year)
        asked[key].add(row.unit)
        if row.value is not None or row.status == "zero_reported":
            answered[key].add(row.unit)
    return {key: (len(units), len(answered[key])) for key, units in asked.items()}
