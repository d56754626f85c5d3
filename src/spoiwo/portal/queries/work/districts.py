"""Clients who go from one worker to another, and people in one's districts whom others serve too."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext

from spoiwo.clients.queries import listing
from spoiwo.clients.queries.listing import ListFilter
from spoiwo.districts.queries import work
from spoiwo.districts.types import HandOverState
from spoiwo.portal.types import Desk, WorkItem, WorkSection
from spoiwo.toolkit.templatetags.spoiwo import pl_date

SHOWN = 10


def hand_overs(desk: Desk) -> Iterator[WorkSection]:
    """What the worker has to give or to take."""
    found = work.hand_overs(desk.reader, users=[desk.worker.user_id])
    rows = work.named(desk.reader, list(found[:SHOWN]))
    if not rows:
        return
    yield WorkSection(
        title=gettext("Hand-overs"),
        items=[_hand_over(one, desk) for one in rows],
        more_url=reverse("districts:hand_overs"),
        more_label=gettext("All hand-overs"),
    )


def _hand_over(one: work.HandOverRow, desk: Desk) -> WorkItem:
    row = one.row
    takes = row.to_user_id == desk.worker.user_id
    gives = row.from_user_id == desk.worker.user_id and row.state == HandOverState.OPEN
    detail = gettext("from %(name)s") if takes else gettext("goes to %(name)s")
    return WorkItem(
        tag=pl_date(row.noticed_on, "relative"),
        tone="soon",
        title=f"{one.client.last_name} {one.client.first_name}" if one.client else gettext("A client"),
        detail=detail % {"name": (row.from_worker if takes else row.to_worker) or gettext("nobody yet")},
        url=reverse("clients:client", args=[one.client.uuid]) if one.client else "",
        action=gettext("Take over") if takes else gettext("Hand over") if gives else "",
        action_url=reverse("districts:hand", args=[row.uuid]) if gives and not takes else "",
        post_url=reverse("districts:take", args=[row.uuid]) if takes else "",
    )


def new_common_clients(desk: Desk) -> Iterator[WorkSection]:
    """People in the worker's districts who became common with the last import."""
    clients = work.own_clients(desk.reader, [desk.worker.user_id])
    wanted = ListFilter(new=True, sort="-since", records=clients)
    scope = listing.list_scope(desk.reader, day=desk.day)
    found = listing.common_clients(scope, wanted, page=None, per_page=SHOWN)
    if not found.rows:
        return
    yield WorkSection(
        title=gettext("New common clients in my districts"),
        items=[
            WorkItem(
                tag=gettext("new"),
                tone="new",
                title=f"{row.last_name} {row.first_name}",
                detail=gettext("also served by: %(names)s")
                % {"names": ", ".join(badge.name for badge in row.others)},
                url=reverse("clients:client", args=[row.uuid]),
            )
            for row in found.rows
        ],
        more_url=f"{reverse('clients:list')}?new=on",
        more_label=gettext("All new common clients"),
        counts=False,
        listing=found,
    )
