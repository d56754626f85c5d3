"""What is known of the seals."""

from datetime import datetime

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.conf import settings
from django.db.models import F, Min, Sum

from spoiwo.audit import rules
from spoiwo.audit.models import AuditHead, AuditSeal
from spoiwo.audit.types import SealMark, SealState


def unsealed_since() -> datetime | None:
    """When the oldest record that no seal covers was written; None when all are covered."""
    return AuditHead.objects.aggregate(since=Min("unsealed_since"))["since"]  # type: ignore[no-any-return]


def state(now: datetime) -> SealState:
    """How sealing stands at this moment."""
    found = AuditHead.objects.aggregate(since=Min("unsealed_since"), unsealed=Sum(F("seq") - F("sealed_seq")))
    newest = newest_seals(1)
    return SealState(
        newest=newest[0] if newest else None,
        unsealed=found["unsealed"] or 0,
        unsealed_since=found["since"],
        late=rules.is_late(found["since"], now),
    )


def newest_seals(limit: int) -> list[SealMark]:
    """The newest seals, newest first, as everybody may see them."""
    return [mark_of(seal) for seal in AuditSeal.objects.order_by("-number")[:limit]]


def mark_of(seal: AuditSeal) -> SealMark:
    """What a seal says in public."""
    return SealMark(
        number=seal.number,
        at=seal.at,
        previous=bytes(seal.previous_hash),
        root=bytes(seal.root),
        records=seal.records,
        public_key=bytes(seal.public_key),
        signature=bytes(seal.signature),
    )


def public_keys() -> frozenset[bytes]:
    """Public halves of the key in use and of former ones."""
    ours = Ed25519PrivateKey.from_private_bytes(settings.SPOIWO_SEAL_KEY).public_key()
    former = (bytes.fromhex(key) for key in settings.SPOIWO_SEAL_OLD_PUBLIC_KEYS)
    return frozenset({ours.public_bytes(Encoding.Raw, PublicFormat.Raw), *former})
