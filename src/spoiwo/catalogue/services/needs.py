"""Needs that found no place."""

from collections.abc import Iterable
from datetime import date

from django.db import transaction

from spoiwo.catalogue.errors import NotYourPlace, UnknownUnit
from spoiwo.catalogue.models import UnmetNeed
from spoiwo.catalogue.policies import refers
from spoiwo.catalogue.types import PlaceKind, TargetGroup
from spoiwo.kernel.actor import Actor
from spoiwo.territory import queries as territory


@transaction.atomic
def note_need(
    *, kind: PlaceKind, area: str, today: date, by: Actor, group: TargetGroup | None = None
) -> UnmetNeed:
    """Write down that nothing was found, for the county's figures. Raises NotYourPlace, UnknownUnit."""
    if not refers(by):
        raise NotYourPlace
    if len(area) < 4 or territory.unit_on(area, today) is None:
        raise UnknownUnit(area)
    return UnmetNeed.objects.create(
        kind=kind,
        group=group or "",
        teryt=area,
        county=area[:4],
        noted_on=today,
        noted_by_id=by.institution_id,
        noted_user_id=by.user_id,
    )


@transaction.atomic
def mark_offered(pairs: Iterable[tuple[str, PlaceKind]], *, topic: int) -> int:
    """Note which topic of the council speaks of the new needs of these counties and kinds; how many."""
    marked = 0
    for county, kind in pairs:
        fresh = UnmetNeed.objects.filter(county=county, kind=kind, topic__isnull=True)
        marked += fresh.update(topic=topic)
    return marked
