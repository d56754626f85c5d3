"""A referral in the own office's files: its reference there, and the package for EZD."""

from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.contrib import messages as notices
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from spoiwo.audit.types import Action
from spoiwo.kernel.filing import Metadata, package
from spoiwo.referrals import tables
from spoiwo.referrals.forms.filing import FilingForm
from spoiwo.referrals.models import Referral
from spoiwo.referrals.queries import listing
from spoiwo.referrals.rules.packets import categories_in
from spoiwo.referrals.services import log, packets
from spoiwo.referrals.services.filing import file_referral, filing_of
from spoiwo.referrals.views import frame
from spoiwo.toolkit.conflicts import Conflict
from spoiwo.toolkit.documents import PDF_TYPE, pdf_of
from spoiwo.toolkit.doors import ActorRequest, open_to


@require_http_methods(["GET", "POST"])
@open_to(frame.workers)
def filing(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """The own case reference and file class."""
    row = _found(request, uuid)
    case_ref, jrwa = filing_of(row, request.actor)
    initial = {"case_ref": case_ref, "jrwa": jrwa, "seen_case_ref": case_ref, "seen_jrwa": jrwa}
    form = FilingForm(request.POST if request.method == "POST" else None, initial=initial)
    conflict: dict[str, Any] | None = None
    if form.is_bound and form.is_valid():
        entered = form.cleaned_data
        try:
            file_referral(
                uuid,
                (entered["case_ref"], entered["jrwa"]),
                seen=(entered["seen_case_ref"], entered["seen_jrwa"]),
                overwrite="overwrite" in request.POST,
                by=request.actor,
            )
        except Conflict as error:
            conflict = _both_values(form, error)
        else:
            notices.success(request, _("The case reference is saved."))
            return redirect("referrals:referral", uuid)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors or conflict else HTTPStatus.OK
    context = {
        "form": form,
        "referral": row,
        "conflict": conflict,
        "reload_url": reverse("referrals:filing", args=[uuid]),
        "crumbs": [
            (_("Referrals"), reverse("referrals:list")),
            (row.number, reverse("referrals:referral", args=[uuid])),
            (_("The referral in your files"), ""),
        ],
    }
    return render(request, "referrals/filing.html", context, status=status)


@require_GET
@open_to(frame.workers)
def filed(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """The referral with its metadata for the own office's files."""
    row = _found(request, uuid)
    packet = packets.opened(row)
    document = tables.paper(row, packet)
    name = f"skierowanie-{row.number.replace('/', '-')}"
    case_ref, jrwa = filing_of(row, request.actor)
    metadata = Metadata(
        identifier=row.number,
        title=f"Skierowanie {row.number}",
        kind="skierowanie",
        creator=row.sender.name,
        recipient=row.receiver.name,
        day=row.sent_on,
        case_ref=case_ref,
        jrwa=jrwa,
        related=row.previous.number if row.previous else "",
    )
    packed = package(metadata, [(f"{name}.pdf", PDF_TYPE, pdf_of(document))])
    answer = frame.sent(f"{name}.zip", "application/zip", packed)
    log.record_read(
        row,
        by=request.actor,
        categories=categories_in(packet),
        shown=document.fingerprint(),
        request_id=request.id,
        action=Action.EXPORT,
    )
    return answer


def _both_values(form: FilingForm, error: Conflict) -> dict[str, Any]:
    return {
        "conflicts": [
            {"label": form.fields[one.field].label, "yours": one.yours, "saved": one.saved}
            for one in error.differences
        ],
        "saved_by": _("Somebody else"),
        "saved_at": timezone.now(),
    }


def _found(request: ActorRequest, uuid: UUID) -> Referral:
    row = listing.referral(request.actor, uuid)
    if row is None:
        raise Http404
    return row
