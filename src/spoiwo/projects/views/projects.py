"""Projects: the list, one project with its figures, employers."""

from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.contrib import messages as notices
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from spoiwo.institutions import queries as institutions
from spoiwo.projects import messages
from spoiwo.projects.errors import ProjectsError
from spoiwo.projects.forms import EmployerForm, PeopleFilter, ProjectForm
from spoiwo.projects.models import Project
from spoiwo.projects.queries import counting, listing, paths
from spoiwo.projects.services import projects as services
from spoiwo.projects.services import reading
from spoiwo.projects.types import Totals
from spoiwo.projects.views import frame
from spoiwo.toolkit import sheets
from spoiwo.toolkit.conflicts import Conflict
from spoiwo.toolkit.doors import ActorRequest, open_to
from spoiwo.toolkit.templatetags.spoiwo import pl_date, polish_number, zloty

FIELDS = tuple(ProjectForm.base_fields)


@require_GET
@open_to(frame.readers)
def project_list(request: ActorRequest) -> HttpResponse:
    """Projects of the own institution."""
    page = Paginator(listing.projects(request.actor), frame.PAGE_SIZE).get_page(request.GET.get("page"))
    day = timezone.localdate()
    labels = (_("Project"), _("Who pays"), _("Days"), _("Standing"))
    context = {
        "page": page,
        "columns": [{"label": label, "numeric": False} for label in labels],
        "rows": [_cells(one, day) for one in page.object_list],
        "may_keep": frame.keepers(request.actor),
    }
    return render(request, "projects/list.html", context)


def _cells(one: Project, day: Any) -> list[Any]:
    standing = frame.tag(_("under way"), "new") if one.starts_on <= day <= one.ends_on else ""
    if one.ends_on < day:
        standing = frame.tag(_("project over"))
    elif one.starts_on > day:
        standing = frame.tag(_("to come"), "soon")
    days = f"{pl_date(one.starts_on, 'short')} – {pl_date(one.ends_on, 'short')}"
    return [frame.link(one.title, "project", one.uuid), one.fund or "–", days, standing]


@require_http_methods(["GET", "POST"])
@open_to(frame.keepers)
def add(request: ActorRequest) -> HttpResponse:
    """A new project."""
    form = ProjectForm(request.POST or None)
    return frame.answer_form(
        request,
        form,
        lambda _entered: services.add_project(form.details(), by=request.actor),
        done=_("The project is there. Now ask people into it."),
        to=reverse("projects:list"),
        title=_("Add a project"),
        action_label=_("Add"),
        crumbs=frame.crumbs(None, (_("Add a project"), "")),
    )


