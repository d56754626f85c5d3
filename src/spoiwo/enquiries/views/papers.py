"""Confirmations and certificates: lists, pages, files, signatures, and the public page that knows only numbers."""

import hashlib
from typing import Any
from uuid import UUID

from django.contrib import messages as notices
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from spoiwo.clients.queries.own_records import own_record, own_version
from spoiwo.enquiries import messages, policies, tables
from spoiwo.enquiries.errors import EnquiriesError
from spoiwo.enquiries.forms.asking import PaperFilter
from spoiwo.enquiries.forms.settling import CertificateForm, CheckForm, SignedForm, WithdrawForm
from spoiwo.enquiries.models import Confirmation
from spoiwo.enquiries.queries import lines, listing, opened
from spoiwo.enquiries.services import issuing, log
from spoiwo.enquiries.types import PaperKind, Sought
from spoiwo.enquiries.views import frame
from spoiwo.institutions import queries as institutions
from spoiwo.kernel.filing import Metadata, package
from spoiwo.toolkit import documents
from spoiwo.toolkit.doors import ActorRequest, everyone, open_to
from spoiwo.toolkit.templatetags.spoiwo import pl_date

ENDINGS = {"PAdES": "pdf", "XAdES": "xml", "CAdES": "p7s"}


@require_GET
@open_to(frame.workers)
def paper_list(request: ActorRequest) -> HttpResponse:
    """Documents that we issued, or that were issued to us."""
    chosen = PaperFilter(request.GET)
    given = chosen.cleaned_data if chosen.is_valid() else {"q": "", "kind": ""}
    page = frame.page_of(
        request, listing.confirmations(request.actor, text=given["q"].strip(), kind=given["kind"])
    )
    shown = frame.Listing(
        title=_("Confirmations"),
        lede=_(
            "Documents about people, each with a number, a fingerprint and an address where it can be checked."
        ),
        columns=[
            _("Number"),
            _("Kind"),
            _("Whom it is about"),
            _("Issued by"),
            _("Issued on"),
            _("Standing"),
        ],
        empty_title=_("No confirmations"),
        empty_text=_(
            "A confirmation is made when an enquiry is answered, a certificate on the page of a client."
        ),
        count_words=ngettext("%(n)s document", "%(n)s documents", page.paginator.count)
        % {"n": page.paginator.count},
        filters=chosen,
    )
    rows = [_cells(row) for row in page.object_list]
    response = frame.show_list(request, shown, page, rows)
    others = {row.institution_id for row in page.object_list}
    log.record_list(len(rows), others=others, request_id=request.id, by=request.actor)
    return response


