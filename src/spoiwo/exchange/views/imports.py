"""Bringing a file in: upload, what the check found, continue or stop, result."""

from http import HTTPStatus
from uuid import UUID

from django.contrib import messages as notices
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from spoiwo.clients.types import RegisterKind
from spoiwo.exchange import messages, policies, queries, tables
from spoiwo.exchange.errors import AlreadyImported, ExchangeError, NoSuchImport
from spoiwo.exchange.forms import UploadForm
from spoiwo.exchange.models import RegisterImport
from spoiwo.exchange.services import deciding, rejections, restoring
from spoiwo.exchange.services.receiving import GivenFile, receive_file
from spoiwo.exchange.types import WORKING
from spoiwo.toolkit.doors import ActorRequest, open_to

PER_PAGE = 25
MOST_DIGITS = 12


@require_GET
@open_to(policies.may_see_imports)
def import_list(request: ActorRequest) -> HttpResponse:
    """All imports of the institution, newest first."""
    page = Paginator(queries.imports_of(request.actor), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "rows": [tables.import_line(found) for found in page],
        "mappings": queries.mappings_of(request.actor),
        "exports": queries.exports_of(request.actor) if policies.may_export(request.actor) else [],
        "may_import": policies.may_import(request.actor),
        "may_export": policies.may_export(request.actor),
    }
    return render(request, "exchange/list.html", context)


@require_http_methods(["GET", "POST"])
@open_to(policies.may_import)
def upload(request: ActorRequest) -> HttpResponse:
    """Hand a file in."""
    if request.method == "GET":
        form = UploadForm(initial={"kind": RegisterKind.REGISTER.value, "as_of": timezone.localdate()})
        return render(request, "exchange/upload.html", {"form": form})
    form = UploadForm(request.POST, request.FILES)
    if form.is_valid():
        data = form.cleaned_data
        given = GivenFile(
            kind=RegisterKind(data["kind"]),
            name=data["file"].name or "",
            chunks=data["file"].chunks(),
            as_of=data["as_of"],
        )
        try:
            taken = receive_file(given, by=request.actor, again=data["again"])
        except ExchangeError as error:
            form.add_error("file", messages.message_for(error))
            form.offers_again = isinstance(error, AlreadyImported)
        else:
            page = "exchange:columns" if not tables.has_columns(taken) else "exchange:import"
            return redirect(page, taken.uuid)
    return render(request, "exchange/upload.html", {"form": form}, status=HTTPStatus.UNPROCESSABLE_ENTITY)


@require_GET
@open_to(policies.may_see_imports)
def import_page(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """Where one import stands and what can be done about it."""
    return _page(request, found(request, uuid))


@require_GET
@open_to(policies.may_see_imports)
def progress(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """The part that is asked again and again; when work is over, the whole page is loaded anew."""
    register_import = found(request, uuid)
    if register_import.state not in WORKING:
        return HttpResponse(headers={"HX-Refresh": "true"})
    context = tables.progress(register_import) | {"poll_url": request.path}
    return render(request, "components/progress.html", context)


@require_POST
@open_to(policies.may_import)
def take_in(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """Continue after the check."""
    register_import = found(request, uuid)
    accepts = request.POST.get("accept_vanishing") == "yes"
    try:
        deciding.continue_import(
            import_uuid=uuid,
            accept_vanishing=accepts,
            typed=_typed_number(request.POST.get("vanishing", "")),
            by=request.actor,
        )
    except ExchangeError as error:
        return _page(request, register_import, refusal=messages.message_for(error))
    return redirect("exchange:import", uuid)


@require_POST
@open_to(policies.may_import)
def stop(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """Give the file up."""
    register_import = found(request, uuid)
    try:
        deciding.stop_import(import_uuid=uuid, by=request.actor)
    except ExchangeError as error:
        return _page(request, register_import, refusal=messages.message_for(error))
    notices.success(request, _("The import is stopped. Nothing of the file was taken."))
    return redirect("exchange:list")


@require_POST
@open_to(policies.may_import)
def restore(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """Put back what was in force before this import."""
    register_import = found(request, uuid)
    try:
        begun = restoring.restore_former(import_uuid=uuid, by=request.actor)
    except ExchangeError as error:
        return _page(request, register_import, refusal=messages.message_for(error))
    return redirect("exchange:import", begun.uuid)


@require_GET
@open_to(policies.may_import)
def rejected(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """The rejected rows in the format of the file, with the reason in a column of its own."""
    made = rejections.rejected_rows_file(
        import_uuid=uuid, request_id=request.id, by=request.actor, words=tables.reason
    )
    if made is None:
        raise Http404
    response = HttpResponse(made.content, content_type=made.content_type)
    response["Content-Disposition"] = f'attachment; filename="{made.name}"'
    return response


def found(request: ActorRequest, uuid: UUID) -> RegisterImport:
    """The import, or 404 for whatever is absent or not the actor's."""
    try:
        return queries.import_of(request.actor, uuid)
    except NoSuchImport:
        raise Http404 from None


def _page(request: ActorRequest, register_import: RegisterImport, refusal: str = "") -> HttpResponse:
    context = {
        "import": register_import,
        "view": tables.import_view(register_import),
        "progress": tables.progress(register_import),
        "poll_url": reverse("exchange:progress", args=[register_import.uuid]),
        "may_import": policies.may_import(request.actor),
        "former": restoring.former_state(register_import) if policies.may_import(request.actor) else None,
        "refusal": refusal,
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if refusal else HTTPStatus.OK
    return render(request, "exchange/import.html", context, status=status)


def _typed_number(text: str) -> int:
    """A number as people type it, with spaces between thousands; -1 for anything else."""
    digits = "".join(text.split())
    return int(digits) if digits.isdecimal() and len(digits) < MOST_DIGITS else -1
