"""Enquiries of other institutions, answers and messages."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext, ngettext, pgettext

from spoiwo.enquiries.queries import waiting_for
from spoiwo.portal.types import Desk, WorkItem, WorkSection


def enquiries(desk: Desk) -> Iterator[WorkSection]:
    """Figures with the way to them; what they are about is told on their own pages."""
    items = list(_items(desk))
    if items:
        yield WorkSection(title=gettext("From other institutions"), items=items)


def _items(desk: Desk) -> Iterator[WorkItem]:
    waits = waiting_for(desk.worker, day=desk.day)
    if waits.to_answer:
        yield WorkItem(
            tag=ngettext("%(n)s late", "%(n)s late", waits.overdue) % {"n": waits.overdue}
            if waits.overdue
            else gettext("waits for you"),
            tone="late" if waits.overdue else "soon",
            title=ngettext("%(n)s enquiry to answer", "%(n)s enquiries to answer", waits.to_answer)
            % {"n": waits.to_answer},
            url=reverse("enquiries:list"),
        )
    if waits.answers:
        yield WorkItem(
            tag=pgettext("work", "new"),
            tone="new",
            title=ngettext("%(n)s answer to read", "%(n)s answers to read", waits.answers)
            % {"n": waits.answers},
            url=reverse("enquiries:list"),
        )
    if waits.messages:
        yield WorkItem(
            tag=pgettext("work", "new"),
            tone="new",
            title=ngettext(
                "%(n)s conversation with new messages",
                "%(n)s conversations with new messages",
                waits.messages,
            )
            % {"n": waits.messages},
            url=reverse("enquiries:talks"),
        )
