"""Letters that say only that something waits; what it is stands behind signing in."""

from datetime import datetime

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from spoiwo.partnership.services import outbox
from spoiwo.referrals.models import Referral
from spoiwo.referrals.types import Side


def tell(row: Referral, side: Side, *, at: datetime, what: str = "waits") -> int:
    """Tell a side that something waits; how many letters were put into the outbox. what: "waits" or "late"."""
    address = address_of(row, side)
    if not address:
        return 0
    return put(
        row,
        key=f"referral-{row.uuid}-{row.version}-{row.calls}-{side}",
        to=address,
        template=what,
        link=reverse("referrals:list"),
        at=at,
    )


def address_of(row: Referral, side: Side) -> str:
    """Where a side is told: the worker who sent, the place or its institution."""
    if side is Side.SENDER:
        return (row.sent_by.email if row.sent_by else "") or row.sender.email
    return row.place.email or row.receiver.email


def put(row: Referral, *, key: str, to: str, template: str, link: str, at: datetime, code: str = "") -> int:
    """Put a letter into the outbox. code: a one-time code, which is all that such a letter says."""
    context = {"link": settings.PUBLIC_URL + link if link else "", "code": code}
    with translation.override(settings.LANGUAGE_CODE):
        subject = render_to_string(f"referrals/mail/{template}_subject.txt", context)
        text = render_to_string(f"referrals/mail/{template}.txt", context)
    about = f"referral:{row.pk}"
    return outbox.put(outbox.Draft(about=about, key=key, to=to, subject=subject, text=text), at=at)
