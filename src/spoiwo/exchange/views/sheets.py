"""Sheets of the support register: bringing one in, naming its columns, what was found, what was rejected."""

from collections.abc import Sequence
from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.contrib import messages as notices
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from spoiwo.exchange import messages, policies, tables
from spoiwo.exchange.errors import ExchangeError, NoSuchMapping, NotNow, UnusableFile
from spoiwo.exchange.forms import SheetColumnsForm, SheetUploadForm
from spoiwo.exchange.models import ColumnMapping, SheetImport
from spoiwo.exchange.querysets import sheet_kinds
from spoiwo.exchange.rules.sheet_columns import COLUMNS
from spoiwo.exchange.services import mappings, sheets
from spoiwo.exchange.services.rejected_sheet_rows import rejected_rows_of
from spoiwo.exchange.types import SheetKind, SheetState
from spoiwo.kernel.sealing import CannotUnseal
from spoiwo.toolkit.doors import ActorRequest, open_to
from spoiwo.toolkit.sheets import XLSX_TYPE, xlsx_file

PER_PAGE = 25
SHOWN_REJECTED = 20


@require_http_methods(["GET", "POST"])
@open_to(policies.may_bring_sheets)
def sheet_list(request: ActorRequest) -> HttpResponse:
    """Hand a sheet in, and the sheets brought in before."""
    kinds = sheet_kinds(request.actor)
    form = SheetUploadForm(
        request.POST or None,
        request.FILES or None,
        kinds=kinds,
        initial={"kind": request.GET.get("rodzaj", kinds[0].value)},
    )
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            begun = sheets.receive_sheet(
                kind=SheetKind(data["kind"]),
                name=data["file"].name or "",
                chunks=data["file"].chunks(),
                by=request.actor,
            )
        except ExchangeError as error:
            form.add_error("file", messages.message_for(error))
        else:
            waits = begun.state == SheetState.COLUMNS
            return redirect("exchange:sheet_columns" if waits else "exchange:sheet", begun.uuid)
    rows = SheetImport.objects.visible_to(request.actor).order_by("-started_at", "-pk")
    context = {
        "form": form,
        "page": Paginator(rows, PER_PAGE).get_page(request.GET.get("page")),
        "mappings": ColumnMapping.objects.visible_to(request.actor)
        .filter(kind__in=kinds)
        .order_by("kind", "name"),
        "templates": [
            (reverse("exchange:sheet_template", args=[kind.value]), messages.SHEET_NAMES[kind])
            for kind in kinds
        ],
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return render(request, "exchange/sheets.html", context, status=status)


@require_GET
@open_to(policies.may_bring_sheets)
def template(request: ActorRequest, kind: str) -> HttpResponse:
    """An empty sheet with headers that need no questions, and a row that shows what goes where."""
    if kind not in sheet_kinds(request.actor):
        raise Http404
    columns = COLUMNS[SheetKind(kind)]
    header = [messages.label_of(one) for one in columns]
    content = xlsx_file(_("Template"), header, [[one.example for one in columns]])
    return _sent(f"wzor-{kind}.xlsx", XLSX_TYPE, content)


@require_GET
@open_to(policies.may_bring_sheets)
def sheet(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """Where one sheet stands and what can be done about it."""
    return _page(request, _found(request, uuid))


@require_GET
@open_to(policies.may_bring_sheets)
def progress(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """The part that is asked again and again; when work is over, the whole page is loaded anew."""
    found = _found(request, uuid)
    if found.state != SheetState.TAKING:
        return HttpResponse(headers={"HX-Refresh": "true"})
    return render(request, "components/progress.html", _progress(found))


@require_http_methods(["GET", "POST"])
@open_to(policies.may_bring_sheets)
def columns(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """Say which column is what; the first rows help."""
    found = _found(request, uuid)
    try:
        preview = sheets.preview_of(found)
    except (NotNow, UnusableFile, CannotUnseal, FileNotFoundError):
        return redirect("exchange:sheet", uuid)
    form = SheetColumnsForm(
        request.POST if request.method == "POST" else None,
        kind=SheetKind(found.kind),
        headers=found.headers,
        chosen=found.columns,
        values=sheets.guessed_values(found, preview),
        staff=sheets.staff_of(found),
        name=found.mapping.name if found.mapping else "",
    )
    if request.method == "POST" and form.is_valid():
        try:
            sheets.set_columns(
                uuid=uuid,
                columns=form.columns(),
                values=form.values(),
                save_as=form.cleaned_data["save_as"],
                by=request.actor,
            )
        except ExchangeError as error:
            form.add_error(None, messages.message_for(error))
        else:
            return redirect("exchange:sheet", uuid)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    context = {"sheet": found, "form": form, "preview": preview, "crumbs": _crumbs(found, _("Columns"))}
    return render(request, "exchange/sheet_columns.html", context, status=status)


@require_POST
@open_to(policies.may_bring_sheets)
def step(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """Take the good rows in, or give the sheet up."""
    found = _found(request, uuid)
    try:
        if request.POST.get("step") == "stop":
            sheets.stop_sheet(uuid=uuid, by=request.actor)
            notices.success(request, _("The import is stopped. Nothing of the file was taken."))
            return redirect("exchange:sheets")
        sheets.take_sheet(uuid=uuid, by=request.actor)
    except ExchangeError as error:
        return _page(request, found, refusal=messages.message_for(error))
    return redirect("exchange:sheet", uuid)


@require_GET
@open_to(policies.may_bring_sheets)
def rejected(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """The rejected rows with the reasons in a column of their own, to be corrected and brought in again."""
    found = _found(request, uuid)
    rows = rejected_rows_of(found, request_id=request.id, by=request.actor)
    if not rows:
        raise Http404
    kind = SheetKind(found.kind)
    lines = [[*cells, " ".join(messages.sheet_reasons(kind, findings))] for _n, cells, findings in rows]
    content = xlsx_file(_("Rejected rows"), [*found.headers, _("Reason for rejection")], lines)
    return _sent("odrzucone-wiersze.xlsx", XLSX_TYPE, content)


@require_POST
@open_to(policies.may_bring_sheets)
def forget(request: ActorRequest, mapping_id: int) -> HttpResponse:
    """Delete a saved mapping of sheets."""
    own = ColumnMapping.objects.visible_to(request.actor).filter(
        pk=mapping_id, kind__in=sheet_kinds(request.actor)
    )
    if not own.exists():
        raise Http404
    try:
        name = mappings.forget_mapping(mapping_id=mapping_id, by=request.actor)
    except NoSuchMapping:
        raise Http404 from None
    notices.success(request, _("The column mapping “%(name)s” is deleted.") % {"name": name})
    return redirect("exchange:sheets")


def _found(request: ActorRequest, uuid: UUID) -> SheetImport:
    found = SheetImport.objects.visible_to(request.actor).filter(uuid=uuid).first()
    if found is None:
        raise Http404
    return found


def _to_see(kind: SheetKind) -> str:
    """Where the rows of such a sheet stand once they are taken."""
    if kind is SheetKind.KFS:
        return reverse("support:register_of", args=["kfs"])
    return reverse("support:events" if kind is SheetKind.EVENTS else "support:list")


def _page(request: ActorRequest, found: SheetImport, refusal: str = "") -> HttpResponse:
    waits = found.state == SheetState.CHECKED
    context = {
        "sheet": found,
        "kind": messages.SHEET_NAMES[SheetKind(found.kind)],
        "waits_for_columns": found.state == SheetState.COLUMNS,
        "waits_for_decision": waits,
        "is_taking": found.state == SheetState.TAKING,
        "is_done": found.state == SheetState.DONE,
        "counts": tables.sheet_counts(found),
        "has_rejected": found.rejected_rows.exists(),
        "crumbs": _crumbs(found, ""),
        "refusal": refusal,
        "to_see": _to_see(SheetKind(found.kind)),
        **_progress(found),
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if refusal else HTTPStatus.OK
    return render(request, "exchange/sheet.html", context, status=status)


def _progress(found: SheetImport) -> dict[str, Any]:
    return {
        "label": _("Rows are being written down"),
        "done": found.rows_done,
        "total": found.rows,
        "text": ngettext("%(n)s row so far", "%(n)s rows so far", found.rows_done) % {"n": found.rows_done},
        "poll_url": reverse("exchange:sheet_progress", args=[found.uuid]),
    }


def _crumbs(found: SheetImport, last: str) -> Sequence[tuple[str, str]]:
    root = (_("Sheets"), reverse("exchange:sheets"))
    if not last:
        return [root, (found.file_name, "")]
    return [root, (found.file_name, reverse("exchange:sheet", args=[found.uuid])), (last, "")]


def _sent(name: str, kind: str, content: bytes) -> HttpResponse:
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "private, no-store"
    return response
