"""Whom an institution may know."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db.models import QuerySet

from spoiwo.access.models import Relation
from spoiwo.toolkit.among import among


def known_people(institution_id: int, day: date) -> QuerySet[Relation, UUID]:
    """Uuids of the people whom the institution may know on the day; meant as a subquery, not to be listed."""
    return (
        Relation.objects.filter(institution_id=institution_id).current(day).values_list("person", flat=True)
    )


def relation_periods(
    institution_id: int, people: Iterable[UUID]
) -> dict[UUID, list[tuple[date, date | None]]]:
    """First and last days (None: no end) between which the institution could know each of these people."""
    rows = Relation.objects.filter(among("person", set(people)), institution_id=institution_id)
    periods: dict[UUID, list[tuple[date, date | None]]] = defaultdict(list)
    for person, since, until in rows.values_list("person", "valid_from", "valid_to"):
        periods[person].append((since, until))
    return periods
