"""Bulk writers of facts; as for registers, with the whole row as its own identity: a fact is there or not.

The caller holds the transaction and the database context (`acting_for(institution, job="import")`).
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Exists, F, OuterRef

from spoiwo.access.types import TIER_OF, Category
from spoiwo.clients.models import Fact, RecordVersion, SourceRecord
from spoiwo.clients.rules import register_rows as rules
from spoiwo.clients.services.bulk import Adapters, chunks, insert_rows
from spoiwo.clients.services.register import ROW, Known
from spoiwo.clients.types import OPEN_GENERATION, FactRow, Tally
from spoiwo.kernel.sealing import seal
from spoiwo.toolkit.among import among
from spoiwo.toolkit.keys import FACT, key_ring

COLUMNS = (
    "record_id", "institution_id", "first_generation", "last_generation", "fingerprint", "as_of",
    "category", "kind", "tier", "value", "value_sealed", "unit", "valid_from", "valid_to", "note",
)  # fmt: skip
Standing = dict[tuple[int, bytes], tuple[int, int]]  # (record, fingerprint) -> (fact id, first generation)


def records_for_facts(institution_id: int, local_ids: Sequence[str]) -> dict[str, Known]:
    """Records that facts may be attached to: in a published register once, and not erased."""
    published = RecordVersion.objects.filter(
        record_id=OuterRef("pk"), first_generation__lte=F("institution__register_state__generation")
    )
    found: dict[str, Known] = {}
    for part in chunks(sorted(set(local_ids))):
        records = SourceRecord.objects.filter(
            Exists(published), institution_id=institution_id, local_id__in=part, erased_at__isnull=True
        )
        for pk, local_id, key in records.values_list("pk", "local_id", "wrapped_key"):
            found[local_id] = Known(pk, bytes(key), is_erased=False)
    return found


def text_of(row: FactRow) -> str:
    """What makes a fact the same fact: all of it."""
    return rules.fact_text(row)


def compare_facts(*, institution_id: int, rows: Sequence[FactRow], seen: set[int]) -> tuple[Tally, set[str]]:
    """What staging the rows would do, and the local numbers among them that the register does not hold.

    seen: receives the ids of the facts in the file that are in force now.
    """
    known = records_for_facts(institution_id, [row.local_id for row in rows])
    standing = _standing(known)
    tally, unknown, ring = Tally(), set(), key_ring()
    for row in rows:
        record = known.get(row.local_id)
        if record is None:
            unknown.add(row.local_id)
            continue
        fact = standing.get((record.record_id, ring.blind_index(ROW, rules.fact_text(row))))
        if fact is None:
            tally.new += 1
        else:
            tally.unchanged += 1
            seen.add(fact[0])
    return tally, unknown


@dataclass(slots=True)
class PreparedFacts:
    """Facts ready to be written. tally: what they do."""

    tally: Tally = field(default_factory=Tally)
    rows: list[tuple[Any, ...]] = field(default_factory=list)

    def write(self, seen: set[int]) -> None:  # noqa: ARG002 a new fact is none that could vanish
        """Write them; of records that were erased since the preparing, nothing."""
        held = SourceRecord.objects.filter(among("pk", {row[0] for row in self.rows})).select_for_update()
        erased = (
            {pk for pk, at in held.values_list("pk", "erased_at") if at is not None} if self.rows else set()
        )
        fresh = [row for row in self.rows if row[0] not in erased]
        self.tally.new -= len(self.rows) - len(fresh)
        insert_rows(Fact, COLUMNS, fresh)


def prepare_facts(
    *, institution_id: int, generation: int, rows: Sequence[FactRow], as_of: date, seen: set[int]
) -> PreparedFacts:
    """Everything that staging these rows needs but the writing, each fact once in the file; writes nothing.

    Rows of unknown records are passed over. seen: receives the ids of all facts in the file that were there
    before, for vanished_facts.
    """
    known = records_for_facts(institution_id, [row.local_id for row in rows])
    standing = _standing(known)
    batch, ring, adapt = PreparedFacts(), key_ring(), Adapters()
    head = (institution_id, generation, OPEN_GENERATION)
    for row in rows:
        record = known.get(row.local_id)
        if record is None:
            continue
        fingerprint = ring.blind_index(ROW, rules.fact_text(row))
        fact_id, first = standing.get((record.record_id, fingerprint), (0, 0))
        if fact_id:
            seen.add(fact_id)
            batch.tally.unchanged += first != generation
            batch.tally.new += first == generation
            continue
        batch.tally.new += 1
        values = _values(row, record, adapt)
        batch.rows.append((record.record_id, *head, fingerprint, adapt.day(as_of), *values))
    return batch


def mark_facts_seen(*, institution_id: int, local_ids: Sequence[str], seen: set[int]) -> None:
    """Add all facts of records with a rejected row: what the office meant is not known until it is put right."""
    known = records_for_facts(institution_id, local_ids)
    seen.update(fact_id for fact_id, _ in _standing(known).values())


def vanished_facts(*, institution_id: int, generation: int, seen: set[int]) -> list[int]:
    """Ids of facts in force that the file does not hold any more, not staged as ended yet."""
    standing = Fact.objects.filter(
        institution_id=institution_id, last_generation=OPEN_GENERATION, first_generation__lt=generation
    )
    ids = standing.values_list("pk", flat=True).order_by("pk")
    return [pk for pk in ids.iterator(chunk_size=5000) if pk not in seen]


def stage_vanished_facts(*, generation: int, facts: Sequence[int]) -> None:
    """Let facts end with the generation; pass a few thousand ids at a time."""
    for part in chunks(facts):
        Fact.objects.filter(pk__in=part).update(last_generation=generation)


def count_vanished_facts(*, institution_id: int, generation: int) -> int:
    """How many facts end with the generation."""
    return Fact.objects.filter(institution_id=institution_id, last_generation=generation).count()


def count_open_facts(*, institution_id: int) -> int:
    """How many facts are held now, staged ones aside (call before staging)."""
    return Fact.objects.filter(institution_id=institution_id, last_generation=OPEN_GENERATION).count()


def drop_staged_facts(*, institution_id: int, generation: int, limit: int = 1000) -> int:
    """Undo staging, at most `limit` rows at a time; call until it returns 0."""
    own = Fact.objects.filter(institution_id=institution_id)
    staged = list(own.filter(first_generation=generation).values_list("pk", flat=True)[:limit])
    for part in chunks(staged):
        Fact.objects.filter(pk__in=part).delete()
    if staged:
        return len(staged)
    ended = list(own.filter(last_generation=generation).values_list("pk", flat=True)[:limit])
    for part in chunks(ended):
        Fact.objects.filter(pk__in=part).update(last_generation=OPEN_GENERATION)
    return len(ended)


def _standing(known: dict[str, Known]) -> Standing:
    """Facts of the records that no file has ended yet."""
    standing: Standing = {}
    for ids in chunks([record.record_id for record in known.values()]):
        facts = Fact.objects.filter(record_id__in=ids, last_generation=OPEN_GENERATION)
        for pk, record_id, fingerprint, first in facts.values_list(
            "pk", "record_id", "fingerprint", "first_generation"
        ):
            standing[record_id, bytes(fingerprint)] = (pk, first)
    return standing


def _values(row: FactRow, record: Known, adapt: Adapters) -> tuple[Any, ...]:
    """The columns from category on; a sensitive fact is sealed, its note with it."""
    value, note, sealed = row.value, row.note, b""
    if row.category == Category.SENSITIVE:
        key = key_ring().unwrap(record.wrapped_key)
        sealed = seal(key, rules.fact_secret(row.value, row.note), FACT)
        value = note = ""
    days = (adapt.day(row.valid_from), adapt.day(row.valid_to))
    return (
        row.category.value,
        row.kind.value,
        int(TIER_OF[row.category]),
        value,
        sealed,
        row.unit,
        *days,
        note,
    )
