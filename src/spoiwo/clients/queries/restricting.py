"""Restrictions as those see them who are named or who watch over the register."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from spoiwo.clients.models import RecordVersion, Restriction
from spoiwo.institutions import queries as institutions
from spoiwo.kernel.actor import Actor
from spoiwo.kernel.sealing import unseal
from spoiwo.toolkit.keys import key_ring

REASON = "restriction"  # place of sealing


@dataclass(frozen=True, slots=True, kw_only=True)
class RestrictionLine:
    """A restriction that stands.

    uuid: of the record, None when the actor may not see the person. name: of the person, or the number of the
    restriction for who is hidden from the actor: the record itself is out of the actor's sight.
    """

    restriction: Restriction
    uuid: UUID | None
    name: str
    readers: tuple[str, ...]
    set_by: str
    is_lapsed: bool


def restrictions_of(actor: Actor, day: date) -> list[RestrictionLine]:
    """Standing restrictions that the actor may know of, newest first."""
    rows = list(
        Restriction.objects.visible_to(actor)
        .filter(lifted_at__isnull=True)
        .prefetch_related("readers")
        .order_by("-set_at", "-pk")
        .distinct()
    )
    staff = institutions.staff_of(actor.institution_id)
    names = _names(actor, [one.record_id for one in rows])
    return [_line(one, staff, names, day) for one in rows]


def restriction(actor: Actor, pk: int, day: date) -> RestrictionLine | None:
    """One of them."""
    return next((one for one in restrictions_of(actor, day) if one.restriction.pk == pk), None)


def restriction_on(actor: Actor, record: int) -> int | None:
    """The standing restriction of an own record, for who may know of it."""
    found = Restriction.objects.visible_to(actor).filter(record=record, lifted_at__isnull=True)
    return found.values_list("pk", flat=True).first()


def reason_of(line: RestrictionLine) -> str:
    """Why the person is hidden, for who sees them; empty for others and for restrictions carried over by a split."""
    found = line.restriction
    if line.uuid is None or not found.reason_sealed:
        return ""
    key = key_ring().unwrap(bytes(found.record.wrapped_key))
    return unseal(key, bytes(found.reason_sealed), REASON)


def _names(actor: Actor, records: list[int]) -> dict[int, tuple[UUID, str]]:
    readable = RecordVersion.objects.overseen_by(actor) | RecordVersion.objects.visible_to(actor)
    rows = (
        readable.filter(record__in=records)
        .order_by("first_generation")
        .values_list("record_id", "record__uuid", "first_name", "last_name")
    )
    return {pk: (uuid, f"{last} {first}") for pk, uuid, first, last in rows}


def _line(
    one: Restriction, staff: Mapping[int, str], names: Mapping[int, tuple[UUID, str]], day: date
) -> RestrictionLine:
    uuid, name = names.get(one.record_id, (None, ""))
    return RestrictionLine(
        restriction=one,
        uuid=uuid,
        name=name or f"nr {one.pk}",
        readers=tuple(staff.get(reader.user_id, "?") for reader in one.readers.all()),
        set_by=staff.get(one.set_by_user_id, ""),
        is_lapsed=one.until is not None and one.until < day,
    )
