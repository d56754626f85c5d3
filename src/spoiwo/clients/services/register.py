"""Bulk writers of registers: stage the rows of an extract, publish them by one number, or drop them.

Staged rows belong to the generation after the one in force, so that nobody sees them. All functions may be
repeated: what is staged already stays, so an import that was cut off simply runs again.
The caller holds the transaction and the database context (`acting_for(institution, job="import")`).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from spoiwo.clients.models import Person, RecordVersion, SourceRecord
from spoiwo.clients.rules import register_rows as rules
from spoiwo.clients.services.bulk import Adapters, insert_rows
from spoiwo.clients.types import OPEN_GENERATION, RegisterRow, Tally
from spoiwo.kernel.ids import new_uuid
from spoiwo.kernel.sealing import DataKey, KeyRing, seal
from spoiwo.toolkit.among import among
from spoiwo.toolkit.keys import DOCUMENT, PESEL, key_ring

ROW = "row"  # kind of the keyed fingerprint of a row
PERSON_COLUMNS = ("id", "created_at")
RECORD_COLUMNS = ("uuid", "institution_id", "local_id", "person_id", "wrapped_key", "created_at")
PLAIN_TEXTS = (
    "household_id", "document_kind", "first_name", "second_name", "last_name", "family_name", "sex", "citizenship",
    "teryt", "place", "postal_code", "street", "house", "flat", "phone", "email", "status", "case_ref", "worker",
)  # fmt: skip
VERSION_COLUMNS = (
    "record_id", "institution_id", "first_generation", "last_generation", "fingerprint", "as_of",
    "pesel_sealed", "pesel_index", "document_sealed", "document_index",
    "birth_date", "status_from", "status_to", "source_updated_on",
    "sort_key", "last_key", "first_key", "name_date_key", *PLAIN_TEXTS,
)  # fmt: skip


@dataclass(slots=True)
class Known:
    """What the register holds of a local number: the record and its open values, if any."""

    record_id: int
    wrapped_key: bytes
    is_erased: bool
    version_id: int = 0
    fingerprint: bytes = b""
    first_generation: int = 0


def known_records(institution_id: int, local_ids: Sequence[str]) -> dict[str, Known]:
    """Records by the institution's own numbers, with the values that no extract has replaced yet."""
    found: dict[int, Known] = {}
    by_local_id: dict[str, Known] = {}
    records = SourceRecord.objects.filter(among("local_id", local_ids), institution_id=institution_id)
    for pk, local_id, key, erased_at in records.values_list("pk", "local_id", "wrapped_key", "erased_at"):
        found[pk] = by_local_id[local_id] = Known(pk, bytes(key), erased_at is not None)
    versions = RecordVersion.objects.filter(among("record", found), last_generation=OPEN_GENERATION)
    for record_id, pk, fingerprint, first in versions.values_list(
        "record_id", "pk", "fingerprint", "first_generation"
    ):
        known = found[record_id]
        known.version_id, known.fingerprint, known.first_generation = pk, bytes(fingerprint), first
    return by_local_id


def compare_register(
    *, institution_id: int, rows: Sequence[RegisterRow], seen: set[int]
) -> tuple[Tally, set[str]]:
    """What staging the rows would do, and the local numbers among them whose records were erased.

    seen: receives the ids of the records named that are in force now.
    """
    tally, erased, ring = Tally(), set(), key_ring()
    known = known_records(institution_id, [row.local_id for row in rows])
    for row in rows:
        entry = known.get(row.local_id)
        if entry is not None and entry.is_erased:
            erased.add(row.local_id)
        elif entry is None or not entry.version_id:
            tally.new += 1
        else:
            seen.add(entry.record_id)
            same = entry.fingerprint == ring.blind_index(ROW, rules.register_text(row))
            tally.unchanged += same
            tally.changed += not same
    return tally, erased


