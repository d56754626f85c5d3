"""The page people come to: the day's work, one's own and the institution's."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from spoiwo.districts import queries as districts
from spoiwo.districts.policies import serves_clients
from spoiwo.portal.queries.home import home_of
from spoiwo.portal.types import Desk
from spoiwo.portal.views import desk as desks
from spoiwo.toolkit.doors import ActorRequest, open_to, signed_in


@require_GET
@open_to(signed_in)
def home(request: ActorRequest) -> HttpResponse:
    """What waits for the person today, each with its one next step."""
    day = timezone.localdate()
    found = home_of(request.actor, day)
    shown = desks.shown_on(Desk(reader=request.actor, worker=request.actor, worker_name="", day=day))
    serves = serves_clients(request.actor)
    context = {
        **shown,
        "home": found,
        "day": day,
        "waiting": shown["waiting"] + len(found.tasks),
        "serves": serves,
        "stood_in_for": districts.stood_in_for(request.actor, day) if serves else {},
    }
    response = render(request, "portal/home.html", context)
    desks.record(request, shown["sections"])
    return response
