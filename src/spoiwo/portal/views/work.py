"""The day's work of one person, and of somebody for whom one stands in."""

import hashlib
from dataclasses import replace

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from spoiwo.audit.types import Action
from spoiwo.clients.queries.listing import Listing
from spoiwo.clients.services import reading
from spoiwo.districts import queries as districts
from spoiwo.districts.policies import serves_clients
from spoiwo.districts.queries.work import districts_of, own_clients
from spoiwo.districts.services.substitutes import record_stand_in
from spoiwo.portal.queries.work import sections_of
from spoiwo.portal.types import Desk
from spoiwo.toolkit.doors import ActorRequest, open_to


@require_GET
@open_to(serves_clients)
def work(request: ActorRequest) -> HttpResponse:
    """What waits for the reader today, each with its one next step."""
    day = timezone.localdate()
    desk = Desk(reader=request.actor, worker=request.actor, worker_name="", day=day)
    return _page(request, desk)


@require_GET
@open_to(serves_clients)
def work_of(request: ActorRequest, user_id: int) -> HttpResponse:
    """The work of an absent colleague who has named the reader; every opening is on record."""
    day = timezone.localdate()
    name = districts.stood_in_for(request.actor, day).get(user_id)
    if name is None:
        raise Http404
    worker = replace(request.actor, user_id=user_id)
    response = _page(request, Desk(reader=request.actor, worker=worker, worker_name=name, day=day))
    record_stand_in(user_id, count=1, by=request.actor)
    return response


def _page(request: ActorRequest, desk: Desk) -> HttpResponse:
    sections = sections_of(desk)
    users = [desk.worker.user_id]
    context = {
        "desk": desk,
        "sections": sections,
        "waiting": sum(len(section.items) for section in sections if section.counts),
        "late": sum(item.tone == "late" for section in sections for item in section.items),
        "districts": districts_of(request.actor, users, desk.day),
        "clients": own_clients(request.actor, users).count(),
        "stood_in_for": districts.stood_in_for(request.actor, desk.day) if not desk.worker_name else {},
    }
    response = render(request, "portal/work.html", context)
    for section in sections:
        if section.listing is not None:
            _record(request, section.listing)
    return response


def _record(request: ActorRequest, listing: Listing) -> None:
    """The page names institutions that serve the people too."""
    reading.record_list(
        action=Action.LIST_CLIENTS,
        served_by=[badge.id for row in listing.rows for badge in row.others],
        people=len(listing.rows),
        agreements=listing.scope.agreements,
        digest=hashlib.sha256(b"".join(row.uuid.bytes for row in listing.rows)).digest(),
        request_id=request.id,
        by=request.actor,
    )
