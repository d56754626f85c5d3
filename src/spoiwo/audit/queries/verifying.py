"""Recomputing chains and seals; the first position of each chain that does not hold is named."""

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any, NamedTuple

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from django.db.models import CharField
from django.db.models.functions import Cast

from spoiwo.audit import rules
from spoiwo.audit.models import AuditHead, AuditRecord, AuditSeal, AuditSealedHead
from spoiwo.audit.queries import seals
from spoiwo.audit.types import Breach, SealBreach, SealMark, Verification
from spoiwo.toolkit.context import acting_for

VERIFY_JOB = "audit"
PAGE = 5000
HEX_DIGITS = 32
_TIME, _ACTOR, _PERSON = (
    Cast(name, CharField()) for name in ("at", "actor", "person")
)  # as the database has them
_COLUMNS = (
    "institution_id",
    "seq",
    _TIME,
    "action",
    _ACTOR,
    "institution_acting_id",
    _PERSON,
    "object_ref",
    "categories",
    "purpose",
    "legal_basis",
    "agreement",
    "relation",
    "count",
    "outcome",
    "digest",
    "request_id",
    "previous_hash",
    "hash",
)
Row = tuple[Any, ...]


class Sealed(NamedTuple):
    """How far a seal covered a chain, and the hash it saw there."""

    institution_id: int
    seq: int
    hash: bytes
    number: int


class _End(NamedTuple):
    """Where a walk along a chain ended: last position and hash, and the first breach on the way."""

    seq: int
    hash: bytes
    breach: Breach | None


def verify(*, institution_ids: set[int] | None = None, witness: Iterable[SealMark] = ()) -> Verification:
    """Recompute all chains and all seals as a stream; of some chains, with the signatures of the seals only.

    witness: seals kept outside the platform; those missing here, or different, are breaches.
    """
    with acting_for(0, job=VERIFY_JOB):
        heads = {head.pk: head for head in AuditHead.objects.all()}
        records = AuditRecord.objects.order_by("institution_id", "seq")
        sealed = AuditSealedHead.objects.order_by("institution_id", "seq")
        if institution_ids is not None:
            heads = {pk: head for pk, head in heads.items() if pk in institution_ids}
            records = records.filter(institution_id__in=institution_ids)
            sealed = sealed.filter(institution_id__in=institution_ids)
        counter = _Counter()
        rows = counter.count(records.values_list(*_COLUMNS).iterator(chunk_size=PAGE))
        marks = _by_chain(sealed.values_list("institution_id", "seq", "hash", "seal_id"))
        breaches = tuple(_broken_chains(rows, heads, marks))
        number_of_seals, seal_breaches = _check_seals(witness, with_roots=institution_ids is None)
    unsealed = sum(head.seq - head.sealed_seq for head in heads.values())
    return Verification(len(heads), counter.total, breaches, number_of_seals, seal_breaches, unsealed)


def check_since_seal(head: AuditHead) -> Breach | None:
    """The first position after the last seal that does not hold, in the chain of this head."""
    chain = AuditRecord.objects.filter(institution_id=head.institution_id, seq__lte=head.seq)
    start = rules.GENESIS
    if head.sealed_seq:
        sealed = AuditSealedHead.objects.filter(
            institution_id=head.institution_id, seq=head.sealed_seq
        ).first()
        if sealed is None:
            return Breach(head.institution_id, head.sealed_seq, "the seal of this record is missing")
        start = bytes(sealed.hash)
    rows = chain.filter(seq__gt=head.sealed_seq).order_by("seq").values_list(*_COLUMNS)
    end = _walk(head.institution_id, rows.iterator(chunk_size=PAGE), _End(head.sealed_seq, start, None), [])
    return end.breach or _at_the_end(head.institution_id, end, head)


class _Counter:
    """Counts what flows through."""

    def __init__(self) -> None:
        self.total = 0

    def count(self, rows: Iterator[Row]) -> Iterator[Row]:
        for row in rows:
            self.total += 1
            yield row


def _by_chain(rows: Iterable[Row]) -> dict[int, list[Sealed]]:
    found: dict[int, list[Sealed]] = {}
    for institution_id, seq, digest, number in rows:
        found.setdefault(institution_id, []).append(Sealed(institution_id, seq, bytes(digest), number))
    return found


def _broken_chains(
    rows: Iterator[Row], heads: dict[int, AuditHead], marks: dict[int, list[Sealed]]
) -> Iterator[Breach]:
    seen: set[int] = set()
    for institution_id, chain in groupby(rows, key=lambda row: row[0]):
        seen.add(institution_id)
        sealed = marks.get(institution_id, [])
        end = _walk(institution_id, chain, _End(0, rules.GENESIS, None), sealed)
        breach = end.breach or _beyond_the_end(end, sealed)
        if breach := breach or _at_the_end(institution_id, end, heads.get(institution_id)):
            yield breach
    for pk in sorted((set(heads) | set(marks)) - seen):
        if marks.get(pk) or heads[pk].seq > 0:
            yield Breach(pk, 1, "missing")


