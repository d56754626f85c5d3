"""Own records by the numbers that the institution gave them, many at once."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from spoiwo.clients.models import RecordVersion
from spoiwo.kernel.actor import Actor
from spoiwo.toolkit.among import among


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberedClient:
    """Who stands behind a number of the own register today."""

    record: int
    person: UUID
    first_name: str
    last_name: str


def clients_numbered(actor: Actor, numbers: Collection[str]) -> dict[str, NumberedClient]:
    """Clients within the actor's reach by the register's own numbers; unknown numbers are left out."""
    rows = RecordVersion.objects.visible_to(actor).current().filter(among("record__local_id", set(numbers)))
    columns = ("record__local_id", "record_id", "record__person_id", "first_name", "last_name")
    return {
        number: NumberedClient(record=record, person=person, first_name=first, last_name=last)
        for number, record, person, first, last in rows.values_list(*columns)
    }
