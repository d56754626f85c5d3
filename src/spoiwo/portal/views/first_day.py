"""The guide for an institution's first day."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from spoiwo.portal.queries.first_day import first_steps
from spoiwo.toolkit.doors import ActorRequest, open_to, signed_in


@require_GET
@open_to(signed_in)
def first_day(request: ActorRequest) -> HttpResponse:
    """What to do first, and what is done."""
    steps = first_steps(request.actor, timezone.localdate())
    left = [one for one in steps if not one.is_done]
    context = {"steps": steps, "left": len(left), "minutes": sum(one.minutes for one in left)}
    return render(request, "portal/first_day.html", context)
