"""Bulk writers of registers: stage the rows of an extract, publish them by one number, or drop them.

Staged rows belong to the generation after the one in force, so that nobody sees them. All functions may be
repeated: what is staged already stays, so an import that was cut off simply runs again.
The caller holds the transaction and the database context (`acting_for(institution, job="import")`).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from operator import attrgetter
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from spoiwo.clients.models import Erasure, Person, RecordVersion, SourceRecord
from spoiwo.clients.rules import register_rows as rules
from spoiwo.clients.services.bulk import Adapters, insert_rows
from spoiwo.clients.types import OPEN_GENERATION, RegisterRow, Tally
from spoiwo.kernel.ids import new_uuid
from spoiwo.kernel.sealing import KeyRing, seal
from spoiwo.toolkit.among import among
from spoiwo.toolkit.keys import DOCUMENT, PESEL, key_ring

ROW = "row"  # kind of the keyed fingerprint of a row
PERSON_COLUMNS = ("id", "created_at")
RECORD_COLUMNS = ("uuid", "institution_id", "local_id", "person_id", "wrapped_key", "created_at")
PLAIN_TEXTS = (
    "household_id", "document_kind", "first_name", "second_name", "last_name", "family_name", "sex", "citizenship",
    "teryt", "place", "postal_code", "street", "house", "flat", "phone", "email", "status", "case_ref", "worker",
)  # fmt: skip
plain_texts = attrgetter(*PLAIN_TEXTS)
VERSION_COLUMNS = (
    "record_id", "institution_id", "first_generation", "last_generation", "fingerprint", "as_of",
    "pesel_sealed", "pesel_index", "document_sealed", "document_index",
    "birth_date", "status_from", "status_to", "source_updated_on",
    "sort_key", "last_key", "first_key", "name_date_key", *PLAIN_TEXTS,
)  # fmt: skip


ERASED = "erased"  # kind of the blind index


@dataclass(slots=True)
class Known:
    """What the register holds of a local number: the record and its open values, if any."""

    record_id: int
    wrapped_key: bytes
    is_erased: bool
    version_id: int = 0
    fingerprint: bytes = b""
    first_generation: int = 0


def erased_local_id(institution_id: int, local_id: str) -> str:
    """What an erased record is known by, so that a later file does not bring the person back; tells nothing."""
    return f"erased:{key_ring().blind_index(ERASED, f'{institution_id}:{local_id}').hex()}"


def known_records(institution_id: int, local_ids: Sequence[str]) -> dict[str, Known]:
    """Records by the institution's own numbers, with the values that no extract has replaced yet."""
    found: dict[int, Known] = {}
    by_local_id: dict[str, Known] = {}
    known_as: dict[str, str] = {}
    if Erasure.objects.filter(institution_id=institution_id).exists():
        known_as = {erased_local_id(institution_id, local_id): local_id for local_id in local_ids}
    names = [*local_ids, *known_as]
    records = SourceRecord.objects.filter(among("local_id", names), institution_id=institution_id)
    for pk, name, key, erased_at in records.values_list("pk", "local_id", "wrapped_key", "erased_at"):
        local_id = known_as.get(name, name)
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


def prepare_rows(
    *,
    institution_id: int,
    generation: int,
    rows: Sequence[RegisterRow],
    as_of: date,
    now: datetime,
    seen: set[int],
) -> "PreparedRows":
    """Everything that staging these rows needs but the writing: at most a few thousand, each local number once.

    Writes nothing, so that others may write meanwhile; whoever prepares must be the only one who stages for the
    institution until the rows are written. Records that were erased are passed over.
    as_of: the day the extract tells of. seen: receives the ids of all records named, for vanished_versions.
    """
    batch = PreparedRows(institution_id, generation, as_of, now)
    known = known_records(institution_id, [row.local_id for row in rows])
    batch.tally = _tally_of_staged(generation, known, rows)
    for row in rows:
        entry = known.get(row.local_id)
        if entry is None:
            batch.add_record(row)
            continue
        seen.add(entry.record_id)
        if not entry.is_erased and entry.first_generation != generation:
            batch.add_values(row, entry)
    return batch


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


