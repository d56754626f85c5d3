"""Reads of the context for screens."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet

from spoiwo.engines.indicators.cards import card_of
from spoiwo.kernel.actor import Actor
from spoiwo.kernel.text import polish_sort_key
from spoiwo.monitoring.models import (
    Figure,
    Indicator,
    IndicatorVersion,
    Measure,
    Publication,
    SeriesBreak,
)
from spoiwo.monitoring.types import Asked, Found, State

REGION = 2
EVERYTHING = Asked()


@dataclass(frozen=True, slots=True)
class Listed:
    """A card in the list: the version that counts, its newest figure of the region, the version in the making."""

    version: IndicatorVersion
    newest: Figure | None
    open_version: IndicatorVersion | None


def listed_cards(actor: Actor, asked: Asked = EVERYTHING) -> list[Listed]:
    """Cards the actor reaches, or those of them that are looked for, by side and Polish name."""
    versions = (
        IndicatorVersion.objects.visible_to(actor).exclude(state=State.RETIRED).select_related("indicator")
    )
    by_card: dict[int, dict[str, IndicatorVersion]] = {}
    for version in versions:
        kind = State.APPROVED.value if version.state == State.APPROVED else State.DRAFT.value
        by_card.setdefault(version.indicator_id, {})[kind] = version
    figures = _newest(found[State.APPROVED] for found in by_card.values() if State.APPROVED in found)
    rows = []
    for found in by_card.values():
        approved, opened = found.get(State.APPROVED), found.get(State.DRAFT)
        counting = approved or opened
        assert counting is not None
        if _is_asked_for(counting, asked):
            rows.append(Listed(counting, figures.get(counting.pk), opened))
    return sorted(rows, key=lambda row: (row.version.indicator.side, polish_sort_key(row.version.name_pl)))


def _is_asked_for(version: IndicatorVersion, asked: Asked) -> bool:
    indicator = version.indicator
    return asked.side in {"", indicator.side} and asked.fits(
        indicator.code, version.name_pl, version.name_en, *map(str, version.texts.values())
    )


def retired_cards() -> list[IndicatorVersion]:
    """The last versions of cards that are not in use any more, by Polish name."""
    unused = Indicator.objects.exclude(versions__state__in=(State.DRAFT, State.REVIEW, State.APPROVED))
    found = IndicatorVersion.objects.filter(indicator__in=unused).select_related("indicator")
    last = {version.indicator_id: version for version in found.order_by("number")}
    return sorted(last.values(), key=lambda version: polish_sort_key(version.name_pl))


def _newest(versions: Iterable[IndicatorVersion]) -> dict[int, Figure]:
    """The newest figure of a whole region without a crossing, by version."""
    newest = newest_publications(versions)
    figures = Figure.objects.filter(publication__in=list(newest.values()), level=REGION, cell=[])
    by_publication = {figure.publication_id: figure for figure in figures.order_by("period", "territory")}
    return {
        version: by_publication[publication.pk]
        for version, publication in newest.items()
        if publication.pk in by_publication
    }


def newest_publications(versions: Iterable[IndicatorVersion]) -> dict[int, Publication]:
    """The publication that counts, by version."""
    found = Publication.objects.filter(version__in=list(versions)).order_by("number")
    return {publication.version_id: publication for publication in found}


def versions_of(actor: Actor, code: str) -> QuerySet[IndicatorVersion]:
    """Versions of a card in reach, the newest first."""
    found = IndicatorVersion.objects.visible_to(actor).filter(indicator__code=code)
    return found.select_related("indicator__institution").order_by("-number")


def published(version: IndicatorVersion) -> list[Found]:
    """Figures of the newest publication of a version."""
    newest = version.publications.order_by("-number").first()
    return figures_in(newest) if newest else []


def figures_in(publication: Publication) -> list[Found]:
    """Figures of a publication."""
    rows = publication.figures.order_by("level", "territory", "period", "pk")
    return [found_of(figure) for figure in rows]


def found_of(figure: Figure) -> Found:
    """A stored figure as a value."""
    return Found(
        figure.territory,
        figure.level,
        figure.period,
        tuple(figure.cell),
        figure.numerator,
        figure.denominator,
        figure.value,
        figure.n_units,
        figure.coverage,
        figure.status,
        figure.pk,
    )


def measures() -> list[Measure]:
    """The catalogue, by side and Polish name."""
    return sorted(Measure.objects.all(), key=lambda one: (one.side, polish_sort_key(one.name_pl)))


def open_measures() -> frozenset[str]:
    """Codes of the measures of what is public anyway."""
    return frozenset(Measure.objects.filter(is_open=True).values_list("code", flat=True))


def breaks_in(version: IndicatorVersion) -> list[SeriesBreak]:
    """Breaks that editions have brought into the measures of a card, in the order of their periods."""
    measures = card_of({**version.entry, "code": version.indicator.code}).measures
    found = SeriesBreak.objects.filter(measure__code__in=measures).select_related("measure")
    return list(found.order_by("period", "measure__code", "question"))


def has_cards() -> bool:
    """Whether there is any card."""
    return Indicator.objects.exists()
