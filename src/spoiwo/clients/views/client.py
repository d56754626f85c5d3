"""The page of one client: first why, then what; every look is on record before it is answered."""

from collections.abc import Sequence
from http import HTTPStatus
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from spoiwo.access import queries as access
from spoiwo.access import services as access_services
from spoiwo.access.types import ChosenPurpose, Grant
from spoiwo.clients.forms import PurposeForm
from spoiwo.clients.queries import opening
from spoiwo.clients.queries.opening import OpenedClient
from spoiwo.clients.querysets import READERS
from spoiwo.clients.services import reading
from spoiwo.clients.tables import frame, path, situation
from spoiwo.toolkit.doors import ActorRequest, holders_of, open_to

readers = holders_of(*READERS)


@require_GET
@open_to(readers)
def client(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """What the own register holds and what others share about the person, for the purpose stated."""
    opened = _opened(request, uuid)
    if not opened.is_common:
        return _page(request, opened, None, ())
    chosen = access.purpose_in_session(
        request.session,
        actor=request.actor,
        person=opened.person,
        grants=opened.grants,
        day=timezone.localdate(),
    )
    if chosen is None:
        return redirect("clients:purpose", uuid)
    return _page(request, opened, chosen, access.grants_for(chosen, opened.grants))


@require_http_methods(["GET", "POST"])
@open_to(readers)
def purpose(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """Ask once per person and working day why the data of others are needed."""
    opened = _opened(request, uuid)
    if not opened.is_common:
        return redirect("clients:client", uuid)
    day = timezone.localdate()
    kinds = access.relation_kinds(opened.person, institution_id=request.actor.institution_id, day=day)
    answers = request.POST if request.method == "POST" else None
    form = PurposeForm(answers, offered=access.offered_purposes(opened.grants, kinds))
    if form.is_valid():
        access_services.remember_purpose(
            request.session,
            actor=request.actor,
            person=opened.person,
            purpose=form.chosen.code,
            legal_basis=form.chosen.legal_basis,
            grants=opened.grants,
            day=day,
        )
        return redirect("clients:client", uuid)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    response = render(request, "clients/purpose.html", {"form": form, "opened": opened}, status=status)
    reading.record_asked(
        record=opened.uuid,
        person=opened.person,
        served_by={version.institution_id for version in opened.others},
        request_id=request.id,
        by=request.actor,
    )
    return response


@require_POST
@open_to(readers)
def number(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """The PESEL of the own register in full; a look of its own, on record."""
    opened = _opened(request, uuid)
    template = "clients/_number.html" if request.htmx else "clients/number.html"
    context = {"opened": opened, "number": opening.own_pesel(opened.version)}
    response = render(request, template, context)
    response["Vary"] = "HX-Request"
    reading.record_number_shown(
        record=opened.uuid, person=opened.person, request_id=request.id, by=request.actor
    )
    return response


def _opened(request: ActorRequest, uuid: UUID) -> OpenedClient:
    opened = opening.open_client(request.actor, uuid, day=timezone.localdate())
    if opened is None:
        raise Http404
    return opened


def _page(
    request: ActorRequest, opened: OpenedClient, chosen: ChosenPurpose | None, allowed: Sequence[Grant]
) -> HttpResponse:
    day = timezone.localdate()
    data = opening.client_data(request.actor, opened, allowed, day=day)
    lines = situation.situation_lines(data, day=day)
    drawn = path.path(data, day=day)
    context = {
        "data": data,
        "opened": opened,
        "lines": lines,
        "path": drawn,
        "workers": situation.workers(data),
        "looks": frame.looks(data),
        "history": frame.history(opened),
        "purpose": frame.stated(chosen, allowed),
        "closed": frame.closed_badges(data),
        "address": frame.address(opened),
        "pesel": frame.masked_pesel(opened),
        "now": timezone.localtime(),
        "hidden": opening.is_hidden(opened),
    }
    response = render(request, "clients/client.html", context)
    reading.record_view(
        record=opened.uuid,
        person=opened.person,
        shown=frame.shown(data, lines, drawn),
        chosen=chosen,
        grants=allowed,
        request_id=request.id,
        by=request.actor,
    )
    return response
