"""Taking out everything the institution put in, and what a file looks like."""

from uuid import UUID

from django.contrib import messages as notices
from django.http import Http404, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from spoiwo.exchange import policies, queries, tables
from spoiwo.exchange.services import exporting
from spoiwo.toolkit.doors import ActorRequest, open_to, signed_in


@require_POST
@open_to(policies.may_export)
def ask(request: ActorRequest) -> HttpResponse:
    """Have the archive prepared."""
    exporting.ask_export(by=request.actor)
    notices.success(request, _("The archive is being prepared. It will appear in this list."))
    return redirect("exchange:list")


@require_GET
@open_to(policies.may_export)
def fetch(request: ActorRequest, uuid: UUID) -> HttpResponseBase:
    """Download the archive."""
    export = queries.export_of(request.actor, uuid)
    if export is None:
        raise Http404
    try:
        chunks = exporting.fetch_export(export=export, request_id=request.id, by=request.actor)
    except FileNotFoundError:
        raise Http404 from None
    response = StreamingHttpResponse(chunks, content_type="application/zip")
    response["Content-Disposition"] = f'attachment; filename="spoiwo-{export.asked_at:%Y-%m-%d}.zip"'
    return response


@require_GET
@open_to(signed_in)
def contract(request: ActorRequest) -> HttpResponse:
    """What a file looks like: columns, codes, formats."""
    return render(request, "exchange/contract.html", {"parts": tables.contract_parts()})
