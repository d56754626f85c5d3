"""Making the chains longer."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from time import monotonic
from typing import Any
from uuid import UUID

from django.db import DatabaseError, connection, transaction
from django.db.models import Q, QuerySet

from spoiwo.audit import rules
from spoiwo.audit.errors import AuditUnavailable, ChangesRefused
from spoiwo.audit.models import AuditHead, AuditPseudonym, AuditRecord
from spoiwo.audit.queries.seals import unsealed_since
from spoiwo.audit.types import CHANGES_NOTHING, Entry
from spoiwo.toolkit.prepared import Prepared


@dataclass(slots=True)
class _Head:
    """Where a locked chain ends."""

    seq: int
    hash: bytes


class _Door:
    """Whether changes are refused for want of a seal; the database is asked once a minute in every process."""

    ASK_AGAIN_AFTER = 60.0

    def __init__(self) -> None:
        self._closed = False
        self._asked_at = -self.ASK_AGAIN_AFTER

    def is_closed(self) -> bool:
        if monotonic() - self._asked_at >= self.ASK_AGAIN_AFTER:
            self._closed = rules.is_closed(unsealed_since(), datetime.now(UTC))
            self._asked_at = monotonic()
        return self._closed

    def ask_again(self) -> None:
        self._asked_at = -self.ASK_AGAIN_AFTER


_DOOR = _Door()


def ask_for_the_seal_again() -> None:
    """Forget whether changes are refused, because there is a new seal."""
    _DOOR.ask_again()


def changes_are_refused() -> bool:
    """Whether the platform is open for reading alone, because nobody has sealed the log for a day."""
    return _DOOR.is_closed()


def append(*entries: Entry) -> None:
    """Append entries to the chains of their institutions, in the caller's transaction or one of its own.

    Chain heads are locked in id order, so two writers wait for each other instead of blocking each other.
    Raises AuditUnavailable when the log cannot be written, and ChangesRefused when something would be changed although
    nobody has sealed the log for a day: the caller must not go on.
    """
    if not all(entry.action in CHANGES_NOTHING for entry in entries) and _DOOR.is_closed():
        raise ChangesRefused("no seal for too long")
    try:
        with transaction.atomic():
            _append(entries)
    except DatabaseError as error:
        raise AuditUnavailable(type(error).__name__) from error


def pseudonyms_of(kind: str, subjects: Sequence[str]) -> dict[str, UUID]:
    """Pseudonyms of accounts (kind "user", ids) or people (kind "person", uuids), made on first use."""
    wanted = sorted(set(subjects))
    known = dict(
        AuditPseudonym.objects.filter(kind=kind, subject__in=wanted).values_list("subject", "id"),
    )
    fresh = [AuditPseudonym(kind=kind, subject=subject) for subject in wanted if subject not in known]
    if fresh:
        AuditPseudonym.objects.bulk_create(fresh, ignore_conflicts=True)
        known.update(
            AuditPseudonym.objects.filter(kind=kind, subject__in=wanted).values_list("subject", "id")
        )
    return known


def forget_people(people: Collection[UUID]) -> None:
    """Delete the pseudonyms of people (index rows): nobody can tell any more whom the log means. Chains stay whole."""
    subjects = [str(person) for person in people]
    for start in range(0, len(subjects), 500):
        part = subjects[start : start + 500]
        AuditPseudonym.objects.filter(kind="person", subject__in=part).delete()


def _append(entries: Sequence[Entry]) -> None:
    users, people = _pseudonyms(entries)
    heads = _locked_heads(sorted({entry.institution_id for entry in entries}))
    now = datetime.now(UTC)
    records = []
    for entry in entries:
        head = heads[entry.institution_id]
        record = _record(entry, head, now)
        record.actor = users.get(str(entry.actor_user_id))
        record.person = people.get(str(entry.person))
        record.hash = rules.link_hash(head.hash, record.signed_values())
        head.seq, head.hash = record.seq, record.hash
        records.append(record)
    _insert(records)
    _move_heads(heads, now)


def _insert(records: Sequence[AuditRecord]) -> None:
    """One round trip however many records; as models they would cost more than everything else here."""
    fields = AuditRecord._meta.concrete_fields
    names = ", ".join(connection.ops.quote_name(field.attname) for field in fields)
    holes = ", ".join(["%s"] * len(fields))
    table = connection.ops.quote_name(AuditRecord._meta.db_table)
    rows = [
        [field.get_db_prep_save(getattr(record, field.attname), connection) for field in fields]
        for record in records
    ]
    with connection.cursor() as cursor:
        cursor.executemany(f"INSERT INTO {table} ({names}) VALUES ({holes})", rows)  # noqa: S608 names of our columns


def _move_heads(heads: dict[int, _Head], now: datetime) -> None:
    """One round trip however many chains have grown."""
    table = connection.ops.quote_name(AuditHead._meta.db_table)
    at = AuditHead._meta.get_field("unsealed_since").get_db_prep_save(now, connection)
    moves = [(head.seq, head.hash, at, pk) for pk, head in heads.items()]
    with connection.cursor() as cursor:
        cursor.executemany(
            f"UPDATE {table} SET seq = %s, hash = %s, unsealed_since = coalesce(unsealed_since, %s)"  # noqa: S608 ours
            " WHERE institution_id = %s",
            moves,
        )


def _pseudonyms(entries: Sequence[Entry]) -> tuple[dict[str, UUID], dict[str, UUID]]:
    """Pseudonyms of the accounts and of the people in the entries; one query when all are known."""
    users = {str(entry.actor_user_id) for entry in entries if entry.actor_user_id}
    people = {str(entry.person) for entry in entries if entry.person}
    known: dict[str, dict[str, UUID]] = {"user": {}, "person": {}}
    for kind, subject, pk in _known_pseudonyms(users, people):
        known[kind][subject] = pk
    for kind, wanted in (("user", users), ("person", people)):
        if fresh := sorted(wanted - known[kind].keys()):
            known[kind] |= pseudonyms_of(kind, fresh)
    return known["user"], known["person"]


def _known_pseudonyms(users: Collection[str], people: Collection[str]) -> Iterable[tuple[str, str, UUID]]:
    if users and people:
        return _EITHER.rows(tuple(sorted(users)), tuple(sorted(people)))
    return _OF_KIND.rows("user" if users else "person", tuple(sorted(users or people)))


def _of_either(users: tuple[str, ...], people: tuple[str, ...]) -> QuerySet[Any, Any]:
    either = Q(kind="user", subject__in=users) | Q(kind="person", subject__in=people)
    return AuditPseudonym.objects.filter(either).values_list("kind", "subject", "id")


def _of_kind(kind: str, subjects: tuple[str, ...]) -> QuerySet[Any, Any]:
    known = AuditPseudonym.objects.filter(kind=kind, subject__in=subjects)
    return known.values_list("kind", "subject", "id")


def _heads_to_lock(institution_ids: tuple[int, ...]) -> QuerySet[Any, Any]:
    heads = AuditHead.objects.select_for_update().filter(pk__in=institution_ids)
    return heads.order_by("pk").values_list("pk", "seq", "hash")


_EITHER = Prepared(_of_either)
_OF_KIND = Prepared(_of_kind)
_HEADS = Prepared(_heads_to_lock)


def _locked_heads(institution_ids: Sequence[int]) -> dict[int, _Head]:
    heads = _lock(institution_ids)
    missing = [pk for pk in institution_ids if pk not in heads]
    if missing:
        AuditHead.objects.bulk_create(
            [AuditHead(institution_id=pk, seq=0, hash=rules.GENESIS) for pk in missing], ignore_conflicts=True
        )
        heads = _lock(institution_ids)
    return heads


def _lock(institution_ids: Sequence[int]) -> dict[int, _Head]:
    return {pk: _Head(seq, bytes(digest)) for pk, seq, digest in _HEADS.rows(tuple(institution_ids))}


def _record(entry: Entry, head: _Head, now: datetime) -> AuditRecord:
    return AuditRecord(
        institution_id=entry.institution_id,
        seq=head.seq + 1,
        at=now,
        action=entry.action.value,
        institution_acting_id=entry.institution_acting_id,
        object_ref=entry.object_ref,
        categories=",".join(sorted(entry.categories)),
        purpose=entry.purpose,
        legal_basis=entry.legal_basis,
        agreement=entry.agreement,
        relation=entry.relation,
        count=entry.count,
        outcome=entry.outcome,
        digest=entry.digest,
        request_id=entry.request_id,
        previous_hash=head.hash,
    )
