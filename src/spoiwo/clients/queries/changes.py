"""What an extract changed in the own register: who came, whose values changed, who is no longer served."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from django.db.models import Exists, OuterRef

from spoiwo.clients.models import RecordVersion
from spoiwo.clients.querysets import READERS, RecordVersionQuerySet
from spoiwo.kernel.actor import Actor


class Change(StrEnum):
    """What an extract did to a record."""

    NEW = "new"
    CHANGED = "changed"
    GONE = "gone"


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangedRecord:
    """An own record as it stands in the extract, or as it last stood before it was gone."""

    record: int
    uuid: UUID
    local_id: str
    name: str
    birth_date: date | None


def changed_by(
    actor: Actor, generation: int, change: Change, *, after: int, limit: int
) -> list[ChangedRecord]:
    """Records that the extract of a generation changed so, by rising record id, from the one after `after`."""
    versions = _versions(actor, generation, change).filter(record__gt=after)
    return _shown(versions.order_by("record_id")[:limit])


def count_changed(actor: Actor, generation: int, change: Change) -> int:
    """How many records the extract of a generation changed so."""
    return _versions(actor, generation, change).count()


def records_named(actor: Actor, records: Collection[int]) -> list[ChangedRecord]:
    """Own records in force by id; those out of reach are left out."""
    return _shown(_reach(actor).current().filter(record__in=records).order_by("record_id"))


def _reach(actor: Actor) -> RecordVersionQuerySet:
    """Readers see their own area, those who watch over the register all of it."""
    if actor.has_any(*READERS):
        return RecordVersion.objects.visible_to(actor)
    return RecordVersion.objects.overseen_by(actor)


def _versions(actor: Actor, generation: int, change: Change) -> RecordVersionQuerySet:
    reach = _reach(actor)
    same = RecordVersion.objects.filter(record=OuterRef("record"))
    if change is Change.GONE:
        return reach.filter(~Exists(same.filter(first_generation=generation)), last_generation=generation)
    begun = reach.filter(first_generation=generation)
    followed = Exists(same.filter(last_generation=generation))
    return begun.filter(followed) if change is Change.CHANGED else begun.filter(~followed)


def _shown(versions: RecordVersionQuerySet) -> list[ChangedRecord]:
    columns = ("record_id", "record__uuid", "record__local_id", "last_name", "first_name", "birth_date")
    rows: Sequence[tuple[int, UUID, str, str, str, date | None]] = list(versions.values_list(*columns))
    return [
        ChangedRecord(
            record=row[0], uuid=row[1], local_id=row[2], name=f"{row[3]} {row[4]}", birth_date=row[5]
        )
        for row in rows
    ]
