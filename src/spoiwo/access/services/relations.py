"""The only writers of relations: who may know whom, since when.

They run in bulk, because an import brings a hundred thousand people at once, and may be repeated.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from itertools import islice
from typing import TypeVar
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Exists, F, OuterRef, Q

from spoiwo.access.models import Relation
from spoiwo.access.types import RelationKind
from spoiwo.toolkit.among import among

Pair = tuple[UUID, int]
Item = TypeVar("Item")
INSERT = (
    "INSERT INTO access_relation (person, institution_id, kind, valid_from)"
    " VALUES (%s, %s, %s, %s) ON CONFLICT DO NOTHING"
)
INSERT_ARRAYS = (
    "INSERT INTO access_relation (person, institution_id, kind, valid_from)"
    " SELECT pair.person, pair.institution, %s, %s"
    " FROM unnest(%s::uuid[], %s::bigint[]) AS pair (person, institution) ON CONFLICT DO NOTHING"
)


@transaction.atomic
def open_relations(pairs: Sequence[Pair], *, kind: RelationKind, since: date) -> None:
    """Let institutions know people from a day on, without end.

    pairs: (person uuid, institution id). A relation that is open stays as it is; one that ended no
    earlier than the day before goes on, for there is no day between. Repeating the call changes nothing.
    On PostgreSQL the caller's context decides for which institutions it may write.
    """
    wanted = set(pairs)
    _reopen(wanted, kind=kind, since=since)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            for part in _chunks(wanted, 20_000):
                people, institutions = [pair[0] for pair in part], [pair[1] for pair in part]
                cursor.execute(INSERT_ARRAYS, [kind.value, since, people, institutions])
        else:
            cursor.executemany(INSERT, [(person.hex, pk, kind.value, since) for person, pk in wanted])


@transaction.atomic
def close_relations(pairs: Sequence[Pair], *, kind: RelationKind, until: date) -> None:
    """End relations after a day (the last on which they hold); one that began later never held and goes.

    pairs: (person uuid, institution id). What ended earlier stays as it is; repeating the call changes nothing.
    """
    by_institution: dict[int, list[UUID]] = defaultdict(list)
    for person, institution_id in set(pairs):
        by_institution[institution_id].append(person)
    for institution_id, people in by_institution.items():
        going_on = Relation.objects.filter(
            Q(valid_to__isnull=True) | Q(valid_to__gt=until),
            among("person", people),
            institution_id=institution_id,
            kind=kind,
        )
        going_on.filter(valid_from__gt=until).delete()
        going_on.update(valid_to=until)


def _reopen(wanted: set[Pair], *, kind: RelationKind, since: date) -> None:
    """Take the end off relations that ended on the day before or later, the newest of each pair."""
    still_open = Relation.objects.filter(
        person=OuterRef("person"), institution_id=OuterRef("institution_id"), kind=kind, valid_to__isnull=True
    )
    ended = (
        Relation.objects.filter(
            ~Exists(still_open),
            among("person", {pair[0] for pair in wanted}),
            among("institution", {pair[1] for pair in wanted}),
            kind=kind,
            valid_to__gte=since - timedelta(days=1),
        )
        .order_by(F("valid_from").asc())
        .values_list("person", "institution_id", "pk")
    )
    newest = {(person, institution_id): pk for person, institution_id, pk in ended}
    again = [pk for pair, pk in newest.items() if pair in wanted]
    if again:
        Relation.objects.filter(among("pk", again)).update(valid_to=None)


def _chunks(items: Iterable[Item], size: int) -> Iterator[list[Item]]:
    stream = iter(items)
    while part := list(islice(stream, size)):
        yield part
