"""Index rows for people whom another context brings in."""

from uuid import UUID

from spoiwo.clients.models import Person


def new_people(count: int) -> list[UUID]:
    """So many new index rows, one for each person who is not known to be anybody else yet."""
    return [person.pk for person in Person.objects.bulk_create([Person() for _ in range(count)])]
