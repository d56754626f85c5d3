"""Own clients as the access log names them to those who watch over it.

The log knows people by index row. A record may have been moved to another row by an identity decision since,
so both directions go through the moves as well.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q

from spoiwo.clients.models import IdentityMove, RecordVersion, SourceRecord
from spoiwo.clients.queries.searching import looks_like_number, named_like
from spoiwo.kernel.actor import Actor
from spoiwo.kernel.text import search_key

MOST_FOUND = 200


@dataclass(frozen=True, slots=True)
class LoggedClient:
    """An own client somebody looked at."""

    local_id: str
    name: str


def clients_of(actor: Actor, people: Collection[UUID]) -> dict[UUID, LoggedClient]:
    """Own clients by index row; rows that hold and held no own record are left out."""
    own = SourceRecord.objects.overseen_by(actor)
    record_of = dict(own.filter(person__in=people).order_by("-pk").values_list("person_id", "pk"))
    missing = set(people) - set(record_of)
    moves = IdentityMove.objects.filter(record__in=own).filter(
        Q(from_person__in=missing) | Q(to_person__in=missing)
    )
    for record_id, *rows in moves.order_by("pk").values_list("record_id", "from_person_id", "to_person_id"):
        record_of.update({person: record_id for person in rows if person in missing})
    names = _names(actor, record_of.values())
    return {person: names[record_id] for person, record_id in record_of.items() if record_id in names}


def names_of_people(institution_id: int, people: Collection[UUID]) -> dict[UUID, str]:
    """Names ("first last") of own clients by index row, hidden ones too: for a job that compares and keeps none."""
    rows = (
        RecordVersion.objects.filter(
            institution_id=institution_id, record__person__in=people, record__erased_at__isnull=True
        )
        .order_by("first_generation")
        .values_list("record__person_id", "first_name", "last_name")
    )
    return {person: f"{first} {last}" for person, first, last in rows}


def people_like(actor: Actor, text: str) -> set[UUID]:
    """Index rows, past ones too, of own clients with this number in the register or a name like this."""
    if not search_key(text):
        return set()
    if looks_like_number(text):
        found = SourceRecord.objects.overseen_by(actor).filter(local_id=text.strip())
        records = list(found.values_list("pk", flat=True))
    else:
        versions = RecordVersion.objects.overseen_by(actor).current().filter(named_like(text))
        records = list(versions.values_list("record_id", flat=True)[:MOST_FOUND])
    people = set(SourceRecord.objects.filter(pk__in=records).values_list("person_id", flat=True))
    moves = IdentityMove.objects.filter(record__in=records).values_list("from_person_id", "to_person_id")
    return people.union(*moves)


def _names(actor: Actor, record_ids: Iterable[int]) -> dict[int, LoggedClient]:
    rows = (
        RecordVersion.objects.overseen_by(actor)
        .filter(record__in=set(record_ids))
        .order_by("first_generation")
        .values_list("record_id", "record__local_id", "first_name", "last_name")
    )
    return {pk: LoggedClient(local_id, f"{last} {first}") for pk, local_id, first, last in rows}
