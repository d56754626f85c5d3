"""Whom a restriction hides, and who may see them all the same. Pure functions."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from spoiwo.clients.errors import NobodyNamed, ReasonMissing, UntilIsPast

LEAST_REASON = 10  # characters


@dataclass(frozen=True, slots=True)
class Held:
    """A record: its id, the institution that holds it, the index row it points at."""

    record: int
    institution: int
    person: UUID


def hidden_records(
    records: Iterable[Held], restricted: Mapping[int, Collection[int]]
) -> dict[int, frozenset[int]]:
    """Hidden records with the accounts that may see each.

    restricted: restricted record -> accounts named. A restriction covers all records that its institution holds
    about the person, and none of other institutions. A record with a restriction of its own is seen by those named
    there; another one by those whom every restriction that covers it names.
    """
    records = list(records)
    covering: dict[tuple[int, UUID], list[frozenset[int]]] = defaultdict(list)
    for one in records:
        if one.record in restricted:
            covering[one.institution, one.person].append(frozenset(restricted[one.record]))
    hidden: dict[int, frozenset[int]] = {}
    for one in records:
        covers = covering.get((one.institution, one.person))
        if one.record in restricted:
            hidden[one.record] = frozenset(restricted[one.record])
        elif covers:
            hidden[one.record] = frozenset.intersection(*covers)
    return hidden


def covered_by(record: Held, records: Iterable[Held], restricted: Collection[int]) -> int | None:
    """The restricted record because of which this one is hidden, the oldest; None when it is not."""
    beside = (
        one.record
        for one in records
        if one.person == record.person and one.institution == record.institution and one.record in restricted
    )
    return min(beside, default=None)


def check_restriction(*, reason: str, readers: Collection[int], until: date | None, day: date) -> None:
    """A restriction says why, names at least one who may see the person, and does not end in the past."""
    if len(reason.strip()) < LEAST_REASON:
        raise ReasonMissing(LEAST_REASON)
    check_readers(readers=readers, until=until, day=day)


def check_readers(*, readers: Collection[int], until: date | None, day: date) -> None:
    """Somebody must be named; the last day does not lie in the past."""
    if not readers:
        raise NobodyNamed("restriction")
    if until is not None and until < day:
        raise UntilIsPast(until)
