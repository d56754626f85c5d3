"""Pairs of local numbers of common clients, for the platform's own tools; named to nobody on screen."""

from collections.abc import Iterator
from uuid import UUID

from spoiwo.clients.models import CommonClient, RecordVersion

CHUNK = 2000


def common_pairs(left_id: int, right_id: int) -> Iterator[tuple[str, str]]:
    """Local numbers (left, right) of records in force that stand for one person, in the order of the left.

    A person recorded twice at one institution gives a pair for each record. Call it in a context that sees
    both registers; the caller has to see to it that the pairs may be read and that it is logged.
    """
    common = CommonClient.objects.filter(institution_id=left_id, other_id=right_id).order_by(
        "record__local_id"
    )
    rows = list(common.values_list("record__local_id", "person_id"))
    for start in range(0, len(rows), CHUNK):
        part = rows[start : start + CHUNK]
        theirs = _local_ids(right_id, {person for _, person in part})
        for local_id, person in part:
            for other in theirs.get(person, ()):
                yield local_id, other


def _local_ids(institution_id: int, people: set[UUID]) -> dict[UUID, list[str]]:
    found: dict[UUID, list[str]] = {}
    rows = (
        RecordVersion.objects.current()
        .filter(institution_id=institution_id, record__person__in=people, record__erased_at__isnull=True)
        .order_by("record__local_id")
        .values_list("record__person_id", "record__local_id")
    )
    for person, local_id in rows:
        found.setdefault(person, []).append(local_id)
    return found
