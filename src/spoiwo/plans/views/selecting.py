"""Choosing clients by criteria, and filling in diagnoses."""

from collections.abc import Sequence
from uuid import UUID

from django.contrib import messages as notices
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from spoiwo.audit.types import Action
from spoiwo.plans import messages
from spoiwo.plans.errors import NoSuchThing
from spoiwo.plans.forms.work import SelectionForm
from spoiwo.plans.queries import reading, selections
from spoiwo.plans.queries.selections import Chosen
from spoiwo.plans.services import diagnosing, log, selecting
from spoiwo.plans.types import Criterion
from spoiwo.plans.views import frame
from spoiwo.surveys.errors import SurveysError
from spoiwo.surveys.queries import subjects
from spoiwo.surveys.services import reading as answers
from spoiwo.toolkit import sheets
from spoiwo.toolkit.doors import ActorRequest, open_to


@require_http_methods(["GET", "POST"])
@open_to(frame.workers)
def selection_list(request: ActorRequest) -> HttpResponse:
    """Lists made so far, and a new one."""
    form = SelectionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        made = selecting.select_clients(
            name=form.cleaned_data["name"],
            wanted=[Criterion(code) for code in form.cleaned_data["criteria"]],
            at=timezone.now(),
            day=timezone.localdate(),
            by=request.actor,
        )
        return redirect("plans:selection", made.uuid)
    page = Paginator(selections.selections(request.actor), frame.PAGE_SIZE).get_page(request.GET.get("page"))
    context = {"form": form, "page": page}
    return render(request, "plans/selections.html", context, status=422 if form.errors else 200)


@require_GET
@open_to(frame.workers)
def selection(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """Who is on a list, and why."""
    found = selections.selection(request.actor, uuid)
    if found is None:
        raise Http404
    page = Paginator(selections.clients_of(request.actor, found), frame.PAGE_SIZE)
    shown = page.get_page(request.GET.get("page"))
    rows = selections.chosen(request.actor, list(shown.object_list))
    context = {
        "selection": found,
        "criteria": [messages.CRITERION_NAMES[code] for code in found.criteria],
        "page": shown,
        "rows": [(row, _reasons(row)) for row in rows],
        "crumbs": [(_("Choosing clients"), reverse("plans:selections")), (found.name, "")],
    }
    response = render(request, "plans/selection.html", context)
    _record(request, rows, Action.LIST_CLIENTS)
    return response


@require_GET
@open_to(frame.workers)
def selection_file(request: ActorRequest, uuid: UUID, file_type: str) -> HttpResponse:
    """A list as a file."""
    found = selections.selection(request.actor, uuid)
    if found is None or file_type not in {"csv", "xlsx"}:
        raise Http404
    rows = selections.chosen(request.actor, list(selections.clients_of(request.actor, found)))
    header = [_("Number in our register"), _("Last name"), _("First name"), _("Date of birth"), _("Reasons")]
    cells: Sequence[Sequence[object]] = [
        [
            row.name.local_id,
            row.name.last_name,
            row.name.first_name,
            row.name.birth_date,
            ", ".join(_reasons(row)),
        ]
        for row in rows
    ]
    if file_type == "csv":
        content, kind = sheets.csv_file(header, cells), sheets.CSV_TYPE
    else:
        content, kind = sheets.xlsx_file(found.name, header, cells), sheets.XLSX_TYPE
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="wybrani.{file_type}"'
    _record(request, rows, Action.EXPORT)
    return response


@require_http_methods(["GET", "POST"])
@open_to(frame.workers)
def diagnoses(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """Questionnaires to fill in, and own answers to give to the parties."""
    opened = frame.opened_or_404(request, uuid)
    if request.method == "POST":
        chosen = request.POST.get("survey", "")
        try:
            path = diagnosing.begin_diagnosis(
                uuid, survey=int(chosen) if chosen.isdigit() else 0, at=timezone.now(), by=request.actor
            )
        except SurveysError as error:
            raise Http404 from error
        return redirect(path)
    context = {
        "title": _("Diagnosis"),
        "crumbs": frame.crumbs(opened, _("Diagnosis")),
        "surveys": subjects.surveys_about_persons(request.actor),
        "own": answers.read_answers_about(diagnosing.subject_of(opened.plan), by=request.actor),
        "given": reading.diagnoses_of(opened.plan),
    }
    return frame.show(request, opened, "plans/diagnoses.html", context)


@require_POST
@open_to(frame.workers)
def give_diagnosis(request: ActorRequest, uuid: UUID, answer: UUID) -> HttpResponse:
    """Give an own answer, as it stands, to the parties."""
    frame.opened_or_404(request, uuid)
    try:
        diagnosing.give_diagnosis(
            uuid, answer=answer, at=timezone.now(), day=timezone.localdate(), by=request.actor
        )
    except NoSuchThing as error:
        raise Http404 from error
    notices.success(request, _("The parties of the plan can read the diagnosis as it stands now."))
    return redirect("plans:diagnoses", uuid)


@require_GET
@open_to(frame.workers)
def diagnosis(request: ActorRequest, uuid: UUID, given: int) -> HttpResponse:
    """A diagnosis that a party gave."""
    opened = frame.opened_or_404(request, uuid)
    found = next((one for one in reading.diagnoses_of(opened.plan) if one.pk == given), None)
    if found is None:
        raise Http404
    context = {"title": found.title, "crumbs": frame.crumbs(opened, found.title), "diagnosis": found}
    return frame.show(request, opened, "plans/diagnosis.html", context)


def _reasons(row: Chosen) -> list[str]:
    return [str(messages.CRITERION_NAMES[code]) for code in row.reasons]


def _record(request: ActorRequest, rows: Sequence[Chosen], action: Action) -> None:
    if rows:
        log.record_list(request.actor, served_by={}, plans=len(rows), action=action, request_id=request.id)