@require_GET
@open_to(frame.workers)
def paper(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """One document."""
    return _page(request, _found(request, uuid), SignedForm())


@require_http_methods(["GET", "POST"])
@open_to(frame.workers)
def certificate(request: ActorRequest, client: UUID) -> HttpResponse:
    """Prepare a certificate for an own client."""
    record = own_record(request.actor, client)
    version = own_version(request.actor, record.pk) if record else None
    if record is None or version is None:
        raise Http404
    form = CertificateForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        entered, day = form.cleaned_data, timezone.localdate()
        chosen = issuing.categories_of(entered["categories"])
        given = lines.lines_about(request.actor, version, categories=chosen, items=(), day=day)
        made = issuing.Paper(
            kind=PaperKind.CITIZEN,
            version=version,
            person=Sought(
                last_name=version.last_name, first_name=version.first_name, birth_date=version.birth_date
            ),
            lines=tuple(given),
            filing=form.filing(),
            head={"purpose": entered["purpose"], "legal_basis": entered["legal_basis"]},
        )
        try:
            done = issuing.issue_certificate(made, now=timezone.now(), day=day, by=request.actor)
        except EnquiriesError as error:
            frame.refuse(form, error)
        else:
            notices.success(request, _("The certificate is ready to be signed."))
            return redirect("enquiries:paper", done.uuid)
    return frame.show_form(
        request,
        form,
        title=_("Certificate for %(name)s") % {"name": f"{version.first_name} {version.last_name}"},
        action_label=_("Prepare the certificate"),
        cancel_url=reverse("clients:client", args=[client]),
    )


@require_GET
@open_to(frame.workers)
def file(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """The document as a PDF/UA, the same bytes every time."""
    row = _with_content(request, uuid)
    content = _pdf(row)
    issuing.record_read(row, request_id=request.id, by=request.actor)
    return frame.sent(f"{frame.file_name(row.number)}.pdf", documents.PDF_TYPE, content)


@require_GET
@open_to(frame.workers)
def signed(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """The file that came back signed."""
    row = _found(request, uuid)
    if not row.signed_sealed:
        raise Http404
    content = opened.signed_of(row)
    issuing.record_read(row, request_id=request.id, by=request.actor)
    name = f"{frame.file_name(row.number)}-podpisane.{ENDINGS[row.signed_form]}"
    return frame.sent(name, "application/octet-stream", content)


@require_GET
@open_to(frame.workers)
def filed(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """The document as a package for the own office's files."""
    row = _with_content(request, uuid)
    name = frame.file_name(row.number)
    papers = [(f"{name}.pdf", documents.PDF_TYPE, _pdf(row))]
    if row.signed_sealed:
        ending = ENDINGS[row.signed_form]
        papers.append((f"{name}-podpisane.{ending}", row.signed_form, opened.signed_of(row)))
    own = row.institution_id == request.actor.institution_id
    asked = row.enquiry
    metadata = Metadata(
        identifier=row.number,
        title=f"{'Zaświadczenie' if row.kind == PaperKind.CITIZEN else 'Potwierdzenie danych'} {row.number}",
        kind="zaświadczenie" if row.kind == PaperKind.CITIZEN else "potwierdzenie danych",
        creator=row.institution.name,
        recipient=row.recipient.name if row.recipient else "osoba, której dotyczy",
        day=timezone.localdate(row.issued_at),
        case_ref=row.case_ref if own or asked is None else asked.case_ref,
        jrwa=row.jrwa if own or asked is None else asked.jrwa,
        related=asked.number if asked else "",
    )
    issuing.record_read(row, request_id=request.id, by=request.actor)
    return frame.sent(f"{name}.zip", "application/zip", package(metadata, papers))


@require_http_methods(["GET", "POST"])
@open_to(frame.workers)
def sign(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """Bring the signed file of a certificate."""
    row = _found(request, uuid)
    if row.institution_id != request.actor.institution_id:
        raise Http404
    posted = request.method == "POST"
    form = SignedForm(request.POST, request.FILES) if posted else SignedForm()
    if posted and form.is_valid():
        try:
            issuing.bring_signed(uuid, form.cleaned_data["file"], now=timezone.now(), by=request.actor)
        except EnquiriesError as error:
            frame.refuse(form, error)
        else:
            notices.success(request, _("The signature was found. The certificate is valid."))
            return redirect("enquiries:paper", uuid)
    return _page(request, row, form)


@require_http_methods(["GET", "POST"])
@open_to(frame.workers)
def withdraw(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """Take a document back."""
    row = _found(request, uuid)
    if not policies.may_withdraw(request.actor, row):
        raise Http404
    form = WithdrawForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            issuing.withdraw(uuid, reason=form.cleaned_data["reason"], now=timezone.now(), by=request.actor)
        except EnquiriesError as error:
            frame.refuse(form, error)
        else:
            notices.success(request, _("The document is withdrawn. Whoever checks it is told so."))
            return redirect("enquiries:paper", uuid)
    return frame.show_form(
        request,
        form,
        title=_("Withdraw %(number)s") % {"number": row.number},
        action_label=_("Withdraw"),
        cancel_url=reverse("enquiries:paper", args=[uuid]),
    )


@require_http_methods(["GET", "POST"])
@open_to(everyone)
def check(request: ActorRequest, institution_id: int, code: str) -> HttpResponse:
    """Whether a document is genuine: for everybody, without anything it says about a person."""
    row = listing.public_confirmation(institution_id, code)
    if row is None:
        raise Http404
    posted = request.method == "POST"
    form = CheckForm(request.POST, request.FILES) if posted else CheckForm()
    verdict = ""
    if posted and form.is_valid():
        digest = hashlib.sha256(form.cleaned_data["file"]).hexdigest()
        verdict = "same" if digest in {row.pdf_sha256, row.signed_sha256} - {""} else "other"
    context = {
        "row": row,
        "kind": messages.PAPER_KIND_NAMES[row.kind],
        "state": messages.PAPER_STATE_NAMES[row.state],
        "tone": messages.TONES[row.state],
        "form": form,
        "verdict": verdict,
    }
    return render(request, "enquiries/check.html", context, status=422 if form.errors else 200)


def _cells(row: Confirmation) -> list[Any]:
    """One line of the list."""
    return [
        frame.link(row.number, reverse("enquiries:paper", args=[row.uuid])),
        messages.PAPER_KIND_NAMES[row.kind],
        opened.person_of(row).name,
        row.institution.short_name,
        pl_date(row.issued_at, "short"),
        tables.tag(messages.PAPER_STATE_NAMES[row.state], messages.TONES[row.state]),
    ]


def _found(request: ActorRequest, uuid: UUID) -> Confirmation:
    row = listing.confirmation(request.actor, uuid)
    if row is None:
        raise Http404
    return row


def _with_content(request: ActorRequest, uuid: UUID) -> Confirmation:
    """A document whose person was not erased."""
    row = _found(request, uuid)
    if not row.content_sealed:
        raise Http404
    return row


def _pdf(row: Confirmation) -> bytes:
    return issuing.pdf_of(row, lambda: documents.pdf_of(tables.paper_document(row)))


def _page(request: ActorRequest, row: Confirmation, form: SignedForm) -> HttpResponse:
    context: dict[str, Any] = {
        "row": row,
        "document": documents.html_of(tables.paper_document(row)),
        "kind": messages.PAPER_KIND_NAMES[row.kind],
        "standing": tables.tag(messages.PAPER_STATE_NAMES[row.state], messages.TONES[row.state]),
        "proof_tone": messages.PROOF_TONES.get(row.signed_proof, ""),
        "author": institutions.full_name(row.issued_by_user_id),
        "reason": opened.reason_of(row),
        "may_sign": policies.may_sign(request.actor, row),
        "may_withdraw": policies.may_withdraw(request.actor, row),
        "form": form,
    }
    response = render(request, "enquiries/paper.html", context, status=422 if form.errors else 200)
    issuing.record_read(row, request_id=request.id, by=request.actor)
    return response
