"""Boundaries of places, and where communes lie that are gone, for those who run the platform."""

from http import HTTPStatus

from django.contrib import messages as notices
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from spoiwo.monitoring import messages
from spoiwo.monitoring.errors import BoundariesUnreadable
from spoiwo.monitoring.forms.places import BoundariesForm
from spoiwo.monitoring.queries.pictures import known_boundaries
from spoiwo.monitoring.services.places import take_boundaries
from spoiwo.territory import messages as territory_messages
from spoiwo.territory import queries as register
from spoiwo.territory.errors import TerritoryError
from spoiwo.territory.services.following import name_successor
from spoiwo.toolkit.doors import ActorRequest, open_to, operators


@require_http_methods(["GET", "POST"])
@open_to(operators)
def boundaries(request: ActorRequest) -> HttpResponse:
    """Take in a file of boundaries."""
    form = BoundariesForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            count = take_boundaries(form.cleaned_data["file"].read())
        except BoundariesUnreadable as error:
            form.add_error("file", messages.message_for(error))
        else:
            told = ngettext("%(n)s place has boundaries now.", "%(n)s places have boundaries now.", count)
            notices.success(request, told % {"n": count})
            return redirect("monitoring:boundaries")
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    context = {"form": form, "known": known_boundaries()}
    return render(request, "monitoring/boundaries.html", context, status=status)


@require_http_methods(["GET", "POST"])
@open_to(operators)
def communes(request: ActorRequest) -> HttpResponse:
    """Communes that are gone, with the one whose figures continue theirs."""
    if request.method == "POST":
        try:
            name_successor(
                code=request.POST.get("code", ""),
                successor=request.POST.get("successor", ""),
                before=request.POST.get("before", ""),
                at=timezone.now(),
                by=request.actor,
            )
        except TerritoryError as error:
            notices.warning(request, territory_messages.message_for(error))
        else:
            notices.success(request, _("Saved. Snapshots taken from now on put the figures there."))
        return redirect("monitoring:communes")
    rows = [
        {"one": one, "choices": register.communes_to_choose(one.code[:2])} for one in register.gone_communes()
    ]
    return render(request, "monitoring/communes.html", {"rows": rows, "state": register.register_state()})
