"""Reads about measures: the catalogue, and what stands on one of them."""

from collections.abc import Sequence

from django.db.models import Max, Min, Q

from spoiwo.engines.indicators.cards import card_of
from spoiwo.kernel.actor import Actor
from spoiwo.kernel.text import polish_sort_key
from spoiwo.monitoring.models import IndicatorVersion, Measure, Observation, QuestionSource
from spoiwo.monitoring.types import Asked, State


def found_measures(asked: Asked) -> list[Measure]:
    """The catalogue by side and Polish name, what is retired at the end."""
    measures = Measure.objects.select_related("institution")
    if asked.side:
        measures = measures.filter(side=asked.side)
    found = [one for one in measures if asked.fits(one.code, one.name_pl, one.name_en, one.source)]
    return sorted(found, key=lambda one: (one.retired_at is not None, *_order(one)))


def _order(one: Measure) -> tuple[str, str]:
    return one.side, polish_sort_key(one.name_pl)


def measure_of(code: str) -> Measure | None:
    """A measure by its code."""
    return Measure.objects.select_related("institution").filter(code=code).first()


def offered_measures(codes: Sequence[str] = ()) -> list[Measure]:
    """Measures of which something new may be made, and those of the codes, by side and Polish name."""
    return sorted(Measure.objects.filter(Q(retired_at__isnull=True) | Q(code__in=codes)), key=_order)


def reported_years() -> dict[int, tuple[int, int]]:
    """First and last year that something was reported of, by measure."""
    years = Observation.objects.order_by().values("measure").annotate(first=Min("year"), last=Max("year"))
    return {one["measure"]: (one["first"], one["last"]) for one in years}


def measures_in(version: IndicatorVersion) -> tuple[str, ...]:
    """Codes of the measures that a version counts."""
    return card_of({**version.entry, "code": version.indicator.code}).measures


def cards_over(code: str, actor: Actor | None = None) -> list[IndicatorVersion]:
    """Versions of cards that are not retired and count the measure, by Polish name; actor: only those in reach."""
    versions = IndicatorVersion.objects.exclude(state=State.RETIRED).select_related("indicator")
    if actor is not None:
        versions = versions.visible_to(actor)
    return sorted(
        (one for one in versions if code in measures_in(one)),
        key=lambda one: (polish_sort_key(one.name_pl), one.number),
    )


def questions_feeding(measure: Measure) -> int:
    """How many questions of surveys feed it, of whichever institution."""
    return QuestionSource.objects.filter(measure=measure).count()
