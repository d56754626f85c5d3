"""The report for the marshal: texts, preview, PDF and DOCX."""

from http import HTTPStatus
from typing import Any

from django.contrib import messages as notices
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from spoiwo.monitoring import policies, queries
from spoiwo.monitoring.errors import ProgrammeNotFound
from spoiwo.monitoring.forms.plans import ReportForm
from spoiwo.monitoring.models import Programme, ProgrammeReport
from spoiwo.monitoring.queries import plans
from spoiwo.monitoring.services.reports import save_report
from spoiwo.monitoring.tables.plans import calendar_rows
from spoiwo.monitoring.tables.reports import Material, report
from spoiwo.monitoring.views.files import PAPERS, sent
from spoiwo.toolkit import documents
from spoiwo.toolkit.conflicts import Conflict
from spoiwo.toolkit.doors import ActorRequest, open_to
from spoiwo.toolkit.templatetags.spoiwo import pl_date


@require_http_methods(["GET", "POST"])
@open_to(policies.may_read)
def programme_report(request: ActorRequest, pk: int, year: int) -> HttpResponse:
    """Preview; the keeper writes introduction and conclusions here."""
    programme, texts = _found(request, pk, year)
    keeps = programme.institution_id == request.actor.institution_id and policies.may_write(request.actor)
    if request.method == "POST" and not keeps:
        raise Http404
    initial = _initial(texts)
    form = ReportForm(request.POST or None, initial=initial)
    conflict = None
    if request.method == "POST" and form.is_valid():
        try:
            save_report(
                programme_id=pk,
                year=year,
                introduction=form.cleaned_data["introduction"],
                conclusions=form.cleaned_data["conclusions"],
                edit_version=form.cleaned_data["edit_version"] or 0,
                at=timezone.now(),
                by=request.actor,
            )
        except ProgrammeNotFound:
            raise Http404 from None
        except Conflict as found:
            conflict = found
            form = ReportForm({**request.POST.dict(), "edit_version": found.version})
        else:
            notices.success(request, _("The report was saved."))
            return redirect("monitoring:report", pk, year)
    context: dict[str, Any] = {
        "programme": programme,
        "year": year,
        "form": form if keeps else None,
        "conflict": conflict,
        "texts": texts,
        "document": documents.html_of(_document(request, programme, year, texts)),
    }
    status = HTTPStatus.CONFLICT if conflict else HTTPStatus.OK
    return render(request, "monitoring/report.html", context, status=status)


@require_GET
@open_to(policies.may_read)
def report_file(request: ActorRequest, pk: int, year: int, form: str) -> HttpResponse:
    """The report as PDF or DOCX."""
    if form not in PAPERS:
        raise Http404
    programme, texts = _found(request, pk, year)
    kind, write = PAPERS[form]
    return sent(f"sprawozdanie-{year}.{form}", kind, write(_document(request, programme, year, texts)))


def _found(request: ActorRequest, pk: int, year: int) -> tuple[Programme, ProgrammeReport | None]:
    programme = plans.programme(request.actor, pk)
    if programme is None or not programme.first_year <= year <= programme.last_year:
        raise Http404
    return programme, programme.reports.filter(year=year).first()


def _initial(texts: ProgrammeReport | None) -> dict[str, Any]:
    if texts is None:
        return {"edit_version": 0}
    return {
        "introduction": texts.introduction,
        "conclusions": texts.conclusions,
        "edit_version": texts.edit_version,
    }


def _document(
    request: ActorRequest, programme: Programme, year: int, texts: ProgrammeReport | None
) -> documents.Document:
    day = timezone.localdate()
    rows = calendar_rows(plans.collections(programme), day, request.actor, may_change=False)
    deliveries = [
        (
            row["one"].what,
            row["one"].period,
            row["one"].owner.short_name,
            pl_date(row["one"].due_on),
            row["state"],
        )
        for row in rows
        if row["one"].period[:4] == str(year)
    ]
    return report(
        Material(programme, year, texts, plans.tree(programme), deliveries, queries.measures(), day)
    )
