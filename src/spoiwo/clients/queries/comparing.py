"""What the matching of registers reads: values in force by generation, by number, by names and birth date.

Reads across institutions: for system jobs only, in the context of the job "matching", never for a screen.
"""

from collections.abc import Callable, Collection, Iterable, Sequence
from typing import Any
from uuid import UUID

from django.db.models import Count, F, Q, QuerySet

from spoiwo.clients.models import RecordVersion, RegisterState, SourceRecord
from spoiwo.clients.types import ComparedValues, MatchKey
from spoiwo.toolkit.among import among

Narrowing = Callable[[QuerySet[RecordVersion]], QuerySet[RecordVersion]]
COLUMNS = (
    "pk",
    "record_id",
    "institution_id",
    "record__person_id",
    "name_date_key",
    "pesel_index",
    "first_name",
    "second_name",
    "last_name",
    "family_name",
    "birth_date",
    "sex",
    "teryt",
    "street",
    "house",
    "flat",
    "phone",
)


def generation_in_force(institution_id: int) -> int:
    """The number of the register in force; 0 when nothing was brought in yet."""
    state = RegisterState.objects.filter(pk=institution_id).first()
    return state.generation if state else 0


def values_of_generation(
    institution_id: int, generation: int, *, after: int, limit: int
) -> list[ComparedValues]:
    """ComparedValues in force that began with the generation, by rising version id, from the one after `after`."""
    rows = _in_force().filter(institution_id=institution_id, first_generation=generation, pk__gt=after)
    return _values(rows.order_by("pk")[:limit])


def values_of_records(records: Collection[int]) -> list[ComparedValues]:
    """ComparedValues in force of these records."""
    return _values(_in_force().filter(among("record", records)).order_by("record_id"))


def values_with(keys: Sequence[MatchKey], institutions: Collection[int]) -> list[ComparedValues]:
    """ComparedValues in force of these institutions that have one of the keys, by record id."""
    found: dict[int, ComparedValues] = {}
    in_force = _in_force_of(institutions)
    for _column, narrowed in _by_kind(keys):
        rows = narrowed(in_force).filter(record__erased_at__isnull=True)
        found.update((one.record, one) for one in _values(rows))
    return [found[record] for record in sorted(found)]


def groups_larger_than(
    size: int, keys: Sequence[MatchKey], institutions: Collection[int]
) -> set[tuple[int, MatchKey]]:
    """Which (institution, key) more than `size` records in force have."""
    found: set[tuple[int, MatchKey]] = set()
    in_force = _in_force_of(institutions)
    for column, narrowed in _by_kind(keys):
        groups = (
            narrowed(in_force)
            .order_by()
            .values_list("institution_id", column)
            .annotate(size=Count("pk"))
            .filter(size__gt=size)
        )
        found.update((row[0], _plain(row[1])) for row in groups)
    return found


def vanished_records(institution_id: int, *, later_than: int, up_to: int) -> list[int]:
    """Records whose values ended in generations (later_than, up_to] and which the register holds no more."""
    ended = RecordVersion.objects.filter(
        institution_id=institution_id, last_generation__gt=later_than, last_generation__lte=up_to
    )
    gone = set(ended.values_list("record_id", flat=True))
    gone.difference_update(_in_force().filter(among("record", gone)).values_list("record_id", flat=True))
    return sorted(gone)


def people_of(records: Collection[int]) -> dict[int, UUID]:
    """The index row each record points at now."""
    return dict(SourceRecord.objects.filter(among("pk", records)).values_list("pk", "person_id"))


def institutions_of(records: Collection[int]) -> dict[int, int]:
    """Whose record each is."""
    return dict(SourceRecord.objects.filter(among("pk", records)).values_list("pk", "institution_id"))


def people_served_elsewhere(people: Iterable[UUID], institution_id: int) -> set[UUID]:
    """Those of these people of whom other institutions have records too."""
    at_them = SourceRecord.objects.filter(among("person", set(people)))
    return set(at_them.exclude(institution_id=institution_id).values_list("person_id", flat=True))


def _in_force() -> QuerySet[RecordVersion]:
    return RecordVersion.objects.current().filter(record__erased_at__isnull=True)


def _in_force_of(institutions: Collection[int]) -> QuerySet[RecordVersion]:
    """Values in force of these institutions, to be found by their key.

    Written out with the generations, and with the institution as an expression, so that SQLite has no other
    index to choose: it would rather read a whole register.
    """
    in_force = Q(pk__in=[])
    states = RegisterState.objects.filter(pk__in=institutions).values_list("pk", "generation")
    for institution, generation in states:
        in_force |= Q(holder=institution, first_generation__lte=generation, last_generation__gt=generation)
    return RecordVersion.objects.alias(holder=F("institution_id") + 0).filter(in_force)


def _by_kind(keys: Sequence[MatchKey]) -> Iterable[tuple[str, Narrowing]]:
    """(column, what narrows values to those that have one of the keys in it), for each kind of key."""
    numbers = among("pesel_index", [key for key in keys if isinstance(key, bytes)])
    names = among("name_date_key", [key for key in keys if isinstance(key, str)])
    yield "pesel_index", lambda rows: rows.filter(numbers)
    # The second condition is the index's own; without it SQLite does not use the index.
    yield "name_date_key", lambda rows: rows.filter(names, ~Q(name_date_key=""))


def _values(rows: QuerySet[RecordVersion]) -> list[ComparedValues]:
    return [ComparedValues(*(*row[:5], _plain(row[5]), *row[6:])) for row in rows.values_list(*COLUMNS)]


def _plain(value: Any) -> Any:
    """Bytes, whatever the driver makes of a binary column."""
    return bytes(value) if isinstance(value, memoryview) else value
