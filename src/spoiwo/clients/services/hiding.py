"""Keeping the derived table of hidden records right: it follows from restrictions and identity decisions.

Call everything here in a job that sees both sides ("matching" or "guarding").
"""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from uuid import UUID

from django.utils import timezone

from spoiwo.clients.models import (
    HiddenPerson,
    HiddenRecord,
    HiddenRecordReader,
    Restriction,
    RestrictionReader,
    SourceRecord,
)
from spoiwo.clients.rules import restrictions as rules
from spoiwo.clients.rules.restrictions import Held
from spoiwo.clients.services.bulk import chunks
from spoiwo.toolkit.among import among


def refresh_hidden(people: Collection[UUID], *, day: date | None = None) -> set[int]:
    """Bring the hidden records of everybody at these index rows in line; gives the ids of those hidden now.

    Emergency access that goes on stays open.
    """
    if not people or not (Restriction.objects.exists() or HiddenRecord.objects.exists()):
        return set()
    hidden: set[int] = set()
    for part in chunks(sorted(set(people))):
        records = _held(part)
        wanted = rules.hidden_records(records, _restricted(records, day or timezone.localdate()))
        _write({one.record: one for one in records}, wanted)
        hidden |= wanted.keys()
    return hidden


def carry_over(before: Mapping[int, UUID], moved: Collection[int]) -> None:
    """Give records that a split is about to part their own restrictions, as far as they were covered until now.

    before: index row of every record of the people concerned, before the split. moved: records it takes away.
    """
    standing = {
        one.record_id: one
        for one in Restriction.objects.standing(timezone.localdate())
        .filter(among("record", before))
        .prefetch_related("readers")
    }
    if not standing:
        return
    held = SourceRecord.objects.filter(among("pk", before)).values_list("pk", "institution_id")
    records = [Held(pk, institution, before[pk]) for pk, institution in held]
    for one in records:
        covering = rules.covered_by(one, records, standing)
        if covering is None or one.record in standing or (one.record in moved) == (covering in moved):
            continue
        _copy(standing[covering], one)


def _copy(origin: Restriction, record: Held) -> None:
    copied = Restriction.objects.create(
        record_id=record.record,
        institution_id=record.institution,
        kind=origin.kind,
        reason_sealed=b"",
        set_at=timezone.now(),
        set_by_user_id=origin.set_by_user_id,
        until=origin.until,
        carried_from=origin,
    )
    RestrictionReader.objects.bulk_create(
        RestrictionReader(
            restriction=copied,
            user_id=reader.user_id,
            named_at=reader.named_at,
            named_by_user_id=reader.named_by_user_id,
        )
        for reader in origin.readers.all()
    )


def _held(people: Sequence[UUID]) -> list[Held]:
    rows = SourceRecord.objects.filter(among("person", people)).order_by("pk")
    return [Held(*row) for row in rows.values_list("pk", "institution_id", "person_id")]


def _restricted(records: Sequence[Held], day: date) -> dict[int, frozenset[int]]:
    standing = Restriction.objects.standing(day).filter(among("record", [one.record for one in records]))
    readers: dict[int, set[int]] = defaultdict(set)
    for record, user in standing.values_list("record_id", "readers__user_id"):
        readers[record].add(user)
    return {record: frozenset(users - {None}) for record, users in readers.items()}


def _write(records: Mapping[int, Held], wanted: Mapping[int, frozenset[int]]) -> None:
    ids = sorted(records)
    HiddenRecord.objects.filter(among("pk", [pk for pk in ids if pk not in wanted])).delete()
    standing = set(HiddenRecord.objects.filter(among("pk", ids)).values_list("pk", flat=True))
    HiddenRecord.objects.bulk_create(
        HiddenRecord(record_id=pk, institution_id=records[pk].institution)
        for pk in sorted(wanted.keys() - standing)
    )
    HiddenPerson.objects.filter(among("hidden", ids)).delete()
    HiddenPerson.objects.bulk_create(
        HiddenPerson(hidden_id=pk, institution_id=records[pk].institution, person=records[pk].person)
        for pk in sorted(wanted)
    )
    HiddenRecordReader.objects.filter(among("hidden", ids), until__isnull=True).delete()
    HiddenRecordReader.objects.bulk_create(
        HiddenRecordReader(hidden_id=pk, user_id=user)
        for pk, users in sorted(wanted.items())
        for user in sorted(users)
    )
