"""Referrals that wait for the institution, on either side."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext, ngettext

from spoiwo.portal.types import Desk, WorkItem, WorkSection
from spoiwo.referrals.queries import listing
from spoiwo.referrals.types import Side


def referrals(desk: Desk) -> Iterator[WorkSection]:
    """How many wait for an answer of ours, and how many of those we sent."""
    waits = listing.waiting_counts(desk.worker)
    items = [
        WorkItem(
            tag=gettext("waits for you"),
            tone="soon",
            title=words,
            url=f"{reverse('referrals:list')}?strona={page}",
        )
        for side, page, words in (
            (Side.RECEIVER, "otrzymane", _received(waits[Side.RECEIVER])),
            (Side.SENDER, "wyslane", _sent(waits[Side.SENDER])),
        )
        if waits[side]
    ]
    if items:
        yield WorkSection(
            title=gettext("Referrals"),
            items=items,
            more_url=reverse("referrals:list"),
            more_label=gettext("All referrals"),
        )


def _received(n: int) -> str:
    return ngettext(
        "%(n)s referral to us waits for an answer", "%(n)s referrals to us wait for an answer", n
    ) % {"n": n}


def _sent(n: int) -> str:
    return ngettext(
        "%(n)s referral of ours waits for our next step", "%(n)s referrals of ours wait for our next step", n
    ) % {"n": n}
