"""Connecting the program of the office, so that it sends and fetches by itself."""

from django.contrib import messages as notices
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from spoiwo.discovery import policies, queries
from spoiwo.discovery.errors import NoSuchRound
from spoiwo.discovery.services import connecting
from spoiwo.toolkit.doors import ActorRequest, open_to

_CODE = "connector_code"


@never_cache
@require_http_methods(["GET", "POST"])
@open_to(policies.may_see_rounds)
def connector(request: ActorRequest) -> HttpResponse:
    """Whether it is connected; a registrar asks for a code here."""
    if request.method == "POST":
        if not policies.may_send(request.actor):
            raise Http404
        request.session[_CODE] = connecting.offer_code(by=request.actor)
        return redirect("discovery:connector")
    found = queries.connector_of(request.actor)
    is_waiting = found is not None and not found[1]
    context = {
        "connector": found[0] if found else None,
        "fingerprint": found[1] if found else "",
        "code": request.session.get(_CODE, "") if is_waiting else request.session.pop(_CODE, ""),
        "is_waiting": is_waiting,
        "platform": request.build_absolute_uri("/").rstrip("/"),
        "may_send": policies.may_send(request.actor),
    }
    return render(request, "discovery/connector.html", context)


@require_http_methods(["GET", "POST"])
@open_to(policies.may_send)
def disconnect(request: ActorRequest) -> HttpResponse:
    """Ask, then let the program ask for nothing more."""
    if request.method == "POST":
        try:
            connecting.disconnect(by=request.actor)
        except NoSuchRound:
            raise Http404 from None
        notices.success(request, _("The connector is disconnected. It can send and fetch nothing more."))
        return redirect("discovery:connector")
    found = queries.connector_of(request.actor)
    if found is None:
        raise Http404
    return render(request, "discovery/disconnect.html", {"fingerprint": found[1]})
