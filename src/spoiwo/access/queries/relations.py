"""Whom an institution may know."""

from datetime import date
from uuid import UUID

from django.db.models import QuerySet

from spoiwo.access.models import Relation


def known_people(institution_id: int, day: date) -> QuerySet[Relation, UUID]:
    """Uuids of the people whom the institution may know on the day; meant as a subquery, not to be listed."""
    return (
        Relation.objects.filter(institution_id=institution_id).current(day).values_list("person", flat=True)
    )
