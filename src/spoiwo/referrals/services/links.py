"""Links for receivers without an account: a link by one letter, a code by another or by telephone.

Neither is stored: of a link its digest, of a code its keyed digest, good once and for a short time.
"""

import hashlib
import secrets
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac

from spoiwo.kernel.actor import Actor
from spoiwo.referrals import policies
from spoiwo.referrals.errors import LinkSpent, NoAddress, NoSuchReferral, WrongCode, WrongStep
from spoiwo.referrals.models import AccessLink
from spoiwo.referrals.rules.roles import link_actor
from spoiwo.referrals.services.log import record_change
from spoiwo.referrals.services.stepping import locked
from spoiwo.referrals.services.telling import address_of, put
from spoiwo.referrals.types import Side
from spoiwo.toolkit.context import acting_for

DAYS = 60
CODE_MINUTES = 15
SPOKEN_CODE_HOURS = 24
MOST_ATTEMPTS = 5
SESSION_MINUTES = 60
_SALT = "spoiwo.referrals.code"


@transaction.atomic
def make_link(uuid: UUID, *, at: datetime, by: Actor) -> tuple[str, str]:
    """Send the receiver a link, and answer its path with a code to be told by telephone; older links end.

    Raises NoSuchReferral, WrongStep for a closed referral, NoAddress.
    """
    row = locked(uuid, by)
    if policies.side_of(by, sender_id=row.sender_id, receiver_id=row.receiver_id) is not Side.SENDER:
        raise NoSuchReferral(str(uuid))
    if row.acknowledged_at is not None:
        raise WrongStep("closed")
    to = address_of(row, Side.RECEIVER)
    if not to:
        raise NoAddress
    AccessLink.objects.filter(referral=row, revoked_at__isnull=True).update(revoked_at=at)
    token, code = secrets.token_urlsafe(24), _new_code()
    made = AccessLink.objects.create(
        referral=row,
        receiver_id=row.receiver_id,
        digest=_digest(token),
        code_digest=_code_digest(token, code),
        code_until=at + timedelta(hours=SPOKEN_CODE_HOURS),
        made_at=at,
        made_by_id=by.user_id,
        expires_on=timezone.localdate(at) + timedelta(days=DAYS),
    )
    path = reverse("referrals:link", args=[token])
    put(row, key=f"referral-link-{made.pk}", to=to, template="link", link=path, at=at)
    record_change(row, "link", by=by)
    return path, code


@transaction.atomic
def revoke_links(uuid: UUID, *, at: datetime, by: Actor) -> int:
    """Take back every link to a referral; how many. Raises NoSuchReferral."""
    row = locked(uuid, by)
    open_links = AccessLink.objects.filter(referral=row, revoked_at__isnull=True)
    return open_links.update(revoked_at=at)


@transaction.atomic
def send_code(token: str, *, at: datetime) -> None:
    """Send a fresh code to the receiver's known address, wherever the link was opened. Raises LinkSpent."""
    link = usable(token, at=at, lock=True)
    code = _new_code()
    link.code_digest = _code_digest(token, code)
    link.code_until = at + timedelta(minutes=CODE_MINUTES)
    link.attempts = 0
    link.save(update_fields=["code_digest", "code_until", "attempts"])
    with acting_for(link.receiver_id):
        row = link.referral
        to = address_of(row, Side.RECEIVER)
        key = f"referral-code-{link.pk}-{int(at.timestamp())}"
        if to:
            put(row, key=key, to=to, template="code", link="", at=at, code=code)


def enter_code(token: str, code: str, *, at: datetime) -> Actor:
    """Who may act once the code fits; the code is good once. Raises LinkSpent, WrongCode."""
    with transaction.atomic():
        link = usable(token, at=at, lock=True)
        fits = (
            bool(link.code_digest)
            and link.code_until is not None
            and link.code_until >= at
            and link.attempts < MOST_ATTEMPTS
            and constant_time_compare(link.code_digest, _code_digest(token, _tidy(code)))
        )
        link.attempts += 1
        if fits:
            link.code_digest, link.used_at = "", at
        link.save(update_fields=["attempts", "code_digest", "used_at"])
    if not fits:
        raise WrongCode
    return actor_of(token, at=at)


def actor_of(token: str, *, at: datetime) -> Actor:
    """Who acts by a link that somebody has opened with a code. Raises LinkSpent."""
    link = usable(token, at=at)
    with acting_for(link.receiver_id):
        return link_actor(link.receiver_id, link.referral.uuid)


def usable(token: str, *, at: datetime, lock: bool = False) -> AccessLink:
    """The link that a token opens today. lock: until the transaction ends. Raises LinkSpent."""
    links = AccessLink.objects.select_for_update() if lock else AccessLink.objects.all()
    link = links.filter(digest=_digest(token), revoked_at__isnull=True).first()
    if link is None or link.expires_on < timezone.localdate(at):
        raise LinkSpent
    return link


def _new_code() -> str:
    return f"{secrets.randbelow(10**8):08d}"


def _tidy(code: str) -> str:
    return "".join(sign for sign in code if sign.isdigit())


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _code_digest(token: str, code: str) -> str:
    return salted_hmac(_SALT, f"{token}:{code}", algorithm="sha256").hexdigest()
