"""The day's work of somebody for whom one stands in; the reader's own work is on the page of the day."""

from dataclasses import replace

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from spoiwo.districts import queries as districts
from spoiwo.districts.policies import serves_clients
from spoiwo.districts.services.substitutes import record_stand_in
from spoiwo.portal.types import Desk
from spoiwo.portal.views import desk as desks
from spoiwo.toolkit.doors import ActorRequest, open_to


@require_GET
@open_to(serves_clients)
def work(request: ActorRequest) -> HttpResponse:  # noqa: ARG001
    """Where the work was before it joined the page of the day."""
    return redirect("portal:home")


@require_GET
@open_to(serves_clients)
def work_of(request: ActorRequest, user_id: int) -> HttpResponse:
    """The work of an absent colleague who has named the reader; every opening is on record."""
    day = timezone.localdate()
    name = districts.stood_in_for(request.actor, day).get(user_id)
    if name is None:
        raise Http404
    worker = replace(request.actor, user_id=user_id)
    desk = Desk(reader=request.actor, worker=worker, worker_name=name, day=day)
    shown = desks.shown_on(desk)
    response = render(request, "portal/work.html", shown)
    desks.record(request, shown["sections"])
    record_stand_in(user_id, count=1, by=request.actor)
    return response