def stage_register(
    *,
    institution_id: int,
    generation: int,
    rows: Sequence[RegisterRow],
    as_of: date,
    now: datetime,
    seen: set[int],
) -> Tally:
    """Stage rows of an extract, at most a few thousand at a time, each local number once in the file.

    as_of: the day the extract tells of. seen: receives the ids of all records named, for stage_vanished.
    Records that were erased are passed over.
    """
    batch = _Batch(institution_id, generation, as_of, now)
    known = known_records(institution_id, [row.local_id for row in rows])
    known |= batch.create_records([row.local_id for row in rows if row.local_id not in known])
    tally = _tally_of_staged(generation, known, rows)
    replaced: list[int] = []
    for row in rows:
        entry = known[row.local_id]
        seen.add(entry.record_id)
        if entry.is_erased or entry.first_generation == generation:
            continue
        fingerprint = batch.ring.blind_index(ROW, rules.register_text(row))
        if not entry.version_id:
            tally.new += 1
        elif entry.fingerprint == fingerprint:
            tally.unchanged += 1
            continue
        else:
            tally.changed += 1
            replaced.append(entry.version_id)
        batch.add(row, entry, fingerprint)
    if replaced:
        RecordVersion.objects.filter(among("pk", replaced)).update(last_generation=generation)
    batch.write()
    return tally


def mark_seen(*, institution_id: int, local_ids: Sequence[str], seen: set[int]) -> None:
    """Add records whose rows were rejected: they are in the office's file, so they have not vanished."""
    known = known_records(institution_id, local_ids)
    seen.update(entry.record_id for entry in known.values() if entry.version_id)


def vanished_versions(*, institution_id: int, generation: int, seen: set[int]) -> list[int]:
    """Ids of values in force whose records the file does not name any more, not staged as ended yet."""
    open_versions = RecordVersion.objects.filter(
        institution_id=institution_id, last_generation=OPEN_GENERATION, first_generation__lt=generation
    )
    pairs = open_versions.values_list("pk", "record_id").order_by("pk")
    return [pk for pk, record_id in pairs.iterator(chunk_size=5000) if record_id not in seen]


def stage_vanished(*, generation: int, versions: Sequence[int]) -> None:
    """Let values end with the generation; pass a few thousand ids at a time."""
    RecordVersion.objects.filter(among("pk", versions)).update(last_generation=generation)


def count_vanished(*, institution_id: int, generation: int) -> int:
    """How many records have values that end with the generation and none that begin with it."""
    return _vanished(institution_id, generation).count()


def count_open(*, institution_id: int) -> int:
    """How many records the register holds now, staged ones aside (call before staging)."""
    return RecordVersion.objects.filter(
        institution_id=institution_id, last_generation=OPEN_GENERATION
    ).count()


def people_of_generation(*, institution_id: int, generation: int) -> Iterator[UUID]:
    """Persons whose records got new values in the generation."""
    staged = RecordVersion.objects.filter(institution_id=institution_id, first_generation=generation)
    return staged.values_list("record__person_id", flat=True).order_by("pk").iterator(chunk_size=5000)


def people_gone_with(*, institution_id: int, generation: int) -> Iterator[UUID]:
    """Persons whom the institution's register holds no more since the generation, under no other record either."""
    still_held = RecordVersion.objects.filter(
        institution_id=institution_id,
        record__person_id=OuterRef("record__person_id"),
        last_generation__gt=generation,
    )
    gone = _vanished(institution_id, generation).filter(~Exists(still_held))
    return gone.values_list("record__person_id", flat=True).order_by("pk").iterator(chunk_size=5000)


def drop_staged_register(*, institution_id: int, generation: int, limit: int = 1000) -> int:
    """Undo staging, at most `limit` rows at a time; call until it returns 0."""
    staged = RecordVersion.objects.filter(institution_id=institution_id, first_generation=generation)
    found = list(staged.values_list("pk", "record_id").order_by("pk")[:limit])
    if found:
        RecordVersion.objects.filter(among("pk", [pk for pk, _ in found])).delete()
        _drop_records_without_values([record_id for _, record_id in found])
        return len(found)
    ended = RecordVersion.objects.filter(institution_id=institution_id, last_generation=generation)
    ids = list(ended.values_list("pk", flat=True)[:limit])
    RecordVersion.objects.filter(among("pk", ids)).update(last_generation=OPEN_GENERATION)
    return len(ids)


