"""What publications have made known: a figure that is hidden must not come out by what went out before.

Cards that share measures tell about the same figures, and so do two publications over data of which only a part has
changed. Before a card is published, all that was shown of it and of the cards beside it is worked out again, each
publication over its own snapshot, and the disclosure rules are asked of everything together.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from django.db.models import QuerySet

from spoiwo.engines.indicators.cards import Card, card_of
from spoiwo.engines.indicators.computing import Earlier
from spoiwo.engines.indicators.disclosure.tables import TableRow
from spoiwo.engines.indicators.releasing import Place
from spoiwo.monitoring.models import Figure, IndicatorVersion, Publication
from spoiwo.monitoring.queries import open_measures
from spoiwo.monitoring.rules.cards import protecting
from spoiwo.monitoring.rules.releasing import beside
from spoiwo.monitoring.services.remembered import rows_of


def made_known(card: Card, snapshot: str, *, until: int | None) -> Earlier:
    """What publications tell about measures of the card; those over a snapshot need not be worked out by themselves.

    until: the number of a publication; only those before it count. The editions raise SnapshotGone.
    """
    cards = _cards_beside(card, until)
    found = _publications(until).filter(version__in=cards).order_by("pk")
    told: dict[str, dict[int, list[int]]] = {}
    for name, version, pk in found.values_list("snapshot", "version", "pk"):
        told.setdefault(name, {}).setdefault(version, []).append(pk)
    here = told.pop(snapshot, {})
    return Earlier(
        cards=_in_order(cards, here),
        here=[_shown(pks) for pks in here.values()],
        editions=_editions(card, cards, told),
    )


def _editions(
    card: Card, cards: Mapping[int, Card], told: Mapping[str, Mapping[int, Sequence[int]]]
) -> Iterator[list[TableRow]]:
    for snapshot, by_version in told.items():
        shown = [_shown(pks) for pks in by_version.values()]
        yield rows_of([*_in_order(cards, by_version), card], snapshot, shown)


def _in_order(cards: Mapping[int, Card], first: Iterable[int]) -> list[Card]:
    return [cards[version] for version in dict.fromkeys((*first, *cards))]


def _cards_beside(card: Card, until: int | None) -> dict[int, Card]:
    """Published cards that tell about measures of the card, by version."""
    versions = IndicatorVersion.objects.filter(publications__in=_publications(until)).distinct()
    opened = open_measures()
    cards = {
        one.pk: protecting(card_of({**one.entry, "code": f"version {one.pk}"}), opened) for one in versions
    }
    return {pk: cards[pk] for pk in beside(card.measures, {pk: one.measures for pk, one in cards.items()})}


def _publications(until: int | None) -> QuerySet[Publication]:
    return Publication.objects.all() if until is None else Publication.objects.filter(pk__lt=until)


def _shown(publications: Sequence[int]) -> frozenset[Place]:
    figures = Figure.objects.filter(publication__in=publications, numerator__isnull=False)
    rows = figures.values_list("territory", "period", "cell")
    return frozenset((territory, period, tuple(cell)) for territory, period, cell in rows)
