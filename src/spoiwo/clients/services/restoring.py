"""Putting a former extract back in force: its values become the next generation.

Nothing of the extract in between is deleted: what it brought ends, what it ended is written again. So history
stays whole, relations and matching follow as after any extract, and putting back can itself be put back.
The caller holds the transaction and the database context, as for the writers of registers and facts.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from spoiwo.clients.models import Extract, Fact, RecordVersion
from spoiwo.clients.types import OPEN_GENERATION, RegisterKind, Tally
from spoiwo.toolkit.among import among

AT_ONCE = 1000
SAME_ROW = {RegisterKind.REGISTER: ("record_id",), RegisterKind.FACTS: ("record_id", "fingerprint")}


@dataclass(frozen=True, slots=True)
class Former:
    """The extract that was in force before another one."""

    generation: int
    as_of: date
    file_name: str
    file_sha256: str


def former_extract(institution_id: int, kind: RegisterKind, generation: int) -> Former | None:
    """The extract that was in force before the one of this generation; None before the second."""
    before = Extract.objects.filter(institution_id=institution_id, kind=kind, generation=generation - 1)
    found = before.values_list("generation", "as_of", "file_name", "file_sha256").first()
    return Former(*found) if found else None


def end_what_came(*, institution_id: int, kind: RegisterKind, of: int, generation: int) -> int:
    """Let rows that began with the extract `of` end with the generation; gives how many, call until 0."""
    rows = _rows(kind).filter(
        institution_id=institution_id, first_generation=of, last_generation=OPEN_GENERATION
    )
    found = list(rows.order_by("pk").values_list("pk", flat=True)[:AT_ONCE])
    _rows(kind).filter(among("pk", found)).update(last_generation=generation)
    return len(found)


def bring_back_what_went(*, institution_id: int, kind: RegisterKind, of: int, generation: int) -> int:
    """Write rows that ended with the extract `of` anew for the generation; gives how many, call until 0.

    Values of records that were erased meanwhile stay away.
    """
    same = {name: OuterRef(name) for name in SAME_ROW[kind]}
    back_already = _rows(kind).filter(first_generation=generation, **same)
    rows = _rows(kind).filter(
        ~Exists(back_already),
        institution_id=institution_id,
        last_generation=of,
        record__erased_at__isnull=True,
    )
    found = list(rows.order_by("pk")[:AT_ONCE])
    for row in found:
        row.pk, row.first_generation, row.last_generation = None, generation, OPEN_GENERATION
    _rows(kind).bulk_create(found)
    return len(found)


def tally_of(*, institution_id: int, kind: RegisterKind, generation: int, vanished: int) -> Tally:
    """What putting back changes, once everything is staged. vanished: rows that end and are not followed."""
    own = _rows(kind).filter(institution_id=institution_id)
    back = own.filter(first_generation=generation).count()
    changed = own.filter(last_generation=generation).count() - vanished
    held = own.filter(last_generation=OPEN_GENERATION).count()
    return Tally(new=back - changed, changed=changed, unchanged=held - back)


def _rows(kind: RegisterKind) -> QuerySet[Any]:
    return RecordVersion.objects.all() if kind is RegisterKind.REGISTER else Fact.objects.all()
