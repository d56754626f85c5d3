"""Sealing: a signature over the ends of all chains, so that not even the database's owner can rewrite them unseen."""

from datetime import UTC, datetime

import structlog
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Case, Value, When

from spoiwo.audit import rules
from spoiwo.audit.errors import ChainBroken
from spoiwo.audit.models import AuditHead, AuditSeal, AuditSealedHead
from spoiwo.audit.queries import seals, verifying
from spoiwo.audit.services.appending import ask_for_the_seal_again
from spoiwo.toolkit.context import acting_for

logger = structlog.get_logger(__name__)


def seal_if_due() -> int | None:
    """Seal when records have waited for five minutes or are ten thousand; answers the seal's number, if one was made.

    Raises ChainBroken.
    """
    now = datetime.now(UTC)
    state = seals.state(now)
    if state.late:
        logger.warning("seal_late", unsealed=state.unsealed, since=str(state.unsealed_since))
    return seal() if rules.is_due(state.unsealed_since, state.unsealed, now) else None


def seal() -> int | None:
    """Seal everything written so far; answers the seal's number, None when there is nothing new.

    What came since the last seal is recomputed first. Raises ChainBroken when it does not hold: an altered record
    must not be covered by a signature.
    """
    with acting_for(0, job=verifying.VERIFY_JOB):
        heads = list(AuditHead.objects.order_by("institution_id"))
        grown = [head for head in heads if head.seq != head.sealed_seq]
        if not grown:
            return None
        for head in grown:
            if breach := verifying.check_since_seal(head):
                logger.error("chain_broken", chain=breach.institution_id, position=breach.seq)
                raise ChainBroken(breach.institution_id, breach.seq)
        try:
            number = _write(heads, grown)
        except IntegrityError:  # somebody else has sealed the same at the same moment
            return None
    ask_for_the_seal_again()
    return number


def _write(heads: list[AuditHead], grown: list[AuditHead]) -> int:
    now = datetime.now(UTC)
    leaves = [rules.leaf_hash(head.institution_id, head.seq, bytes(head.hash)) for head in heads if head.seq]
    with transaction.atomic():
        before = AuditSeal.objects.order_by("-number").first()  # two at once meet at the number
        made = _signed(before, now, rules.tree_root(leaves), sum(head.seq for head in heads))
        made.save(force_insert=True)
        AuditSealedHead.objects.bulk_create(
            AuditSealedHead(seal=made, institution_id=head.institution_id, seq=head.seq, hash=head.hash)
            for head in grown
        )
        for head in grown:  # what was appended meanwhile goes on waiting
            still = Case(When(seq=head.seq, then=Value(None)), default=Value(now))
            AuditHead.objects.filter(pk=head.pk).update(sealed_seq=head.seq, unsealed_since=still)
    return made.number


def _signed(before: AuditSeal | None, now: datetime, root: bytes, records: int) -> AuditSeal:
    key = Ed25519PrivateKey.from_private_bytes(settings.SPOIWO_SEAL_KEY)
    made = AuditSeal(
        number=before.number + 1 if before else 1,
        at=now,
        previous_hash=rules.seal_hash(before.message(), bytes(before.signature)) if before else rules.GENESIS,
        root=root,
        records=records,
        public_key=key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw),
    )
    made.signature = key.sign(made.message())
    return made