class PreparedRows:
    """Rows ready to be written. tally: what they do."""

    def __init__(self, institution_id: int, generation: int, as_of: date, now: datetime):
        self.tally = Tally()
        self._ring: KeyRing = key_ring()
        self._institution_id = institution_id
        self._adapt = Adapters()
        self._now = self._adapt.instant(now)
        self._head = (institution_id, generation, OPEN_GENERATION)
        self._as_of = self._adapt.day(as_of)
        self._people: list[tuple[Any, ...]] = []
        self._records: list[tuple[Any, ...]] = []
        self._values_of_new: dict[str, tuple[Any, ...]] = {}  # by local number
        self._values: dict[int, tuple[Any, ...]] = {}  # by record
        self._replaced: dict[int, int] = {}  # record -> values that end

    def add_record(self, row: RegisterRow) -> None:
        """A record for a local number seen for the first time, with a person and a data key of its own."""
        key = self._ring.new_data_key()
        person, uuid = self._adapt.uuid(new_uuid()), self._adapt.uuid(new_uuid())
        self._people.append((person, self._now))
        self._records.append((uuid, self._institution_id, row.local_id, person, key.wrapped, self._now))
        self._values_of_new[row.local_id] = self._columns(row, key.plain, self._fingerprint(row))
        self.tally.new += 1

    def add_values(self, row: RegisterRow, entry: Known) -> None:
        """New values of a record that is there, unless they are the same."""
        fingerprint = self._fingerprint(row)
        if entry.version_id and entry.fingerprint == fingerprint:
            self.tally.unchanged += 1
            return
        if entry.version_id:
            self._replaced[entry.record_id] = entry.version_id
            self.tally.changed += 1
        else:
            self.tally.new += 1
        self._values[entry.record_id] = self._columns(row, self._ring.unwrap(entry.wrapped_key), fingerprint)

    def write(self, seen: set[int]) -> None:
        """Write them; seen: receives the ids of new records. What was erased since the preparing stays so."""
        self._pass_over_erased()
        insert_rows(Person, PERSON_COLUMNS, self._people)
        insert_rows(SourceRecord, RECORD_COLUMNS, self._records)
        if self._values_of_new:
            made = SourceRecord.objects.filter(
                among("local_id", self._values_of_new), institution_id=self._institution_id
            )
            for pk, local_id in made.values_list("pk", "local_id"):
                self._values[pk] = self._values_of_new[local_id]
                seen.add(pk)
        if self._replaced:
            ended = RecordVersion.objects.filter(among("pk", self._replaced.values()))
            ended.update(last_generation=self._head[1])
        rows = [(record_id, *values) for record_id, values in sorted(self._values.items())]
        insert_rows(RecordVersion, VERSION_COLUMNS, rows)

    def _pass_over_erased(self) -> None:
        if self._values:
            held = SourceRecord.objects.filter(among("pk", self._values)).select_for_update()
            erased = [pk for pk, at in held.values_list("pk", "erased_at") if at is not None]
            for pk in erased:
                was_held = self._replaced.pop(pk, 0) != 0
                self.tally.changed -= was_held
                self.tally.new -= not was_held
                del self._values[pk]

    def _fingerprint(self, row: RegisterRow) -> bytes:
        return self._ring.blind_index(ROW, rules.register_text(row))

    def _columns(self, row: RegisterRow, key: bytes, fingerprint: bytes) -> tuple[Any, ...]:
        """Values of a row in the order of VERSION_COLUMNS, from the second on."""
        number, document = rules.indexable_pesel(row.pesel), rules.indexable_document(row.document_no)
        day = self._adapt.day
        return (
            *self._head,
            fingerprint,
            self._as_of,
            seal(key, row.pesel, PESEL) if row.pesel else b"",
            self._ring.blind_index(PESEL, number) if number else None,
            seal(key, row.document_no, DOCUMENT) if row.document_no else b"",
            self._ring.blind_index(DOCUMENT, document) if document else None,
            day(row.birth_date),
            day(row.status_from),
            day(row.status_to),
            day(row.updated_at),
            *rules.name_keys(row),
            *plain_texts(row),
        )
