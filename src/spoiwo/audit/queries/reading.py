"""Reading and checking the log."""

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from spoiwo.audit import rules
from spoiwo.audit.models import AuditHead, AuditPseudonym, AuditRecord
from spoiwo.audit.types import Action, Breach, Look, Verification
from spoiwo.kernel.actor import Actor
from spoiwo.toolkit.context import acting_for
from spoiwo.toolkit.prepared import Prepared

VERIFY_JOB = "audit"
LOOKS_READ = 40
Record = AuditRecord  # for contexts that show the log
Records = QuerySet[AuditRecord]


def records_for(actor: Actor) -> QuerySet[AuditRecord]:
    """The log of the actor's institution, newest first, as far as the actor may read it."""
    return AuditRecord.objects.visible_to(actor).order_by("-seq")


def subjects_of(kind: str, pseudonyms: set[UUID]) -> dict[UUID, str]:
    """Whom pseudonyms stand for (pseudonym -> account id or person uuid); forgotten ones are left out."""
    return dict(AuditPseudonym.objects.filter(kind=kind, pk__in=pseudonyms).values_list("id", "subject"))


def looks_at(person: UUID, *, institution_id: int) -> list[Look]:
    """The newest views of a person in an institution's chain, as its staff may see them: no worker is named.

    LOOKS_READ of them at the most: enough to show a few different ones.
    """
    return [Look(*row) for row in _LOOKS.rows(institution_id, str(person))]


def _looks(institution_id: int, person: str) -> QuerySet[Any, Any]:
    pseudonym = AuditPseudonym.objects.filter(kind="person", subject=person).values("pk")[:1]
    views = AuditRecord.objects.filter(
        institution_id=institution_id, person=pseudonym, action=Action.VIEW_CLIENT
    )
    return views.order_by("-at").values_list("at", "institution_acting_id", "purpose")[:LOOKS_READ]


_LOOKS = Prepared(_looks)


def verify(*, institution_ids: set[int] | None = None) -> Verification:
    """Recompute all chains (or some) as a stream and report the first position of each that does not hold."""
    with acting_for(0, job=VERIFY_JOB):
        heads = {head.pk: head for head in AuditHead.objects.all()}
        records = AuditRecord.objects.order_by("institution_id", "seq")
        if institution_ids is not None:
            heads = {pk: head for pk, head in heads.items() if pk in institution_ids}
            records = records.filter(institution_id__in=institution_ids)
        counter = _Counter()
        breaches: list[Breach] = []
        seen: set[int] = set()
        stream = counter.count(records.iterator(chunk_size=2000))
        for institution_id, chain in groupby(stream, key=lambda record: record.institution_id):
            seen.add(institution_id)
            breach = _check(institution_id, chain, heads.get(institution_id))
            if breach:
                breaches.append(breach)
        breaches.extend(
            Breach(pk, 1, "missing") for pk, head in sorted(heads.items()) if pk not in seen and head.seq > 0
        )
    return Verification(chains=len(seen | set(heads)), records=counter.total, breaches=tuple(breaches))


class _Counter:
    """Counts what flows through."""

    def __init__(self) -> None:
        self.total = 0

    def count(self, records: Iterator[AuditRecord]) -> Iterator[AuditRecord]:
        for record in records:
            self.total += 1
            yield record


def _check(institution_id: int, chain: Iterator[AuditRecord], head: AuditHead | None) -> Breach | None:
    previous, expected = rules.GENESIS, 1
    first: Breach | None = None
    for record in chain:  # read to the end in any case: groupby needs it
        if first is not None:
            continue
        if record.seq != expected:
            first = Breach(institution_id, expected, "missing")
        elif bytes(record.previous_hash) != previous:
            first = Breach(institution_id, record.seq, "does not follow the record before it")
        elif rules.link_hash(previous, record.signed_values()) != bytes(record.hash):
            first = Breach(institution_id, record.seq, "altered")
        previous, expected = bytes(record.hash), record.seq + 1
    if first is not None:
        return first
    if head is None:
        return Breach(institution_id, expected, "the chain has no head")
    if head.seq != expected - 1 or bytes(head.hash) != previous:
        return Breach(institution_id, expected, "the end of the chain is missing")
    return None


def pseudonyms_for(kind: str, subjects: Iterable[str]) -> list[UUID]:
    """Pseudonyms of accounts (kind "user", ids) or people (kind "person", uuids) that stand in the log already."""
    known = AuditPseudonym.objects.filter(kind=kind, subject__in=set(subjects))
    return list(known.values_list("pk", flat=True))


def length_of(institution_id: int) -> int:
    """How many records the head of an institution's chain counts."""
    return AuditHead.objects.filter(pk=institution_id).values_list("seq", flat=True).first() or 0
