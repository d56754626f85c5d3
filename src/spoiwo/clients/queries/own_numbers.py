"""Own records by the numbers that the institution gave them, many at once."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from django.db.models import OuterRef, Subquery

from spoiwo.clients.models import CommonClient, RecordVersion, SourceRecord
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


def records_at_others(actor: Actor, records: Collection[int]) -> dict[tuple[int, int], int]:
    """(own record, other institution) -> that institution's record of the same person, as far as both are linked."""
    theirs = SourceRecord.objects.filter(
        institution=OuterRef("other"), person=OuterRef("person"), erased_at__isnull=True
    )
    common = CommonClient.objects.visible_to(actor).filter(among("record", set(records)))
    found = common.annotate(theirs=Subquery(theirs.order_by("pk").values("pk")[:1]))
    rows = found.filter(theirs__isnull=False).values_list("record_id", "other_id", "theirs")
    return {(record, other): pk for record, other, pk in rows}
