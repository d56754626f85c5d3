"""Writing the log."""

from collections.abc import Sequence
from datetime import UTC, datetime
from uuid import UUID

from django.db import DatabaseError, transaction

from spoiwo.audit import rules
from spoiwo.audit.errors import AuditUnavailable
from spoiwo.audit.models import AuditHead, AuditPseudonym, AuditRecord
from spoiwo.audit.types import Entry


def append(*entries: Entry) -> None:
    """Append entries to the chains of their institutions, in the caller's transaction or one of its own.

    Chain heads are locked in id order, so two writers wait for each other instead of blocking each other.
    Raises AuditUnavailable when the log cannot be written: the caller must not go on.
    """
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


def _append(entries: Sequence[Entry]) -> None:
    heads = _locked_heads(sorted({entry.institution_id for entry in entries}))
    users = pseudonyms_of("user", [str(entry.actor_user_id) for entry in entries if entry.actor_user_id])
    people = pseudonyms_of("person", [str(entry.person) for entry in entries if entry.person])
    now = datetime.now(UTC)
    records = []
    for entry in entries:
        head = heads[entry.institution_id]
        record = _record(entry, head, now)
        record.actor = users.get(str(entry.actor_user_id))
        record.person = people.get(str(entry.person))
        record.hash = rules.link_hash(bytes(head.hash), record.signed_values())
        head.seq, head.hash = record.seq, record.hash
        records.append(record)
    AuditRecord.objects.bulk_create(records)
    for head in heads.values():
        head.save(update_fields=["seq", "hash"])


def _locked_heads(institution_ids: Sequence[int]) -> dict[int, AuditHead]:
    locked = AuditHead.objects.select_for_update().filter(pk__in=institution_ids).order_by("pk")
    heads = {head.pk: head for head in locked}
    missing = [pk for pk in institution_ids if pk not in heads]
    if missing:
        AuditHead.objects.bulk_create(
            [AuditHead(institution_id=pk, seq=0, hash=rules.GENESIS) for pk in missing], ignore_conflicts=True
        )
        heads = {head.pk: head for head in locked.all()}
    return heads


def _record(entry: Entry, head: AuditHead, now: datetime) -> AuditRecord:
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
        previous_hash=bytes(head.hash),
    )