def _vanished(institution_id: int, generation: int) -> QuerySet[RecordVersion]:
    followed = RecordVersion.objects.filter(record_id=OuterRef("record_id"), first_generation=generation)
    return RecordVersion.objects.filter(
        ~Exists(followed), institution_id=institution_id, last_generation=generation
    )


def _drop_records_without_values(record_ids: list[int]) -> None:
    values = RecordVersion.objects.filter(record_id=OuterRef("pk"))
    empty = list(
        SourceRecord.objects.filter(~Exists(values), among("pk", record_ids)).values_list("pk", "person_id")
    )
    SourceRecord.objects.filter(among("pk", [pk for pk, _ in empty])).delete()
    shared = SourceRecord.objects.filter(person_id=OuterRef("pk"))
    Person.objects.filter(~Exists(shared), among("pk", [person for _, person in empty])).delete()


def _tally_of_staged(generation: int, known: dict[str, Known], rows: Sequence[RegisterRow]) -> Tally:
    """Rows that an earlier, interrupted run has staged, as what they were counted then."""
    named = {row.local_id for row in rows}
    staged = [
        entry.record_id
        for local_id, entry in known.items()
        if local_id in named and entry.first_generation == generation
    ]
    replaced = RecordVersion.objects.filter(among("record", staged), last_generation=generation)
    changed = replaced.count() if staged else 0
    return Tally(new=len(staged) - changed, changed=changed)


class _Batch:
    """Rows on their way into the tables."""

    def __init__(self, institution_id: int, generation: int, as_of: date, now: datetime):
        self.ring: KeyRing = key_ring()
        self._institution_id = institution_id
        self._adapt = Adapters()
        self._now = self._adapt.instant(now)
        self._head = (institution_id, generation, OPEN_GENERATION)
        self._as_of = self._adapt.day(as_of)
        self._versions: list[tuple[Any, ...]] = []
        self._plain_keys: dict[int, bytes] = {}

    def create_records(self, local_ids: Sequence[str]) -> dict[str, Known]:
        """Records for local numbers seen for the first time, each with a person and a data key of its own."""
        if not local_ids:
            return {}
        keys: dict[str, DataKey] = {local_id: self.ring.new_data_key() for local_id in local_ids}
        people, records = [], []
        for local_id, key in keys.items():
            person = self._adapt.uuid(new_uuid())
            people.append((person, self._now))
            uuid = self._adapt.uuid(new_uuid())
            records.append((uuid, self._institution_id, local_id, person, key.wrapped, self._now))
        insert_rows(Person, PERSON_COLUMNS, people)
        insert_rows(SourceRecord, RECORD_COLUMNS, records)
        created = {}
        made = SourceRecord.objects.filter(among("local_id", keys), institution_id=self._institution_id)
        for pk, local_id in made.values_list("pk", "local_id"):
            created[local_id] = Known(pk, keys[local_id].wrapped, is_erased=False)
            self._plain_keys[pk] = keys[local_id].plain
        return created

    def add(self, row: RegisterRow, entry: Known, fingerprint: bytes) -> None:
        """Prepare the values of a record for writing."""
        key = self._plain_keys.pop(entry.record_id, None) or self.ring.unwrap(entry.wrapped_key)
        number, document = rules.indexable_pesel(row.pesel), rules.indexable_document(row.document_no)
        day = self._adapt.day
        self._versions.append(
            (
                entry.record_id,
                *self._head,
                fingerprint,
                self._as_of,
                seal(key, row.pesel, PESEL) if row.pesel else b"",
                self.ring.blind_index(PESEL, number) if number else None,
                seal(key, row.document_no, DOCUMENT) if row.document_no else b"",
                self.ring.blind_index(DOCUMENT, document) if document else None,
                day(row.birth_date),
                day(row.status_from),
                day(row.status_to),
                day(row.updated_at),
                *rules.name_keys(row),
                *(getattr(row, name) for name in PLAIN_TEXTS),
            )
        )

    def write(self) -> None:
        """Insert what was prepared."""
        insert_rows(RecordVersion, VERSION_COLUMNS, self._versions)
