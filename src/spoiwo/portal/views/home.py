"""The page people come to: the day's work by role."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from spoiwo.portal.queries.home import home_of
from spoiwo.toolkit.doors import ActorRequest, open_to, signed_in


@require_GET
@open_to(signed_in)
def home(request: ActorRequest) -> HttpResponse:
    """What waits for the person today."""
    day = timezone.localdate()
    return render(request, "portal/home.html", {"home": home_of(request.actor, day), "day": day})
