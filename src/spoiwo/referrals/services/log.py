"""What referrals put on record, in the chains of both parties; never a name or a sentence."""

import hashlib
from collections import Counter
from collections.abc import Collection, Iterable

from spoiwo.access.types import RelationKind
from spoiwo.audit import services as audit
from spoiwo.audit.types import Action, Entry
from spoiwo.kernel.actor import Actor
from spoiwo.referrals.models import Referral

PURPOSE = "referral"


def record_change(row: Referral, step: str, *, by: Actor | None) -> None:
    """A step was taken; by nobody when the clock took it."""
    _append(row, Action.REFERRAL, by=by, categories=(), outcome=step)


def record_read(
    row: Referral,
    *,
    by: Actor,
    categories: Collection[str],
    shown: str,
    request_id: str = "",
    action: Action = Action.VIEW_CLIENT,
) -> None:
    """The packet was shown or printed. shown: everything that was shown, of which only a digest is kept."""
    digest = hashlib.sha256(shown.encode()).digest()
    _append(row, action, by=by, categories=categories, digest=digest, request_id=request_id)


def record_list(
    rows: Iterable[Referral], *, by: Actor, request_id: str = "", action: Action = Action.LIST_CLIENTS
) -> None:
    """A list with people of other institutions was shown or saved: one entry for each owner, one for the reader."""
    found = list(rows)
    owners = Counter(row.sender_id for row in found if row.sender_id != by.institution_id)
    counts = {by.institution_id: len(found), **owners}
    audit.append(
        *(
            Entry(
                institution_id=institution_id,
                action=action,
                actor_user_id=by.user_id,
                institution_acting_id=by.institution_id,
                object_ref="list:referrals",
                categories=("identity",),
                purpose=PURPOSE,
                relation=RelationKind.REFERRAL.value,
                count=count,
                request_id=request_id,
            )
            for institution_id, count in counts.items()
        )
    )


def record_file(by: Actor, uuid: object, *, count: int) -> None:
    """A file of referrals was read."""
    audit.append(
        Entry(
            institution_id=by.institution_id,
            action=Action.REFERRAL,
            actor_user_id=by.user_id,
            institution_acting_id=by.institution_id,
            object_ref=f"referral-file:{uuid}",
            count=count,
        )
    )


def _append(
    row: Referral,
    action: Action,
    *,
    by: Actor | None,
    categories: Collection[str],
    outcome: str = "ok",
    digest: bytes = b"",
    request_id: str = "",
) -> None:
    audit.append(
        *(
            Entry(
                institution_id=institution_id,
                action=action,
                actor_user_id=by.user_id if by else 0,
                institution_acting_id=by.institution_id if by else 0,
                person=row.person_id,
                object_ref=f"referral:{row.uuid}",
                categories=tuple(categories),
                purpose=PURPOSE,
                legal_basis=row.legal_basis,
                agreement=row.agreement,
                relation=RelationKind.REFERRAL.value,
                outcome=outcome,
                digest=digest,
                request_id=request_id,
            )
            for institution_id in sorted({row.sender_id, row.receiver_id})
        )
    )
