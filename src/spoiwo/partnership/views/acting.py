"""What all screens share: a form that does one thing, a button that does one thing, files to save."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

from django import forms
from django.contrib import messages as notices
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect, render

from spoiwo.institutions import queries as institutions
from spoiwo.kernel.actor import Actor
from spoiwo.partnership import messages, policies, services
from spoiwo.partnership.errors import NotFound, PartnershipError
from spoiwo.partnership.models import Agreement
from spoiwo.toolkit.documents import DOCX_TYPE, PDF_TYPE, Document, docx_of, pdf_of
from spoiwo.toolkit.doors import ActorRequest

Crumbs = Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A page with one form: what it is called, what its button says, where Cancel leads."""

    title: str
    button: str
    back: str
    lede: str = ""
    crumbs: Crumbs = field(default_factory=tuple)
    notice: str = ""


def do_with_form(
    request: ActorRequest, form: forms.Form, page: Page, service: Callable[[Any], str], **extra: Any
) -> HttpResponse:
    """Show the form; when it is sent and valid, let the service do it and go where it says.

    A refusal is shown above the form (422) and nothing typed is lost.
    """
    if request.method != "POST":
        return form_page(request, form, page, **extra)
    if not form.is_valid():
        return form_page(request, form, page, status=HTTPStatus.UNPROCESSABLE_ENTITY, **extra)
    try:
        address = service(form)
    except NotFound:
        raise Http404 from None
    except PartnershipError as error:
        form.add_error(None, messages.message_for(error))
        return form_page(request, form, page, status=HTTPStatus.UNPROCESSABLE_ENTITY, **extra)
    if page.notice:
        notices.success(request, page.notice)
    return redirect(address)


def form_page(
    request: ActorRequest, form: forms.Form, page: Page, *, status: int = HTTPStatus.OK, **extra: Any
) -> HttpResponse:
    """The page of a form."""
    context = {"form": form, "page_of_form": page, "has_file": form.is_multipart(), **extra}
    return render(request, "partnership/form.html", context, status=status)


def do(request: ActorRequest, service: Callable[[], object], *, notice: str, back: str) -> HttpResponse:
    """Do what a button says and go back; a refusal is said on the page it leads back to."""
    try:
        service()
    except NotFound:
        raise Http404 from None
    except PartnershipError as error:
        notices.error(request, messages.message_for(error))
        return redirect(back)
    notices.success(request, notice)
    return redirect(back)


def keeper_or_404(actor: Actor, agreement: Agreement) -> None:
    """Pages of the secretariat look absent to everybody else."""
    if not policies.keeps(actor, agreement):
        raise Http404


def found_or_404(row: Any) -> Any:
    """The row, or the page that says there is none."""
    if row is None:
        raise Http404
    return row


def institution_choices() -> list[tuple[int, str]]:
    """All open institutions, in the Polish order."""
    return institutions.open_institutions()


def bound(request: ActorRequest, form: type[forms.Form], **more: Any) -> Any:
    """The form with what was sent, or with its first values."""
    if request.method == "POST":
        return form(request.POST, request.FILES, **more)
    return form(**more)


def document_answer(document: Document, shape: str, name: str) -> HttpResponse:
    """A document as a file: "pdf" or "docx"."""
    if shape == "pdf":
        answer = HttpResponse(pdf_of(document), content_type=PDF_TYPE)
    else:
        answer = HttpResponse(docx_of(document), content_type=DOCX_TYPE)
    answer["Content-Disposition"] = f'attachment; filename="{name}.{shape}"'
    answer["Cache-Control"] = "private, no-store"
    return answer


def kept_file_answer(name: str, sha256: str) -> FileResponse:
    """A file of the private storage, to be saved."""
    answer = FileResponse(
        default_storage.open(services.file_path(sha256)),
        as_attachment=True,
        filename=name,
        content_type="application/octet-stream",
    )
    answer["Cache-Control"] = "private, no-store"
    return answer


def kept(request: ActorRequest, but: Sequence[str]) -> list[tuple[str, str]]:
    """Everything that was sent, for the form of the conflict page, except the fields named."""
    return [(key, value) for key, values in request.POST.lists() if key not in but for value in values]
