"""What the matching of registers reads: values in force by generation and by record, with numbers opened.

Reads across institutions: for system jobs only, in the context of the job "matching", never for a screen. What
it reads stays in memory.
"""

from collections.abc import Collection, Iterable, Iterator
from uuid import UUID

from django.db.models import CharField, QuerySet
from django.db.models.functions import Cast

from spoiwo.clients.models import RecordVersion, RegisterState, SourceRecord
from spoiwo.clients.types import ComparedHead, ComparedValues
from spoiwo.kernel.sealing import unseal
from spoiwo.toolkit.among import among
from spoiwo.toolkit.keys import DOCUMENT, PESEL, key_ring

HEAD = ("pk", "record_id", "institution_id")
SEALED = ("record__wrapped_key", "pesel_sealed", "document_sealed")
TEXTS = (
    "first_name", "second_name", "last_name", "family_name", "sex", "teryt", "place", "postal_code",
    "street", "house", "flat", "phone", "email",
)  # fmt: skip
CELLS = (*TEXTS, "birth_date")
BORN = Cast(
    "birth_date", CharField()
)  # as the database writes it: ISO, which is cheaper than by way of a date
AT_ONCE = 2000


def generation_in_force(institution_id: int) -> int:
    """The number of the register in force; 0 when nothing was brought in yet."""
    state = RegisterState.objects.filter(pk=institution_id).first()
    return state.generation if state else 0


def generations_in_force(institutions: Collection[int]) -> dict[int, int]:
    """The numbers of the registers in force; 0 where nothing was brought in yet."""
    states = RegisterState.objects.filter(among("pk", institutions))
    return dict.fromkeys(institutions, 0) | dict(states.values_list("pk", "generation"))


def register_size(institution_id: int) -> int:
    """How many records the register in force holds."""
    return _held_by(institution_id).count()


def heads_of_generation(
    institution_id: int, generation: int, *, after: int, limit: int
) -> list[ComparedHead]:
    """Records whose values in force began with the generation, by rising version id, from the one after `after`."""
    rows = _in_force().filter(institution_id=institution_id, first_generation=generation, pk__gt=after)
    return [ComparedHead(*row) for row in rows.order_by("pk").values_list("pk", "record_id")[:limit]]


def values_of_records(records: Collection[int]) -> list[ComparedValues]:
    """Values in force of these records."""
    return list(_values(_in_force().filter(among("record", records)).order_by("record_id")))


def values_in_force(institution_id: int) -> Iterator[ComparedValues]:
    """The whole register in force, by record id."""
    yield from _values(_held_by(institution_id).order_by("record_id"))


def versions_in_force(institution_id: int) -> dict[int, int]:
    """Record -> its values in force, for the whole register."""
    return dict(_held_by(institution_id).values_list("record_id", "pk"))


def records_changed(institution_id: int, *, later_than: int, up_to: int) -> list[int]:
    """Records whose values began in generations (later_than, up_to]."""
    begun = RecordVersion.objects.filter(
        institution_id=institution_id, first_generation__gt=later_than, first_generation__lte=up_to
    )
    return sorted(set(begun.values_list("record_id", flat=True)))


def vanished_records(institution_id: int, *, later_than: int, up_to: int) -> list[int]:
    """Records whose values ended in generations (later_than, up_to] and which the register holds no more."""
    ended = RecordVersion.objects.filter(
        institution_id=institution_id, last_generation__gt=later_than, last_generation__lte=up_to
    )
    gone = set(ended.values_list("record_id", flat=True))
    return sorted(gone - records_in_force(gone))


def people_of(records: Collection[int]) -> dict[int, UUID]:
    """The index row each record points at now."""
    return dict(SourceRecord.objects.filter(among("pk", records)).values_list("pk", "person_id"))


def records_held(records: Iterable[int]) -> set[int]:
    """Those of these records that are not erased; no one of them will be until the transaction is over."""
    held = SourceRecord.objects.filter(among("pk", set(records)), erased_at__isnull=True).select_for_update()
    return set(held.order_by("pk").values_list("pk", flat=True))


def records_in_force(records: Collection[int]) -> set[int]:
    """Those of these records that the registers in force hold."""
    return set(_in_force().filter(among("record", records)).values_list("record_id", flat=True))


def institutions_of(records: Collection[int]) -> dict[int, int]:
    """Whose record each is."""
    return dict(SourceRecord.objects.filter(among("pk", records)).values_list("pk", "institution_id"))


def records_beside(records: Collection[int]) -> list[int]:
    """All records of the people of these records."""
    return list(_at_people_of(records).values_list("pk", flat=True))


def people_served_elsewhere(records: Collection[int], institution_id: int) -> set[UUID]:
    """Those of the people of these records of whom other institutions have records too."""
    elsewhere = _at_people_of(records).exclude(institution_id=institution_id)
    return set(elsewhere.values_list("person_id", flat=True))


def _at_people_of(records: Collection[int]) -> QuerySet[SourceRecord]:
    """All records of the people of these records."""
    people = SourceRecord.objects.filter(among("pk", records)).values("person")
    return SourceRecord.objects.filter(person__in=people)


def _in_force() -> QuerySet[RecordVersion]:
    return RecordVersion.objects.current().filter(record__erased_at__isnull=True)


def _held_by(institution_id: int) -> QuerySet[RecordVersion]:
    generation = generation_in_force(institution_id)
    return RecordVersion.objects.filter(
        institution_id=institution_id,
        first_generation__lte=generation,
        last_generation__gt=generation,
        record__erased_at__isnull=True,
    )


def _values(rows: QuerySet[RecordVersion]) -> Iterator[ComparedValues]:
    ring = key_ring()
    found = rows.values_list(*HEAD, *SEALED, *TEXTS, BORN)
    for version, record, institution, wrapped, pesel, document, *texts in found.iterator(chunk_size=AT_ONCE):
        cells = {name: text for name, text in zip(CELLS, texts, strict=True) if text}
        if pesel or document:
            key = ring.unwrap(wrapped)
            if pesel:
                cells["pesel"] = unseal(key, pesel, PESEL)
            if document:
                cells["document_no"] = unseal(key, document, DOCUMENT)
        yield ComparedValues(version, record, institution, cells)
