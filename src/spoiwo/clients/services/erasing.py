"""Erasing people: the record's key is destroyed and everything in the clear goes; chains and links stay whole.

Contexts above that hold something about records subscribe with `on_erased`; they are called in the transaction of
the erasure, so that nothing stays behind when it is through.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from spoiwo.access import services as access
from spoiwo.access.types import RelationKind
from spoiwo.audit import services as audit
from spoiwo.audit.types import Action, Entry
from spoiwo.clients import policies
from spoiwo.clients.errors import BasisMissing, NoSuchRecord, OnHold
from spoiwo.clients.models import (
    CommonClient,
    Erasure,
    Fact,
    HiddenRecord,
    LegalHold,
    RecordVersion,
    Restriction,
    SourceRecord,
)
from spoiwo.clients.rules import retention as rules
from spoiwo.clients.services.common_clients import refresh_common, served_at
from spoiwo.clients.services.erasure_register import Line, write_down
from spoiwo.clients.services.register import erased_local_id
from spoiwo.kernel.actor import Actor
from spoiwo.toolkit.among import among
from spoiwo.toolkit.context import acting_for

JOB = "guarding"
AT_ONCE = 200


@dataclass(frozen=True, slots=True)
class Erased:
    """What went: the records' ids, and whose they were."""

    institution_id: int
    records: tuple[int, ...]


Follower = Callable[[Erased], None]
Restorer = Callable[[Sequence[Line]], int]
_followers: list[Follower] = []
_restorers: list[Restorer] = []


def on_erased(follower: Follower) -> Follower:
    """Have a function called whenever records are erased; it forgets what its context holds about them."""
    _followers.append(follower)
    return follower


def on_restored(restorer: Restorer) -> Restorer:
    """Have a function called after a backup is back; it erases again whom its context had erased, and says how many."""
    _restorers.append(restorer)
    return restorer


def put_down_elsewhere(line: Line) -> None:
    """Somebody whom no record of the register stands for is erased in another context: all who follow are told.

    The caller holds the transaction.
    """
    for follower in _followers:
        follower(Erased(line[1], ()))
    transaction.on_commit(lambda: write_down([line]))


def erase_client(*, record_uuid: UUID, basis: str, by: Actor) -> None:
    """Erase one own client, because the person asked or for another reason that is written down.

    Raises NoSuchRecord, BasisMissing, OnHold.
    """
    if len(basis.strip()) < rules.LEAST_BASIS:
        raise BasisMissing(rules.LEAST_BASIS)
    found = policies.erasable(by).filter(uuid=record_uuid).first()
    if found is None:
        raise NoSuchRecord(str(record_uuid))
    with acting_for(by.institution_id, job=JOB, user_id=by.user_id), transaction.atomic():
        if not erase_records([found.pk], institution_id=by.institution_id, basis=basis.strip(), by=by):
            raise OnHold(str(record_uuid))


def erase_records(records: Sequence[int], *, institution_id: int, basis: str, by: Actor | None) -> int:
    """Erase these records of an institution but for those on hold or erased before; how many went.

    The caller holds the transaction and the database context (job "guarding").
    """
    rows = _locked(records, institution_id)
    if not rows:
        return 0
    now = timezone.now()
    ids = [row.pk for row in rows]
    for row in rows:
        row.wrapped_key, row.erased_at = b"", now
        row.local_id = erased_local_id(institution_id, row.local_id)
    SourceRecord.objects.bulk_update(rows, ["wrapped_key", "erased_at", "local_id"])
    _drop_values(ids)
    Erasure.objects.bulk_create(
        Erasure(
            record_uuid=row.uuid,
            institution_id=institution_id,
            erased_at=now,
            by_user_id=by.user_id if by else 0,
            basis=basis,
        )
        for row in rows
    )
    _forget_people({row.person_id for row in rows}, institution_id)
    for follower in _followers:
        follower(Erased(institution_id, tuple(ids)))
    _put_on_record(rows, institution_id, by)
    transaction.on_commit(lambda: write_down([(row.uuid, institution_id, now, basis) for row in rows]))
    return len(ids)


def erase_again(lines: Sequence[Line]) -> int:
    """Erase what a restored backup brought back; how many records went.

    lines: the register of erasures that is kept outside the database. A hold of before the erasure counts no more.
    """
    bases = {uuid: basis for uuid, _institution, _at, basis in lines}
    done = 0
    for institution in sorted({institution for _uuid, institution, _at, _basis in lines}):
        uuids = [uuid for uuid, whose, _at, _basis in lines if whose == institution]
        with acting_for(institution, job=JOB), transaction.atomic():
            back = list(
                SourceRecord.objects.filter(
                    among("uuid", uuids), institution_id=institution, erased_at__isnull=True
                ).values_list("pk", "uuid")
            )
            holds = LegalHold.objects.filter(among("record", [pk for pk, _uuid in back]))
            holds.filter(released_at__isnull=True).update(released_at=timezone.now())
            for pk, uuid in back:
                done += erase_records([pk], institution_id=institution, basis=bases[uuid], by=None)
    return done + sum(restorer(lines) for restorer in _restorers)


def _locked(records: Sequence[int], institution_id: int) -> list[SourceRecord]:
    """Those of the records that can go, locked in id order."""
    held = LegalHold.objects.filter(among("record", records), released_at__isnull=True)
    on_hold = set(held.values_list("record_id", flat=True))
    free = among("pk", [pk for pk in records if pk not in on_hold])
    rows = SourceRecord.objects.select_for_update().filter(
        free, institution_id=institution_id, erased_at__isnull=True
    )
    return list(rows.order_by("pk"))


def _drop_values(records: Sequence[int]) -> None:
    CommonClient.objects.filter(among("record", records)).delete()
    Fact.objects.filter(among("record", records)).delete()
    RecordVersion.objects.filter(among("record", records)).delete()
    Restriction.objects.filter(among("record", records), lifted_at__isnull=True).update(
        lifted_at=timezone.now()
    )
    Restriction.objects.filter(among("record", records)).update(reason_sealed=b"")
    HiddenRecord.objects.filter(among("pk", records)).delete()


def _forget_people(people: set[UUID], institution_id: int) -> None:
    """End relations of people whom the institution holds no more; forget who they were in the log when nobody does."""
    served = served_at(people)
    still_here = {one.person for one in served if one.institution == institution_id}
    access.close_relations(
        [(person, institution_id) for person in sorted(people - still_here)],
        kind=RelationKind.INVOLVEMENT,
        until=timezone.localdate() - timedelta(days=1),
    )
    known = SourceRecord.objects.filter(among("person", people), erased_at__isnull=True)
    audit.forget_people(people - set(known.values_list("person_id", flat=True)))
    with acting_for(institution_id, job="matching"):
        refresh_common(people)


def _put_on_record(rows: Sequence[SourceRecord], institution_id: int, by: Actor | None) -> None:
    one = rows[0] if len(rows) == 1 else None
    audit.append(
        Entry(
            institution_id=institution_id,
            action=Action.ERASE,
            actor_user_id=by.user_id if by else 0,
            institution_acting_id=by.institution_id if by else institution_id,
            object_ref=f"record:{one.uuid}" if one else "records",
            count=len(rows),
        )
    )