@require_http_methods(["GET", "POST"])
@open_to(frame.keepers)
def change(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """What is said of a project; two people at once are told of each other."""
    row = _in_reach(request, uuid)
    form = ProjectForm(request.POST or None, initial={name: getattr(row, name) for name in FIELDS})
    version = request.POST.get("version", "")
    if request.method == "POST" and form.is_valid():
        try:
            services.change_project(
                uuid,
                form.details(),
                version=int(version) if version.isdigit() else 0,
                overwrite="overwrite" in request.POST,
                by=request.actor,
            )
        except Conflict as error:
            return _conflict(request, row, form, error)
        except ProjectsError as error:
            form.add_error(None, messages.message_for(error))
        else:
            notices.success(request, _("Saved."))
            return redirect("projects:project", uuid)
    return frame.show_form(
        request,
        form,
        title=_("Change the project"),
        action_label=_("Save"),
        cancel_url=reverse("projects:project", args=[uuid]),
        crumbs=frame.crumbs(row, (_("Change"), "")),
        version=int(version) if version.isdigit() else row.version,
    )


@require_GET
@open_to(frame.readers)
def project(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """One project: figures, why people left, what employers said, and for its keepers the people."""
    row = _in_reach(request, uuid)
    figures = counting.totals_of(request.actor, row)
    form = PeopleFilter(request.GET)
    form.is_valid()
    people = listing.people(
        request.actor, row, text=form.cleaned_data.get("q", ""), state=form.cleaned_data.get("state", "")
    )
    page = Paginator(people, frame.PAGE_SIZE).get_page(request.GET.get("page"))
    may_keep = frame.keepers(request.actor)
    context = {
        "project": row,
        "figures": _figures(row, figures),
        "reasons": [(messages.REASON_NAMES[code], n) for code, n in figures.reasons.items()],
        "refusals": [(messages.ANSWER_NAMES[code], n) for code, n in figures.refusals.items()],
        "supported": [(messages.SUPPORT_NAMES[code], n) for code, n in figures.supported.items()],
        "contacts": [
            (one, messages.ANSWER_NAMES[one.answer]) for one in listing.contacts(request.actor, row)[:20]
        ],
        "page": page,
        "people": [
            (one, messages.STATE_NAMES[one.state], messages.TONES.get(one.state, ""), _reason(one))
            for one in page.object_list
        ],
        "twice": [
            (one, messages.SUPPORT_NAMES[one.kind])
            for one in (paths.double_financing_in(request.actor, row) if may_keep else ())
        ],
        "form": form,
        "may_keep": may_keep,
        "is_filtered": any(request.GET.get(name) for name in form.fields),
        "crumbs": frame.crumbs(row),
    }
    return render(request, "projects/project.html", context)


@require_GET
@open_to(frame.keepers)
def people_file(request: ActorRequest, uuid: UUID, file_type: str) -> HttpResponse:
    """People of a project as a file."""
    row = _in_reach(request, uuid)
    header = [
        _("Last name"),
        _("First name"),
        _("Date of birth"),
        _("Standing"),
        _("Asked on"),
        _("Taking part from"),
        _("Ended on"),
        _("Reason"),
    ]
    cells = [
        [
            one.last_name,
            one.first_name,
            one.birth_date,
            messages.STATE_NAMES[one.state],
            one.asked_on,
            one.joined_on,
            one.ended_on,
            _reason(one),
        ]
        for one in listing.people(request.actor, row)
    ]
    if file_type == "csv":
        content, kind = sheets.csv_file(header, cells), sheets.CSV_TYPE
    elif file_type == "xlsx":
        content, kind = sheets.xlsx_file(_("Participants"), header, cells), sheets.XLSX_TYPE
    else:
        raise Http404
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="uczestnicy.{file_type}"'
    response["Cache-Control"] = "private, no-store"
    reading.record_export(uuid, count=len(cells), request_id=request.id, by=request.actor)
    return response


@require_http_methods(["GET", "POST"])
@open_to(frame.keepers)
def add_employer(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """What an employer said when asked for a place."""
    row = _in_reach(request, uuid)
    form = EmployerForm(request.POST or None, initial={"asked_on": timezone.localdate()})
    return frame.answer_form(
        request,
        form,
        lambda entered: services.note_employer(uuid, **entered, by=request.actor),
        done=_("Written down."),
        to=reverse("projects:project", args=[uuid]),
        title=_("Write down an employer's answer"),
        action_label=_("Save"),
        lede=row.title,
        crumbs=frame.crumbs(row, (_("Employers"), "")),
    )


def _in_reach(request: ActorRequest, uuid: UUID) -> Project:
    row = listing.project(request.actor, uuid)
    if row is None:
        raise Http404
    return row


def _reason(one: Any) -> str:
    return str(messages.REASON_NAMES[one.reason]) if one.reason else ""


def _figures(row: Project, figures: Totals) -> list[tuple[str, str]]:
    """Lines of the picture: what, and how many of how many."""

    def of(n: int, planned: int) -> str:
        return _("%(n)s of %(planned)s planned") % {"n": n, "planned": planned} if planned else str(n)

    return [
        (_("People asked"), str(figures.candidates)),
        (_("People taken in"), of(figures.taken_in, row.planned_participants)),
        (_("Taking part now"), str(figures.taking_part)),
        (_("Finished the project"), str(figures.finished)),
        (_("Dropped out"), str(figures.dropped_out)),
        (_("Not interested"), str(figures.not_interested)),
        (_("People in internships"), of(figures.interns, row.planned_internships)),
        (_("Internships broken off"), str(figures.broken_internships)),
        (_("People who took up work"), str(figures.working)),
        (_("Hours of support"), polish_number(figures.hours, 0)),
        (_("Cost of support"), zloty(figures.cost_pln)),
        (
            _("Employers asked, of them refused"),
            f"{figures.employers_asked}, {figures.employers_refused}",
        ),
    ]


def _conflict(request: ActorRequest, row: Project, form: ProjectForm, error: Conflict) -> HttpResponse:
    context = {
        "project": row,
        "conflicts": [
            {"label": form.fields[one.field].label, "yours": one.yours, "saved": one.saved}
            for one in error.differences
        ],
        "kept": [(name, request.POST[name]) for name in form.fields if name in request.POST],
        "version": error.version,
        "saved_by": institutions.full_name(error.saved_by_user_id) or _("Somebody"),
        "saved_at": error.saved_at,
        "reload_url": request.path,
    }
    return render(request, "projects/conflict.html", context, status=HTTPStatus.CONFLICT)
