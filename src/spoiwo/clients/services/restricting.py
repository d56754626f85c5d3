"""Hiding people from all but named colleagues, and showing them again."""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from spoiwo.access.types import RestrictionKind
from spoiwo.audit import services as audit
from spoiwo.audit.types import Action, Entry
from spoiwo.clients import policies
from spoiwo.clients.errors import (
    NoSuchRecord,
    NoSuchRestriction,
    NotOfOurStaff,
    ReasonMissing,
    RestrictedAlready,
)
from spoiwo.clients.models import Restriction, RestrictionReader, SourceRecord
from spoiwo.clients.queries.restricting import REASON
from spoiwo.clients.rules import restrictions as rules
from spoiwo.clients.services.common_clients import refresh_common
from spoiwo.clients.services.hiding import refresh_hidden
from spoiwo.institutions import queries as institutions
from spoiwo.kernel.actor import Actor
from spoiwo.kernel.sealing import seal
from spoiwo.toolkit.conflicts import Conflict, Difference
from spoiwo.toolkit.context import acting_for
from spoiwo.toolkit.keys import key_ring

JOB = "guarding"


def restrict_client(
    *,
    record_uuid: UUID,
    kind: RestrictionKind,
    reason: str,
    readers: Collection[int],
    until: date | None,
    by: Actor,
) -> Restriction:
    """Hide an own client from everybody but the accounts named, from now on.

    Raises NoSuchRecord, RestrictedAlready, ReasonMissing, NobodyNamed, NotOfOurStaff, UntilIsPast.
    """
    today = timezone.localdate()
    rules.check_restriction(reason=reason, readers=readers, until=until, day=today)
    _check_staff(readers, by)
    record = policies.restrictable(by).filter(uuid=record_uuid).first()
    if record is None:
        raise NoSuchRecord(str(record_uuid))
    with _guarding(by):
        record = SourceRecord.objects.select_for_update().get(pk=record.pk)
        if Restriction.objects.standing(today).filter(record=record).exists():
            raise RestrictedAlready(str(record_uuid))
        _close_lapsed(record)
        key = key_ring().unwrap(bytes(record.wrapped_key))
        made = Restriction.objects.create(
            record=record,
            institution_id=record.institution_id,
            kind=kind,
            reason_sealed=seal(key, reason.strip(), REASON),
            set_at=timezone.now(),
            set_by_user_id=by.user_id,
            until=until,
        )
        _name(made, readers, by)
        _settle(record, by, "set", len(set(readers)))
        return made


def change_readers(
    *, restriction_id: int, readers: Collection[int], until: date | None, version: int, by: Actor
) -> None:
    """Say anew who may see a hidden client, and until when; those who watch over the register may.

    Raises NoSuchRestriction, NobodyNamed, NotOfOurStaff, UntilIsPast, Conflict.
    """
    rules.check_readers(readers=readers, until=until, day=timezone.localdate())
    _check_staff(readers, by)
    with _guarding(by):
        found = _locked(restriction_id, by)
        if found.version != version:
            now_named = set(found.readers.values_list("user_id", flat=True))
            raise Conflict(
                (
                    Difference("readers", sorted(set(readers)), sorted(now_named)),
                    Difference("until", until, found.until),
                ),
                version=found.version,
            )
        found.readers.exclude(user_id__in=set(readers)).delete()
        known = set(found.readers.values_list("user_id", flat=True))
        _name(found, set(readers) - known, by)
        found.until, found.version = until, found.version + 1
        found.save(update_fields=["until", "version"])
        _settle(found.record, by, "readers", len(set(readers)))


def lift_restriction(*, restriction_id: int, reason: str, by: Actor) -> None:
    """Show the client to everybody again who may see them otherwise. Raises NoSuchRestriction, ReasonMissing."""
    if len(reason.strip()) < rules.LEAST_REASON:
        raise ReasonMissing(rules.LEAST_REASON)
    with _guarding(by):
        found = _locked(restriction_id, by)
        found.lifted_at, found.lifted_by_user_id = timezone.now(), by.user_id
        found.version += 1
        found.save(update_fields=["lifted_at", "lifted_by_user_id", "version"])
        _settle(found.record, by, "lifted", 1)


def settle_lapsed(day: date) -> int:
    """Show those again whose restriction ended on the day before; called daily, may be repeated."""
    with acting_for(0, job=JOB), transaction.atomic():
        lapsed = Restriction.objects.filter(lifted_at__isnull=True, until__lt=day)
        people = set(
            lapsed.filter(until__gte=day - timedelta(days=7)).values_list("record__person_id", flat=True)
        )
        refresh_hidden(people, day=day)
        with acting_for(0, job="matching"):
            refresh_common(people, day=day)
    return len(people)


def _close_lapsed(record: SourceRecord) -> None:
    """A restriction that lapsed by its date makes room for a new one."""
    lapsed = Restriction.objects.filter(record=record, lifted_at__isnull=True)
    lapsed.update(lifted_at=timezone.now())


@contextmanager
def _guarding(by: Actor) -> Iterator[None]:
    with acting_for(by.institution_id, job=JOB, user_id=by.user_id), transaction.atomic():
        yield


def _locked(restriction_id: int, by: Actor) -> Restriction:
    found = (
        Restriction.objects.visible_to(by)
        .filter(pk=restriction_id, lifted_at__isnull=True)
        .select_for_update(of=("self",))
        .select_related("record")
        .first()
    )
    if found is None or not policies.may_change_restrictions(by):
        raise NoSuchRestriction(str(restriction_id))
    return found


def _check_staff(readers: Collection[int], by: Actor) -> None:
    strangers = set(readers) - institutions.staff_of(by.institution_id).keys()
    if strangers:
        raise NotOfOurStaff(str(sorted(strangers)))


def _name(restriction: Restriction, readers: Collection[int], by: Actor) -> None:
    RestrictionReader.objects.bulk_create(
        RestrictionReader(
            restriction=restriction, user_id=user, named_at=timezone.now(), named_by_user_id=by.user_id
        )
        for user in sorted(set(readers))
    )


def _settle(record: SourceRecord, by: Actor, outcome: str, count: int) -> None:
    """What follows: hidden records, lists of common clients of the others, the log."""
    refresh_hidden([record.person_id])
    with acting_for(by.institution_id, job="matching"):
        refresh_common([record.person_id])
    audit.append(
        Entry(
            institution_id=record.institution_id,
            action=Action.RESTRICTION_CHANGED,
            actor_user_id=by.user_id,
            institution_acting_id=by.institution_id,
            person=record.person_id,
            object_ref=f"record:{record.uuid}",
            count=count,
            outcome=outcome,
        )
    )
