"""The register of incidents."""

from http import HTTPStatus

from django.contrib import messages as notices
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from spoiwo.institutions import queries as institutions
from spoiwo.oversight import messages, services, tables
from spoiwo.oversight.errors import NoSuchIncident, OversightError
from spoiwo.oversight.forms import IncidentForm, NewIncidentForm
from spoiwo.oversight.models import Incident
from spoiwo.oversight.policies import overseers
from spoiwo.oversight.queries import watching
from spoiwo.oversight.types import Source
from spoiwo.toolkit import sheets
from spoiwo.toolkit.conflicts import Conflict
from spoiwo.toolkit.doors import ActorRequest, open_to

PAGE_SIZE = 25


@require_GET
@open_to(overseers)
def incidents(request: ActorRequest) -> HttpResponse:
    """All of them, newest first."""
    page = Paginator(watching.incidents_of(request.actor), PAGE_SIZE).get_page(request.GET.get("page"))
    context = {"page": page, "rows": [(one, watching.clock_of(one)) for one in page], "now": timezone.now()}
    return render(request, "oversight/incidents.html", context)


@require_GET
@open_to(overseers)
def incidents_file(request: ActorRequest, file_type: str) -> HttpResponse:
    """The register as a file."""
    found = list(watching.incidents_of(request.actor))
    header, rows = tables.incident_header(), [tables.incident_cells(one) for one in found]
    if file_type == "csv":
        content, kind = sheets.csv_file(header, rows), sheets.CSV_TYPE
    elif file_type == "xlsx":
        content, kind = sheets.xlsx_file(_("Incidents"), header, rows), sheets.XLSX_TYPE
    else:
        raise Http404
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = (
        f'attachment; filename="{_("incidents")}-{timezone.localdate()}.{file_type}"'
    )
    response["Cache-Control"] = "private, no-store"
    services.record_reading(
        count=len(found),
        shown=content,
        request_id=request.id,
        exported=True,
        by=request.actor,
        what="incidents",
    )
    return response


@require_http_methods(["GET", "POST"])
@open_to(overseers)
def new(request: ActorRequest) -> HttpResponse:
    """Enter what was noticed in another way."""
    form = NewIncidentForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            made = services.open_incident(
                source=Source.OTHER,
                description=form.cleaned_data["description"],
                now=timezone.now(),
                by=request.actor,
            )
        except OversightError as error:
            form.add_error(None, messages.message_for(error))
        else:
            notices.success(request, _("The incident is entered. The clock of 72 hours runs."))
            return redirect("oversight:incident", made.pk)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    return render(request, "oversight/incident_new.html", {"form": form}, status=status)


@require_http_methods(["GET", "POST"])
@open_to(overseers)
def incident(request: ActorRequest, incident_id: int) -> HttpResponse:
    """One of them: what is known, what was done."""
    found = _found(request, incident_id)
    form = IncidentForm(
        request.POST if request.method == "POST" else None, initial=tables.incident_values(found)
    )
    if form.is_bound and form.is_valid():
        try:
            services.change_incident(
                incident_id=incident_id,
                details=form.details(),
                version=form.cleaned_data["version"],
                by=request.actor,
            )
        except Conflict as conflict:
            return _conflict(request, found, conflict)
        except OversightError as error:
            form.add_error(None, messages.message_for(error))
        else:
            notices.success(request, _("The incident is saved."))
            return redirect("oversight:incident", incident_id)
    return _page(request, found, form)


@require_POST
@open_to(overseers)
def close(request: ActorRequest, incident_id: int) -> HttpResponse:
    """End it."""
    found = _found(request, incident_id)
    try:
        services.close_incident(incident_id=incident_id, by=request.actor)
    except NoSuchIncident:
        raise Http404 from None
    except OversightError as error:
        notices.error(request, messages.message_for(error))
        return redirect("oversight:incident", found.pk)
    notices.success(request, _("The incident is closed."))
    return redirect("oversight:incidents")


def _found(request: ActorRequest, incident_id: int) -> Incident:
    found = watching.incident(request.actor, incident_id)
    if found is None:
        raise Http404
    return found


def _page(request: ActorRequest, found: Incident, form: IncidentForm) -> HttpResponse:
    context = {
        "incident": found,
        "form": form,
        "clock": watching.clock_of(found),
        "now": timezone.now(),
        "edited_by": institutions.full_name(found.edited_by_user_id),
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    return render(request, "oversight/incident.html", context, status=status)


def _conflict(request: ActorRequest, found: Incident, conflict: Conflict) -> HttpResponse:
    labels = {name: field.label for name, field in IncidentForm.base_fields.items()}
    context = {
        "incident": found,
        "conflicts": [
            {"label": labels[one.field], "yours": one.yours, "saved": one.saved}
            for one in conflict.differences
        ],
        "kept": [
            (key, value)
            for key, value in request.POST.items()
            if key not in {"csrfmiddlewaretoken", "version"}
        ],
        "version": conflict.version,
        "saved_by": institutions.full_name(conflict.saved_by_user_id) or _("Another person"),
        "saved_at": conflict.saved_at,
    }
    return render(request, "oversight/incident_conflict.html", context, status=HTTPStatus.CONFLICT)
