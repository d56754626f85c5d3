"""The picture of infrastructure: what there is in each commune, and what was looked for in vain."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from django.db.models import Count, Max, Min

from spoiwo.catalogue.models import Place, UnmetNeed
from spoiwo.catalogue.rules.freshness import freshness
from spoiwo.catalogue.rules.places import free_places
from spoiwo.catalogue.types import Cell, Freshness, NeedCount, PlaceKind
from spoiwo.toolkit.columns import prefix_range

Grid = dict[tuple[str, str], Cell]


def grid(region: str, today: date, *, length: int = 7) -> Grid:
    """Unit of so many digits and kind -> what lies there, inside a region (a prefix of TERYT codes).

    An entry whose commune is not known lies nowhere.
    """
    rows = Place.objects.listed().filter(prefix_range("teryt", region))
    found: Grid = defaultdict(Cell)
    columns = ("teryt", "kind", "places_total", "taken_elsewhere", "taken_by_referrals", "confirmed_on")
    for teryt, kind, total, elsewhere, referred, confirmed in rows.values_list(*columns):
        key = (teryt[:length], kind)
        free = free_places(total=total, elsewhere=elsewhere, referred=referred)
        stale = freshness(confirmed, today) is Freshness.STALE
        found[key] = _with(found[key], total=total, free=free, stale=stale)
    return dict(found)


def kinds_in(cells: Iterable[tuple[str, str]]) -> list[PlaceKind]:
    """Kinds that occur, in their order."""
    present = {kind for _, kind in cells}
    return [kind for kind in PlaceKind if kind.value in present]


def unmet_needs(*, region: str = "", only_new: bool = False) -> list[NeedCount]:
    """Needs that found no place, by county and kind, most often first. only_new: not offered to the council yet."""
    rows = UnmetNeed.objects.all()
    if region:
        rows = rows.filter(prefix_range("county", region))
    if only_new:
        rows = rows.filter(topic__isnull=True)
    counted = rows.values("county", "kind").annotate(
        n=Count("pk"), first=Min("noted_on"), last=Max("noted_on")
    )
    return [
        NeedCount(one["county"], PlaceKind(one["kind"]), one["n"], one["first"], one["last"])
        for one in counted.order_by("-n", "county", "kind")
    ]


def _with(cell: Cell, *, total: int | None, free: int | None, stale: bool) -> Cell:
    return Cell(
        entries=cell.entries + 1,
        total=None if total is None or cell.total is None else cell.total + total,
        free=None if free is None or cell.free is None else cell.free + free,
        stale=cell.stale + stale,
    )
