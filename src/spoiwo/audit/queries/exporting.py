"""The log as files that a stranger can check; docs/reference/audit-chain.md describes them."""

import json
from collections.abc import Collection, Iterator
from typing import Any

from spoiwo.audit import rules
from spoiwo.audit.models import AuditHead, AuditRecord, AuditSeal
from spoiwo.audit.queries.seals import mark_of
from spoiwo.audit.queries.verifying import PAGE, VERIFY_JOB, sealed_by_seal
from spoiwo.audit.types import SealMark
from spoiwo.toolkit.context import acting_for


def record_lines(institution_ids: Collection[int] | None = None) -> Iterator[str]:
    """Records of these chains (None: of all) in their order, one JSON object a line; bytes as hexadecimal digits."""
    with acting_for(0, job=VERIFY_JOB):
        records = AuditRecord.objects.order_by("institution_id", "seq")
        if institution_ids is not None:
            records = records.filter(institution_id__in=institution_ids)
        for record in records.iterator(chunk_size=PAGE):
            yield json.dumps(_line(record), ensure_ascii=False) + "\n"


def seals_for(institution_ids: Collection[int] | None = None) -> dict[str, Any]:
    """All seals, each with the way from the ends of these chains (None: of all) up to its root.

    Of other institutions' chains nothing can be read from it but hashes.
    """
    with acting_for(0, job=VERIFY_JOB):
        wanted = set(
            AuditHead.objects.values_list("pk", flat=True) if institution_ids is None else institution_ids
        )
        leaves: dict[int, bytes] = {}
        heads = sealed_by_seal()
        listed = []
        for seal in AuditSeal.objects.order_by("number").iterator(chunk_size=PAGE):
            grown = heads.pop(seal.number, [])
            leaves.update(
                (one.institution_id, rules.leaf_hash(one.institution_id, one.seq, one.hash)) for one in grown
            )
            order = sorted(leaves)
            hashes = [leaves[pk] for pk in order]
            chains = {
                str(one.institution_id): [
                    one.seq,
                    one.hash.hex(),
                    _path(hashes, order.index(one.institution_id)),
                ]
                for one in grown
                if one.institution_id in wanted
            }
            listed.append({**seal_in_words(mark_of(seal)), "chains": chains})
    return {"format": "spoiwo-seals-1", "seals": listed}


def seal_in_words(mark: SealMark) -> dict[str, Any]:
    """A seal as JSON values."""
    return {
        "number": mark.number,
        "at": mark.at.isoformat(timespec="microseconds"),
        "previous": mark.previous.hex(),
        "root": mark.root.hex(),
        "records": mark.records,
        "key": mark.public_key.hex(),
        "signature": mark.signature.hex(),
    }


def _path(hashes: list[bytes], position: int) -> list[list[str]]:
    return [[side, neighbour.hex()] for side, neighbour in rules.path_to_root(hashes, position)]


def _line(record: AuditRecord) -> dict[str, Any]:
    return {
        "institution": record.institution_id,
        "seq": record.seq,
        "at": record.at.isoformat(timespec="microseconds"),
        "action": record.action,
        "actor": str(record.actor or ""),
        "institution_acting": record.institution_acting_id,
        "person": str(record.person or ""),
        "object": record.object_ref,
        "categories": record.categories,
        "purpose": record.purpose,
        "legal_basis": record.legal_basis,
        "agreement": record.agreement,
        "relation": record.relation,
        "count": record.count,
        "outcome": record.outcome,
        "digest": bytes(record.digest).hex(),
        "request": record.request_id,
        "previous": bytes(record.previous_hash).hex(),
        "hash": bytes(record.hash).hex(),
    }
