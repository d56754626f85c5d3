"""Bringing many institutions in from a file."""

from http import HTTPStatus
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from spoiwo.institutions import messages, rules, services
from spoiwo.institutions.errors import InstitutionsError
from spoiwo.institutions.forms import UploadForm
from spoiwo.institutions.types import ImportReport, RefusedRow
from spoiwo.toolkit import sheets
from spoiwo.toolkit.doors import ActorRequest, open_to, operators

FIRST_REFUSED = 20
SESSION_REFUSED = "institutions.refused"
TYPES = {"csv": sheets.CSV_TYPE, "xlsx": sheets.XLSX_TYPE}


@require_http_methods(["GET", "POST"])
@open_to(operators)
def bring_in(request: ActorRequest) -> HttpResponse:
    """The columns, the template, the file, and what became of it."""
    form = UploadForm(request.POST, request.FILES) if request.method == "POST" else UploadForm()
    report = None
    if form.is_bound and form.is_valid():
        try:
            rows = services.read_file(form.cleaned_data["file"])
            report = services.import_institutions(
                rows=rows,
                keep_good=form.cleaned_data["keep_good"],
                today=timezone.localdate(),
                by=request.actor,
            )
        except InstitutionsError as error:
            form.add_error("file", messages.message_for(error))
        else:
            request.session[SESSION_REFUSED] = [_kept(row) for row in report.refused]
    context = {
        "form": form,
        "report": report,
        "refused": [_shown(row) for row in report.refused[:FIRST_REFUSED]] if report else [],
        "columns": _columns(),
        "kinds": list(messages.KIND_NAMES.items()),
        "most_rows": rules.MOST_ROWS,
    }
    return render(request, "institutions/import.html", context, status=_status(form, report))


@require_GET
@open_to(operators)
def template(request: ActorRequest, form: str) -> HttpResponse:  # noqa: ARG001
    """An empty file with the right headers."""
    return _file([], form, _("institutions"), with_reasons=False)


@require_GET
@open_to(operators)
def refused(request: ActorRequest, form: str) -> HttpResponse:
    """The rows of the last file that were not taken, each with its reasons."""
    kept = request.session.get(SESSION_REFUSED)
    if not kept:
        raise Http404
    rows = [[*(cells.get(field, "") for field in rules.COLUMNS), reasons] for cells, reasons in kept]
    return _file(rows, form, _("refused-rows"), with_reasons=True)


def _file(rows: list[list[str]], form: str, name: str, *, with_reasons: bool) -> HttpResponse:
    header = [*(_header(field) for field in rules.COLUMNS), *([_("reason")] if with_reasons else [])]
    content = (
        sheets.csv_file(header, rows) if form == "csv" else sheets.xlsx_file(_("Institutions"), header, rows)
    )
    return HttpResponse(
        content,
        content_type=TYPES[form],
        headers={"Content-Disposition": f'attachment; filename="{name}.{form}"'},
    )


def _header(field: str) -> str:
    return rules.POLISH_HEADERS[field] if get_language() == "pl" else field


def _columns() -> list[dict[str, Any]]:
    return [
        {
            "header": _header(field),
            "other": field if get_language() == "pl" else rules.POLISH_HEADERS[field],
            "is_needed": field in rules.NEEDED,
            "hint": messages.COLUMN_HINTS.get(field, ""),
        }
        for field in rules.COLUMNS
    ]


def _shown(row: RefusedRow) -> dict[str, object]:
    return {"number": row.number, "name": row.cells.get("name", ""), "reasons": _reasons(row)}


def _kept(row: RefusedRow) -> list[object]:
    return [row.cells, " ".join(_reasons(row))]


def _reasons(row: RefusedRow) -> list[str]:
    return [sentence for _field, sentence in messages.problem_sentences(row.problems, with_field=True)]


def _status(form: UploadForm, report: ImportReport | None) -> HTTPStatus:
    refused_all = report is not None and not report.applied
    return HTTPStatus.UNPROCESSABLE_ENTITY if form.errors or refused_all else HTTPStatus.OK
