"""Emergency access: asked for with a reason, seen for an hour at the most, on record from the first moment."""

from http import HTTPStatus
from uuid import UUID

from django.contrib import messages as notices
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from spoiwo.access import messages as access_messages
from spoiwo.access import queries as access
from spoiwo.access.errors import AccessError, NoSuchEmergency
from spoiwo.clients.forms import EmergencyForm
from spoiwo.clients.queries.emergencies import opened_in_emergency
from spoiwo.clients.querysets import READERS
from spoiwo.clients.services import emergencies
from spoiwo.clients.tables.emergency import cards
from spoiwo.toolkit.doors import ActorRequest, holders_of, open_to

readers = holders_of(*READERS)


@require_http_methods(["GET", "POST"])
@open_to(readers)
def ask(request: ActorRequest) -> HttpResponse:
    """Ask for emergency access; what one has going on stands above."""
    offered = emergencies.terms_offered(request.actor, timezone.localdate())
    form = EmergencyForm(request.POST if request.method == "POST" else None, offered=offered)
    if form.is_bound and form.is_valid():
        try:
            opened = emergencies.open_in_emergency(
                sought=form.sought,
                reason=form.cleaned_data["reason"],
                minutes=form.cleaned_data["minutes"],
                purpose=form.chosen,
                by=request.actor,
            )
        except AccessError as error:
            form.add_error(None, access_messages.message_for(error))
        else:
            if opened.found:
                return redirect("clients:emergency", opened.uuid)
            form.add_error(
                None, _("Neither we nor the partners serve such a person. That you asked is on record.")
            )
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    context = {"form": form, "going_on": access.own_emergencies(request.actor, timezone.now())}
    return render(request, "clients/emergency_ask.html", context, status=status)


@require_GET
@open_to(readers)
def emergency(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """What the own emergency access opens while it goes on; every look is on record before it is answered."""
    found = access.emergency(request.actor, uuid)
    if found is None or found.user_id != request.actor.user_id:
        raise Http404
    if found.ends_at <= timezone.now():
        return render(request, "clients/emergency_over.html", {"emergency": found})
    people = cards(opened_in_emergency(request.actor, found, timezone.localdate()))
    response = render(request, "clients/emergency.html", {"emergency": found, "people": people})
    response["Cache-Control"] = "private, no-store"
    for one in people:
        emergencies.record_emergency_view(
            emergency=found,
            person=one.person,
            shown=one.shown,
            digest=one.digest,
            request_id=request.id,
            by=request.actor,
        )
    return response


@require_POST
@open_to(readers)
def end(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """End the own emergency access before its time."""
    try:
        emergencies.end(uuid=uuid, by=request.actor)
    except NoSuchEmergency:
        raise Http404 from None
    notices.success(request, _("The emergency access is over. Somebody else will review it."))
    return redirect("clients:emergency_ask")
