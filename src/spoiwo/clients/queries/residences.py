"""Where the own register says its people live, for those who divide the area among workers."""

from collections.abc import Iterator
from datetime import date
from uuid import UUID

from spoiwo.clients.models import RecordVersion
from spoiwo.kernel.actor import Actor

AddressColumns = tuple[str, str, str, str]  # commune, place, street, house
AT_ONCE = 2000


def addresses_of(institution_id: int) -> Iterator[tuple[int, AddressColumns]]:
    """Record and address of everybody in an institution's register in force; for jobs of that institution."""
    rows = (
        RecordVersion.objects.filter(institution_id=institution_id, record__erased_at__isnull=True)
        .current()
        .order_by("record_id")
        .values_list("record_id", "teryt", "place", "street", "house")
    )
    for record, *address in rows.iterator(AT_ONCE):
        yield record, (address[0], address[1], address[2], address[3])


def residence_history(actor: Actor, record: UUID) -> list[tuple[date, AddressColumns]]:
    """Former and present addresses of an own client, the newest first, each with the day of the first file that had it.

    Empty when the record is out of reach.
    """
    rows = (
        RecordVersion.objects.visible_to(actor)
        .filter(record__uuid=record)
        .order_by("first_generation")
        .values_list("as_of", "teryt", "place", "street", "house")
    )
    history: list[tuple[date, AddressColumns]] = []
    for as_of, teryt, place, street, house in rows:
        address = (teryt, place, street, house)
        if not history or history[-1][1] != address:
            history.append((as_of, address))
    return history[::-1]
