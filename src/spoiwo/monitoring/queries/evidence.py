"""What stands behind figures: the observations as they were when the snapshot was taken."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from spoiwo.engines.indicators.cards import Card
from spoiwo.engines.indicators.periods import read_period
from spoiwo.kernel.actor import Actor
from spoiwo.monitoring.models import Observation, Publication
from spoiwo.monitoring.types import Answer
from spoiwo.territory import queries as register

CellKey = tuple[int, str, str, str]


@dataclass(frozen=True, slots=True)
class Response:
    """Institutions in the data of a period, and those of them that reported something."""

    asked: int
    answered: int


def publication_of(code: str, pk: int) -> Publication | None:
    """A publication of a card."""
    found = Publication.objects.filter(pk=pk, version__indicator__code=code)
    return found.select_related("version__indicator__institution").first()


def latest(observations: QuerySet[Observation]) -> dict[CellKey, Observation]:
    """The highest revision of every cell."""
    found: dict[CellKey, Observation] = {}
    for row in observations.order_by("revision").iterator(chunk_size=2000):
        found[row.measure_id, row.unit, row.period, row.cell_key] = row
    return found


def response_to(card: Card, period: str) -> Response:
    """How many reported to the measures of a card in a period."""
    rows = latest(_of_period(card, period, {}))
    asked = {row.unit for row in rows.values() if row.status != "na"}
    answered = {row.unit for row in rows.values() if row.value is not None or row.status == "zero_reported"}
    return Response(len(asked), len(asked & answered))


def rows_behind(
    actor: Actor,
    card: Card,
    *,
    territory: str,
    period: str,
    cell: Mapping[str, str],
    newest: Mapping[str, str],
) -> list[Answer]:
    """Observations of the actor's institution that a figure was made of, as they were then.

    cell: the value of each dimension that the figure is broken down by; newest: by year the number of the newest
    observation in the snapshot.
    """
    if not actor.has_any("analyst", "director"):
        return []
    found = _of_period(card, period, newest).filter(institution_id=actor.institution_id)
    rows = latest(found.select_related("measure"))
    places = register.present_codes(row.territory for row in rows.values())
    return sorted(
        (
            Answer(
                row.measure.code,
                row.measure.name_pl,
                row.measure.name_en,
                row.unit,
                row.territory,
                row.period,
                ", ".join(row.cell.values()),
                row.value,
                "confidential" if row.confidential else row.status,
                row.revision,
            )
            for row in rows.values()
            if places.get(row.territory, row.territory).startswith(territory) and _fits(row, card.by, cell)
        ),
        key=lambda one: (one.measure, one.unit, one.period, one.cell),
    )


def _fits(row: Observation, by: Iterable[str], cell: Mapping[str, str]) -> bool:
    return all((row.cell.get(name) or "") == (cell.get(name) or "") for name in by)


def _of_period(card: Card, period: str, newest: Mapping[str, str]) -> QuerySet[Observation]:
    """Observations of the card's measures in a period and in those that its formulas reach back to."""
    end, months = read_period(period)
    back = max((operand.lag + operand.window_months for operand in card.operands), default=0)
    years = range((end - months + 1 - back) // 12, end // 12 + 1)
    kept = Observation.objects.filter(measure__code__in=card.measures)
    if newest:
        limits = Q()
        for year in years:
            limits |= Q(year=year, pk__lte=int(newest.get(str(year), 0)))
        kept = kept.filter(limits)
    wanted = _labels(end, months, back)
    return kept.filter(year__in=list(years), period__in=wanted)


def _labels(end: int, months: int, back: int) -> Collection[str]:
    """Texts of all months, quarters and years that end within the reach of a period."""
    found = set()
    for month in range(end - months + 1 - back, end + 1):
        year, at = divmod(month, 12)
        found |= {f"{year:04}-{at + 1:02}", f"{year:04}-Q{at // 3 + 1}", f"{year:04}"}
    return found
