"""Writing down what was delivered: one way for one row and for thousands."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from spoiwo.kernel.actor import Actor
from spoiwo.kernel.ids import new_uuid
from spoiwo.support.errors import NoSuchRow, PeriodClosed
from spoiwo.support.models import (
    ClosedPeriod,
    Correction,
    Delivery,
    DeliveryParticipant,
    Entity,
    Group,
    Participant,
    Partnership,
    Path,
    Project,
    SupportCase,
)
from spoiwo.support.rules import deliveries as rules
from spoiwo.support.services.log import record
from spoiwo.support.types import CorrectionKind, DeliveryDetails, RecipientKind, Span
from spoiwo.toolkit.among import among
from spoiwo.toolkit.conflicts import Conflict
from spoiwo.toolkit.context import counting

BATCH = 500
_TABLES: dict[str, Any] = {
    RecipientKind.PERSON: Participant,
    RecipientKind.ENTITY: Entity,
    RecipientKind.GROUP: Group,
    "project": Project,
    "case": SupportCase,
    "partnership": Partnership,
    "path": Path,
}


@dataclass(slots=True)
class _Known:
    """Rows of the own centre that deliveries name, by kind and uuid; what lies out of reach is not there."""

    by: Actor
    rows: dict[str, dict[UUID, Any]] = field(default_factory=dict)

    def load(self, wanted: dict[str, set[UUID]]) -> None:
        for kind, uuids in wanted.items():
            found = _TABLES[kind].objects.visible_to(self.by).filter(among("uuid", sorted(uuids)))
            self.rows[kind] = {row.uuid: row for row in found}

    def get(self, kind: str, uuid: UUID | None) -> Any:
        if uuid is None:
            return None
        row = self.rows.get(kind, {}).get(uuid)
        if row is None:
            raise NoSuchRow(f"{kind} {uuid}")
        return row


def record_delivery(delivery: DeliveryDetails, *, today: date, by: Actor) -> Delivery:
    """Write one delivery down; raises what record_deliveries raises."""
    return record_deliveries([delivery], today=today, by=by)[0]


@transaction.atomic
def record_deliveries(deliveries: Sequence[DeliveryDetails], *, today: date, by: Actor) -> list[Delivery]:
    """Write deliveries down, all or none.

    Raises MinutesNotPositive, AttendedLongerThanDelivered, InTheFuture, OutsideProject, OverlapsAnother (also
    between two of the rows given), PeriodClosed without a reason for correcting, NoSuchRow.
    """
    known = _Known(by)
    known.load(_wanted(deliveries))
    spans = _spans_known(deliveries, by)
    rows, people = [], []
    for one in deliveries:
        row = _row(one, known, today=today, by=by)
        rules.check_not_twice(
            span=rules.span_of(starts_at=one.starts_at, minutes=one.minutes),
            others=spans[_place(row)],
            reason=one.duplicate_reason,
        )
        spans[_place(row)].append(rules.span_of(starts_at=one.starts_at, minutes=one.minutes))
        rows.append(row)
        people.append(_attended(one, row, known))
    periods = _closed_over(by.institution_id)
    Delivery.objects.bulk_create(rows, batch_size=BATCH)
    DeliveryParticipant.objects.bulk_create(
        [
            _there(row, whom, minutes)
            for row, there in zip(rows, people, strict=True)
            for whom, minutes in there
        ],
        batch_size=BATCH,
    )
    corrections = [
        _correction(period, row, CorrectionKind.ADDED, after=row.minutes, reason=one.correction_reason, by=by)
        for one, row in zip(deliveries, rows, strict=True)
        if (period := _period_of(periods, one.day)) is not None
    ]
    Correction.objects.bulk_create(corrections)
    record(by, "deliveries", rows[0].uuid if len(rows) == 1 else len(rows), count=len(rows))
    return rows


@transaction.atomic
def correct_delivery(
    uuid: UUID, delivery: DeliveryDetails, *, version: int, today: date, by: Actor
) -> Delivery:
    """Write down what a delivery really was. Raises as record_deliveries, and Conflict when somebody was faster."""
    before = _locked(uuid, by)
    if before.version != version:
        raise Conflict((), version=before.version)
    known = _Known(by)
    known.load(_wanted([delivery]))
    fresh = _row(delivery, known, today=today, by=by)
    span = rules.span_of(starts_at=delivery.starts_at, minutes=delivery.minutes)
    others = _spans_known([delivery], by, leave_out=before.pk)[_place(fresh)]
    rules.check_not_twice(span=span, others=others, reason=delivery.duplicate_reason)
    there = _attended(delivery, fresh, known)
    periods = _closed_over(by.institution_id)
    for day in sorted({before.day, fresh.day}):
        period = _period_of(periods, day)
        if period is not None:
            _correction(
                period,
                before,
                CorrectionKind.CHANGED,
                before=before.minutes,
                after=fresh.minutes,
                reason=delivery.correction_reason,
                by=by,
            ).save()
    fresh.pk, fresh.uuid, fresh.version = before.pk, before.uuid, before.version + 1
    fresh.created_at, fresh.entered_by_id = before.created_at, before.entered_by_id
    fresh.save()
    before.people.all().delete()
    DeliveryParticipant.objects.bulk_create([_there(fresh, whom, minutes) for whom, minutes in there])
    record(by, "delivery", uuid)
    return fresh


@transaction.atomic
def withdraw_delivery(uuid: UUID, *, reason: str, by: Actor) -> None:
    """Take back a row that should not be there; it stays, but is counted no more. Raises NoSuchRow, PeriodClosed."""
    row = _locked(uuid, by)
    period = _period_of(_closed_over(by.institution_id), row.day)
    if period is not None:
        _correction(period, row, CorrectionKind.WITHDRAWN, before=row.minutes, reason=reason, by=by).save()
    row.withdrawn_at = timezone.now()
    row.save(update_fields=["withdrawn_at"])
    row.people.all().delete()
    record(by, "delivery", uuid)


def _locked(uuid: UUID, by: Actor) -> Delivery:
    found = Delivery.objects.visible_to(by).select_for_update().filter(uuid=uuid, withdrawn_at__isnull=True)
    row: Delivery | None = found.first()
    if row is None:
        raise NoSuchRow(str(uuid))
    return row


def _wanted(deliveries: Iterable[DeliveryDetails]) -> dict[str, set[UUID]]:
    wanted: dict[str, set[UUID]] = defaultdict(set)
    for one in deliveries:
        wanted[one.recipient.kind].add(one.recipient.uuid)
        wanted[RecipientKind.PERSON] |= set(one.participants)
        for kind, uuid in (
            ("project", one.project),
            ("case", one.case),
            ("partnership", one.partnership),
            ("path", one.path),
        ):
            if uuid is not None:
                wanted[kind].add(uuid)
    return wanted


def _row(one: DeliveryDetails, known: _Known, *, today: date, by: Actor) -> Delivery:
    """The row to write, once the rules have agreed."""
    project = known.get("project", one.project)
    rules.check_minutes(one.minutes)
    rules.check_attendance(attended=one.participants.values(), delivered=one.minutes)
    rules.check_day(
        day=one.day,
        today=today,
        starts_on=project.starts_on if project else None,
        ends_on=project.ends_on if project else None,
    )
    kind = one.recipient.kind
    recipient = known.get(kind, one.recipient.uuid)
    return Delivery(
        uuid=new_uuid(),
        institution_id=by.institution_id,
        participant=recipient if kind is RecipientKind.PERSON else None,
        entity=recipient if kind is RecipientKind.ENTITY else None,
        group=recipient if kind is RecipientKind.GROUP else None,
        project=project,
        kind=one.kind,
        day=one.day,
        starts_at=one.starts_at,
        minutes=one.minutes,
        mode=one.mode,
        topic=one.topic,
        place=one.place,
        teryt=one.teryt,
        county=one.teryt[:4],
        adviser_id=one.adviser_id or by.user_id,
        anonymous_headcount=one.anonymous_headcount,
        de_minimis_pln=one.de_minimis_pln,
        duplicate_reason=one.duplicate_reason,
        case=known.get("case", one.case),
        partnership=known.get("partnership", one.partnership),
        path=known.get("path", one.path),
        entered_by_id=by.user_id,
    )


def _attended(one: DeliveryDetails, row: Delivery, known: _Known) -> list[tuple[Participant, int]]:
    there = {known.get(RecipientKind.PERSON, uuid): minutes for uuid, minutes in one.participants.items()}
    if row.participant is not None:
        there.setdefault(row.participant, one.minutes)
    return list(there.items())


def _there(row: Delivery, whom: Participant, minutes: int) -> DeliveryParticipant:
    return DeliveryParticipant(
        institution_id=row.institution_id,
        delivery=row,
        participant=whom,
        day=row.day,
        kind=row.kind,
        county=row.county,
        minutes=minutes,
    )


_Place = tuple[int, date, int | None, int | None, int | None]


def _place(row: Delivery) -> _Place:
    """Rows of one place are of the same adviser, day and recipient."""
    return row.adviser_id, row.day, row.participant_id, row.entity_id, row.group_id


@counting()
def _spans_known(
    deliveries: Sequence[DeliveryDetails], by: Actor, *, leave_out: int | None = None
) -> dict[_Place, list[Span]]:
    """What advisers did on the days in question already."""
    found: dict[_Place, list[Span]] = defaultdict(list)
    days = {one.day for one in deliveries}
    advisers = {one.adviser_id or by.user_id for one in deliveries}
    rows = Delivery.objects.filter(
        institution_id=by.institution_id,
        day__gte=min(days),
        day__lte=max(days),
        adviser_id__in=advisers,
        withdrawn_at__isnull=True,
    ).exclude(pk=leave_out)
    for row in rows:
        found[_place(row)].append(rules.span_of(starts_at=row.starts_at, minutes=row.minutes))
    return found


def _closed_over(institution_id: int) -> list[ClosedPeriod]:
    return list(ClosedPeriod.objects.filter(institution_id=institution_id))


def _period_of(periods: Iterable[ClosedPeriod], day: date) -> ClosedPeriod | None:
    return next((one for one in periods if one.first_day <= day <= one.last_day), None)


def _correction(
    period: ClosedPeriod,
    row: Delivery,
    kind: CorrectionKind,
    *,
    reason: str,
    by: Actor,
    before: int = 0,
    after: int = 0,
) -> Correction:
    if not reason.strip():
        raise PeriodClosed(period.first_day, period.last_day)
    return Correction(
        institution_id=row.institution_id,
        period=period,
        kind=kind,
        delivery=row,
        day=row.day,
        minutes_before=before,
        minutes_after=after,
        reason=reason,
        made_by_id=by.user_id,
    )
