"""Seals in public, and the own log as files that a stranger can check."""

import io
import zipfile
from hashlib import sha256

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from spoiwo.audit import queries as audit
from spoiwo.oversight import queries, services
from spoiwo.oversight.policies import overseers
from spoiwo.toolkit.doors import ActorRequest, everyone, open_to

SHOWN, IN_FILE = 50, 10_000


@require_GET
@open_to(everyone)
def seals(request: HttpRequest) -> HttpResponse:
    """The newest seals and the public key, for everybody who wants to keep them."""
    context = {
        "seals": audit.newest_seals(SHOWN),
        "keys": sorted(key.hex() for key in audit.public_keys()),
        "sealing": queries.sealing(timezone.now()),
    }
    return render(request, "oversight/seals.html", context)


@require_GET
@open_to(everyone)
def seals_file(request: HttpRequest) -> JsonResponse:  # noqa: ARG001
    """The newest seals as JSON, the newest first; `spoiwo audit verify --witness` reads it."""
    listed = [audit.seal_in_words(mark) for mark in audit.newest_seals(IN_FILE)]
    response = JsonResponse({"format": "spoiwo-seals-1", "seals": listed})
    response["Content-Disposition"] = f'attachment; filename="pieczecie-{timezone.localdate()}.json"'
    return response


@require_GET
@open_to(overseers)
def sealed_copy(request: ActorRequest) -> HttpResponse:
    """The own chain with its seals and the program that checks them, in one ZIP file."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in queries.sealed_files(request.actor):
            packed.writestr(name, content)
    services.record_reading(
        count=audit.length_of(request.actor.institution_id),
        shown=sha256(out.getvalue()).digest(),
        request_id=request.id,
        exported=True,
        by=request.actor,
    )
    response = HttpResponse(out.getvalue(), content_type="application/zip")
    response["Content-Disposition"] = f'attachment; filename="dziennik-{timezone.localdate()}.zip"'
    response["Cache-Control"] = "private, no-store"
    return response
