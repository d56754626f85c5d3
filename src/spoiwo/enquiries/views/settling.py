"""The page of one enquiry: for those who ask, what became of it; for those asked, the answer ready to confirm."""

from typing import Any
from uuid import UUID

from django.contrib import messages as notices
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from spoiwo.audit.types import Action
from spoiwo.enquiries import messages, policies, tables
from spoiwo.enquiries.errors import EnquiriesError
from spoiwo.enquiries.forms.settling import AnswerForm, RefuseForm
from spoiwo.enquiries.forms.who import FilingFields
from spoiwo.enquiries.models import Enquiry
from spoiwo.enquiries.queries import listing, opened
from spoiwo.enquiries.rules.content import digest_of_lines
from spoiwo.enquiries.services import answering, asking, log
from spoiwo.enquiries.types import Filing, Refusal
from spoiwo.enquiries.views import frame
from spoiwo.institutions import queries as institutions
from spoiwo.kernel.filing import Metadata, package
from spoiwo.toolkit import documents
from spoiwo.toolkit.doors import ActorRequest, open_to


@require_GET
@open_to(frame.workers)
def enquiry(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """One enquiry with everything its reader may do about it."""
    row = _found(request, uuid)
    return _page(request, row)


@require_POST
@open_to(frame.workers)
def answer(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """Give what was ticked; the confirmation is issued with it."""
    row = _received(request, uuid)
    form = AnswerForm(request.POST)
    if not form.is_valid():
        return _page(request, row, answer_form=form)
    try:
        paper = answering.answer_enquiry(
            uuid,
            form.given(request.POST.getlist("line")),
            now=timezone.now(),
            day=timezone.localdate(),
            by=request.actor,
        )
    except EnquiriesError as error:
        notices.warning(request, messages.message_for(error))
        return redirect("enquiries:enquiry", uuid)
    notices.success(
        request, _("Answered. The confirmation has the number %(number)s.") % {"number": paper.number}
    )
    return redirect("enquiries:enquiry", uuid)


@require_http_methods(["GET", "POST"])
@open_to(frame.workers)
def refuse(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """Refuse, with a reason."""
    row = _received(request, uuid)
    form = RefuseForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            answering.refuse_enquiry(
                uuid,
                reason=Refusal(form.cleaned_data["reason"]),
                note=form.cleaned_data["note"],
                filing=form.filing(),
                now=timezone.now(),
                by=request.actor,
            )
        except EnquiriesError as error:
            frame.refuse(form, error)
        else:
            notices.success(request, _("The enquiry is refused."))
            return redirect("enquiries:enquiry", uuid)
    return frame.show_form(
        request,
        form,
        title=_("Refuse enquiry %(number)s") % {"number": row.number},
        action_label=_("Refuse"),
        cancel_url=reverse("enquiries:enquiry", args=[uuid]),
    )


@require_POST
@open_to(frame.workers)
def no_data(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """Say that there are no such data."""
    _received(request, uuid)
    form = FilingFields(request.POST)
    filing = form.filing() if form.is_valid() else Filing()
    try:
        answering.say_no_data(uuid, filing=filing, now=timezone.now(), by=request.actor)
    except EnquiriesError as error:
        notices.warning(request, messages.message_for(error))
    else:
        notices.success(request, _("Answered: no such data."))
    return redirect("enquiries:enquiry", uuid)


@require_GET
@open_to(frame.workers)
def paper(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """The enquiry as a PDF, for the paper path."""
    row = _found(request, uuid)
    content = documents.pdf_of(tables.enquiry_document(row))
    _record_read(row, request)
    return frame.sent(f"{frame.file_name(row.number)}.pdf", documents.PDF_TYPE, content)


@require_GET
@open_to(frame.workers)
def filed(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """The enquiry as a package for the own office's files."""
    row = _found(request, uuid)
    own = row.institution_id == request.actor.institution_id
    name = frame.file_name(row.number)
    content = documents.pdf_of(tables.enquiry_document(row))
    metadata = Metadata(
        identifier=row.number,
        title=f"Wniosek o udzielenie informacji {row.number}",
        kind="wniosek o udzielenie informacji",
        creator=row.institution.name,
        recipient=row.asked.name,
        day=timezone.localdate(row.sent_at or row.created_at),
        case_ref=row.case_ref if own else row.asked_case_ref,
        jrwa=row.jrwa if own else row.asked_jrwa,
    )
    packed = package(metadata, [(f"{name}.pdf", documents.PDF_TYPE, content)])
    _record_read(row, request)
    return frame.sent(f"{name}.zip", "application/zip", packed)


def _found(request: ActorRequest, uuid: UUID) -> Enquiry:
    row = listing.enquiry(request.actor, uuid)
    if row is None:
        raise Http404
    return row


def _received(request: ActorRequest, uuid: UUID) -> Enquiry:
    row = _found(request, uuid)
    if row.asked_id != request.actor.institution_id:
        raise Http404
    return row


def _page(request: ActorRequest, row: Enquiry, *, answer_form: AnswerForm | None = None) -> HttpResponse:
    own = row.institution_id == request.actor.institution_id
    context: dict[str, Any] = {
        "row": row,
        "own": own,
        "who": opened.sought_of(row),
        "grounds": opened.grounds_of(row),
        "asked_for": tables.asked_for(row),
        "standing": tables.standing(row, timezone.localdate()),
        "refusal": messages.REFUSAL_NAMES.get(row.refusal, ""),
        "note": opened.note_of(row),
        "confirmation": getattr(row, "confirmation", None),
        "author": institutions.full_name(row.created_by_user_id),
        "may_edit": policies.may_edit(request.actor, row),
    }
    if policies.may_settle(request.actor, row):
        context["offers"] = _offers(request, row, answer_form)
        context["filing"] = FilingFields(auto_id="id_none_%s")
    status = 422 if answer_form is not None and answer_form.errors else 200
    response = render(request, "enquiries/enquiry.html", context, status=status)
    if own and row.settled_at is not None:
        asking.note_seen(row.uuid, now=timezone.now(), by=request.actor)
    _record_read(row, request)
    return response


def _offers(request: ActorRequest, row: Enquiry, form: AnswerForm | None) -> list[dict[str, Any]]:
    """Own clients who may be meant, each with the answer that would leave."""
    offers = []
    for place, version in enumerate(answering.candidates(row, by=request.actor)):
        lines = answering.lines_for(row, version, day=timezone.localdate(), by=request.actor)
        initial = {"record": version.record.uuid, "digest": digest_of_lines(lines)}
        offers.append(
            {
                "version": version,
                "lines": lines,
                "sensitive": [line for line in lines if line.kind],
                "form": form or AnswerForm(initial=initial, auto_id=f"id_{place}_%s"),
            }
        )
    return offers


def _record_read(row: Enquiry, request: ActorRequest) -> None:
    step = log.Step(
        action=Action.VIEW_CLIENT,
        what=f"enquiry:{row.uuid}",
        outcome="read",
        categories=["identity"],
        purpose=row.purpose.code,
        legal_basis=row.legal_basis.versioned_code,
        request_id=request.id,
    )
    chains = {request.actor.institution_id, row.institution_id}
    log.record(step, chains=chains, by=request.actor)
