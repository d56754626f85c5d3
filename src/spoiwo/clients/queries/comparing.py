"""What the matching of registers reads: values in force by generation, by number, by names and birth date.

Reads across institutions: for system jobs only, in the context of the job "matching", never for a screen.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import islice
from typing import Any, TypeVar
from uuid import UUID

from django.db.models import Count, F, Q, QuerySet

from spoiwo.clients.models import RecordVersion, RegisterState, SourceRecord
from spoiwo.clients.types import ComparedValues, MatchKey

Item = TypeVar("Item")

IN_ONE_QUERY = 500  # values of one IN list
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
    return _values(_in_force().filter(record__in=records).order_by("record_id"))


def values_with(keys: Sequence[MatchKey], institutions: Collection[int]) -> list[ComparedValues]:
    """ComparedValues in force of these institutions that have one of the keys, by record id."""
    found: dict[int, ComparedValues] = {}
    for numbers, names in _by_kind(keys):
        for condition in (_numbers(numbers), _names(names)):
            rows = _by_key(condition, institutions).filter(record__erased_at__isnull=True)
            found.update((one.record, one) for one in _values(rows))
    return [found[record] for record in sorted(found)]


def groups_larger_than(
    size: int, keys: Sequence[MatchKey], institutions: Collection[int]
) -> set[tuple[int, MatchKey]]:
    """Which (institution, key) more than `size` records in force have."""
    found: set[tuple[int, MatchKey]] = set()
    for numbers, names in _by_kind(keys):
        for column, condition in (("pesel_index", _numbers(numbers)), ("name_date_key", _names(names))):
            groups = (
                _by_key(condition, institutions)
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
    for part in _chunks(sorted(gone)):
        gone.difference_update(_in_force().filter(record__in=part).values_list("record_id", flat=True))
    return sorted(gone)


def people_of(records: Collection[int]) -> dict[int, UUID]:
    """The index row each record points at now."""
    found: dict[int, UUID] = {}
    for part in _chunks(sorted(records)):
        found.update(SourceRecord.objects.filter(pk__in=part).values_list("pk", "person_id"))
    return found


def institutions_of(records: Collection[int]) -> dict[int, int]:
    """Whose record each is."""
    return dict(SourceRecord.objects.filter(pk__in=records).values_list("pk", "institution_id"))


def people_served_elsewhere(people: Iterable[UUID], institution_id: int) -> set[UUID]:
    """Those of these people of whom other institutions have records too."""
    found: set[UUID] = set()
    for part in _chunks(sorted(set(people))):
        others = SourceRecord.objects.filter(person__in=part).exclude(institution_id=institution_id)
        found.update(others.values_list("person_id", flat=True))
    return found


def _in_force() -> QuerySet[RecordVersion]:
    return RecordVersion.objects.current().filter(record__erased_at__isnull=True)


def _by_key(condition: Q, institutions: Collection[int]) -> QuerySet[RecordVersion]:
    """Values in force of these institutions, found by their key.

    Written out with the generations, and with the institution as an expression, so that SQLite has no other
    index to choose: it would rather read a whole register.
    """
    in_force = Q(pk__in=[])
    states = RegisterState.objects.filter(pk__in=institutions).values_list("pk", "generation")
    for institution, generation in states:
        in_force |= Q(holder=institution, first_generation__lte=generation, last_generation__gt=generation)
    return RecordVersion.objects.alias(holder=F("institution_id") + 0).filter(condition, in_force)


def _by_kind(keys: Sequence[MatchKey]) -> Iterable[tuple[list[bytes], list[str]]]:
    for part in _chunks(keys):
        yield [key for key in part if isinstance(key, bytes)], [key for key in part if isinstance(key, str)]


def _numbers(numbers: Sequence[bytes]) -> Q:
    return Q(pesel_index__in=numbers)


def _names(names: Sequence[str]) -> Q:
    # The second condition is the index's own; without it SQLite does not use the index.
    return Q(name_date_key__in=names) & ~Q(name_date_key="")


def _values(rows: QuerySet[RecordVersion]) -> list[ComparedValues]:
    return [ComparedValues(*(*row[:5], _plain(row[5]), *row[6:])) for row in rows.values_list(*COLUMNS)]


def _chunks(items: Iterable[Item]) -> Iterator[list[Item]]:
    stream = iter(items)
    while part := list(islice(stream, IN_ONE_QUERY)):
        yield part


def _plain(value: Any) -> Any:
    """Bytes, whatever the driver makes of a binary column."""
    return bytes(value) if isinstance(value, memoryview) else value
