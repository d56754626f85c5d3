"""Comparing an institution's register with its districts: who serves which client, and who has to be handed over."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import transaction

from spoiwo.clients.queries import residences
from spoiwo.districts.models import AddressRange, Assignment, District, HandOver
from spoiwo.districts.queries.registers import COLUMNS, as_range, ranges_of, workers_on
from spoiwo.districts.rules.addresses import spot_of
from spoiwo.districts.rules.moving import is_same_worker, reason_of
from spoiwo.districts.rules.ranges import Register
from spoiwo.districts.types import Address, Care, HandOverReason, HandOverState, Range, Spot, Sweep, Worker
from spoiwo.toolkit.context import acting_for

BATCH = 1000
_JOB = "export"  # hidden people have a district too
NOBODY = Worker("")
UNDER_WAY = (HandOverState.OPEN, HandOverState.HANDED)


@dataclass
class _Changes:
    """Rows to write."""

    new: list[Assignment] = field(default_factory=list)
    over: list[int] = field(default_factory=list)
    moves: list[tuple[Assignment, Care, HandOverReason | None]] = field(default_factory=list)
    first: int = 0


def sweep_all(day: date) -> int:
    """Compare every institution that works by districts; gives how many there were."""
    owners = District.objects.values_list("institution_id", flat=True)
    partners = District.objects.filter(partner_accepted_on__isnull=False).values_list("partner_id", flat=True)
    institutions = sorted({*owners, *partners})
    for institution_id in institutions:
        sweep(institution_id, day)
    return len(institutions)


def sweep(institution_id: int, day: date) -> Sweep:
    """Find the district of every client in the register in force and write down what changed.

    Calling it again changes nothing.
    """
    ranges = ranges_of(institution_id, since=day)
    register = Register(ranges)
    workers = workers_on(day, institution_id=institution_id)
    with acting_for(institution_id, job=_JOB), transaction.atomic():
        served = Assignment.objects.filter(institution_id=institution_id, ends_on=None)
        if not ranges and not served.exists():
            return Sweep()  # an institution without districts need not have its register read
        cares = {}
        spots = {}
        for record, address in residences.addresses_of(institution_id):
            spot = spot_of(address_of(address))
            found = register.find(spot, day).range
            if found is not None:
                worker = workers.get((found.district, institution_id), NOBODY)
                cares[record] = Care(district=found.district, range_id=found.id, worker=worker)
                spots[record] = spot
        return _write(institution_id, cares, spots, day)


def address_of(values: tuple[str, str, str, str]) -> Address:
    """An address from the columns of a register: commune, place, street, house."""
    teryt, place, street, house = values
    return Address(teryt=teryt, place=place, street=street, house=house)


def _write(institution_id: int, cares: dict[int, Care], spots: dict[int, Spot], day: date) -> Sweep:
    latest = _latest(institution_id)
    old_ranges = _ranges(one.range_id for one in latest.values())
    changes = _Changes()
    for record, now in cares.items():
        before = latest.get(record)
        if before is None:
            changes.first += 1
            changes.new.append(_assignment(institution_id, record, now, day))
            continue
        known = _care(before)
        if before.ends_on is None and (known.district, known.worker) == (now.district, now.worker):
            continue
        if before.ends_on is None:
            changes.over.append(before.pk)
        changes.new.append(_assignment(institution_id, record, now, day))
        old_range = old_ranges.get(before.range_id) if before.range_id else None
        reason = reason_of(known, now, old_range=old_range, spot=spots[record])
        changes.moves.append((before, now, reason))
    gone = [one.pk for record, one in latest.items() if record not in cares and one.ends_on is None]
    for chunk in _chunks([*changes.over, *gone]):
        Assignment.objects.filter(pk__in=chunk).update(ends_on=day)
    Assignment.objects.bulk_create(changes.new, batch_size=BATCH)
    begun = _hand_over(changes.moves, day)
    _cancel_for_gone(institution_id, cares)
    return Sweep(first=changes.first, handed_over=begun, ended=len(gone))


def _latest(institution_id: int) -> dict[int, Assignment]:
    """Per record the assignment that holds, or the one that held last."""
    rows = Assignment.objects.filter(institution_id=institution_id).order_by("pk")
    return {one.record_id: one for one in rows}


def _ranges(range_ids: Iterable[int | None]) -> dict[int, Range]:
    wanted = {pk for pk in range_ids if pk is not None}
    rows = AddressRange.objects.filter(pk__in=wanted).values_list(*COLUMNS) if wanted else ()
    return {row[0]: as_range(row) for row in rows}


def _care(row: Assignment) -> Care:
    return Care(
        district=row.district_id, range_id=row.range_id, worker=Worker(row.worker_name, row.user_id or 0)
    )


def _assignment(institution_id: int, record: int, now: Care, day: date) -> Assignment:
    return Assignment(
        institution_id=institution_id,
        record_id=record,
        district_id=now.district,
        range_id=now.range_id,
        user_id=now.worker.user_id or None,
        worker_name=now.worker.name,
        starts_on=day,
    )


def _hand_over(moves: list[tuple[Assignment, Care, HandOverReason | None]], day: date) -> int:
    """Begin hand-overs, and lead those under way on to the newest worker; gives how many began."""
    records = [before.record_id for before, _now, _reason in moves]
    under_way = {
        one.record_id: one
        for chunk in _chunks(records)
        for one in HandOver.objects.select_for_update().filter(record__in=chunk, state__in=UNDER_WAY)
    }
    fresh = []
    for before, now, reason in moves:
        known = under_way.get(before.record_id)
        if known is not None:
            _lead_on(known, now)
        elif reason is not None:
            fresh.append(_fresh(before, now, reason, day))
    HandOver.objects.bulk_create(fresh, batch_size=BATCH)
    return len(fresh)


def _lead_on(known: HandOver, now: Care) -> None:
    """The client goes to somebody else still; back to the first worker there is nothing to do, unless papers left."""
    known.to_district_id = now.district
    known.to_user_id, known.to_worker = now.worker.user_id or None, now.worker.name
    came_back = is_same_worker(Worker(known.from_worker, known.from_user_id or 0), now.worker)
    if came_back and known.state == HandOverState.OPEN:
        known.state = HandOverState.CANCELLED
    known.save(update_fields=["to_district", "to_user", "to_worker", "state"])


def _fresh(before: Assignment, now: Care, reason: HandOverReason, day: date) -> HandOver:
    return HandOver(
        institution_id=before.institution_id,
        record_id=before.record_id,
        from_district_id=before.district_id,
        from_user_id=before.user_id,
        from_worker=before.worker_name,
        to_district_id=now.district,
        to_user_id=now.worker.user_id or None,
        to_worker=now.worker.name,
        reason=reason,
        noticed_on=day,
    )


def _cancel_for_gone(institution_id: int, cares: dict[int, Care]) -> None:
    """There is nobody to take over a client whom the register or every district has lost."""
    rows = HandOver.objects.filter(institution_id=institution_id, state__in=UNDER_WAY)
    gone = [pk for pk, record in rows.values_list("pk", "record_id") if record not in cares]
    for chunk in _chunks(gone):
        HandOver.objects.filter(pk__in=chunk).update(state=HandOverState.CANCELLED)


def _chunks(items: list[Any]) -> Iterator[list[Any]]:
    for start in range(0, len(items), BATCH):
        yield items[start : start + BATCH]