def _walk(institution_id: int, chain: Iterable[Row], start: _End, sealed: list[Sealed]) -> _End:
    """Along a chain to its end, comparing with what seals saw; read to the end in any case, for groupby."""
    seq, previous, first = start
    marks = {mark.seq: mark for mark in sealed}
    for row in chain:
        if first is not None:
            continue
        seq += 1
        problem = _problem(row, seq, previous, marks.get(row[1]))
        if problem:
            first = Breach(institution_id, seq, problem)
        previous = bytes(row[18])
    return _End(seq, previous, first)


def _problem(row: Row, expected: int, previous: bytes, mark: Sealed | None) -> str:
    if row[1] != expected:
        return "missing"
    if bytes(row[17]) != previous:
        return "does not follow the record before it"
    if rules.record_hash(previous, _texts(row), bytes(row[15]), row[16]) != bytes(row[18]):
        return "altered"
    if mark is not None and mark.hash != bytes(row[18]):
        return "altered after it was sealed"
    return ""


def _texts(row: Row) -> list[str]:
    """What AuditRecord.signed_values holds before the digest, without the cost of a model and of its values."""
    return [
        str(row[0]),
        str(row[1]),
        _instant(row[2]),
        row[3],
        _uuid(row[4]),
        str(row[5]),
        _uuid(row[6]),
        *row[7:13],
        str(row[13]),
        row[14],
    ]


def _instant(text: str) -> str:
    """An instant in UTC as its isoformat to the microsecond; PostgreSQL adds the zone, both leave zeros out."""
    fraction = text[19:].removesuffix("+00")[1:]
    return f"{text[:10]}T{text[11:19]}.{fraction:0<6}+00:00"


def _uuid(text: str | None) -> str:
    """A UUID with its hyphens, which SQLite leaves out; nothing for none."""
    if text is None or len(text) != HEX_DIGITS:
        return text or ""
    return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"


def _beyond_the_end(end: _End, sealed: list[Sealed]) -> Breach | None:
    """Sealed records that are no longer there."""
    if sealed and sealed[-1].seq > end.seq:
        return Breach(sealed[-1].institution_id, end.seq + 1, "sealed records are missing")
    return None


def _at_the_end(institution_id: int, end: _End, head: AuditHead | None) -> Breach | None:
    if head is None:
        return Breach(institution_id, end.seq + 1, "the chain has no head")
    if head.seq != end.seq or bytes(head.hash) != end.hash:
        return Breach(institution_id, end.seq + 1, "the end of the chain is missing")
    return None


def _check_seals(witness: Iterable[SealMark], *, with_roots: bool) -> tuple[int, tuple[SealBreach, ...]]:
    """How many seals there are, and what is wrong with them; their roots need the ends of all chains."""
    kept = {mark.number: mark for mark in witness}
    leaves: dict[int, bytes] = {}
    heads = sealed_by_seal() if with_roots else {}
    before, expected, total = rules.GENESIS, 0, 0
    breaches: list[SealBreach] = []
    for seal in AuditSeal.objects.order_by("number").iterator(chunk_size=PAGE):
        total, expected = total + 1, expected + 1
        leaves.update(
            (one.institution_id, rules.leaf_hash(one.institution_id, one.seq, one.hash))
            for one in heads.pop(seal.number, [])
        )
        root = rules.tree_root([leaves[pk] for pk in sorted(leaves)]) if with_roots else bytes(seal.root)
        problem = _seal_problem(seal, expected, before, root) or _differs(seal, kept.pop(seal.number, None))
        if problem:
            breaches.append(SealBreach(seal.number, problem))
        expected, before = seal.number, rules.seal_hash(seal.message(), bytes(seal.signature))
    breaches.extend(SealBreach(number, "missing") for number in sorted({*kept, *heads}))
    return total, tuple(breaches)


def sealed_by_seal() -> dict[int, list[Sealed]]:
    """What each seal covered anew, by its number."""
    found: dict[int, list[Sealed]] = {}
    for row in AuditSealedHead.objects.values_list("institution_id", "seq", "hash", "seal_id"):
        found.setdefault(row[3], []).append(Sealed(row[0], row[1], bytes(row[2]), row[3]))
    return found


def _seal_problem(seal: AuditSeal, expected: int, before: bytes, root: bytes) -> str:
    if seal.number != expected or bytes(seal.previous_hash) != before:
        return "does not follow the seal before it"
    if bytes(seal.root) != root:
        return "covers other chains than those recorded for it"
    if bytes(seal.public_key) not in seals.public_keys():
        return "signed with a key that is not ours"
    try:
        Ed25519PublicKey.from_public_bytes(bytes(seal.public_key)).verify(
            bytes(seal.signature), seal.message()
        )
    except InvalidSignature:
        return "the signature does not fit"
    return ""


def _differs(seal: AuditSeal, witness: SealMark | None) -> str:
    if witness is None or (witness.root, witness.signature) == (bytes(seal.root), bytes(seal.signature)):
        return ""
    return "differs from the copy kept outside"
