"""People in projects: asking them in, one person's way, support, work."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.contrib import messages as notices
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from spoiwo.access import queries as access
from spoiwo.access.types import ChosenPurpose, Grant
from spoiwo.clients.queries import opening, own_records
from spoiwo.projects import messages
from spoiwo.projects.errors import ProjectsError
from spoiwo.projects.forms import (
    ChoiceForm,
    PersonForm,
    StepForm,
    SupportEndForm,
    SupportForm,
    WorkForm,
)
from spoiwo.projects.models import Participant
from spoiwo.projects.queries import listing, paths, projects_for
from spoiwo.projects.rules.taking_part import NEXT
from spoiwo.projects.services import people, reading
from spoiwo.projects.types import ParticipantDetails, ParticipantState
from spoiwo.projects.views import frame
from spoiwo.toolkit.doors import ActorRequest, open_to


@require_http_methods(["GET", "POST"])
@open_to(frame.keepers)
def ask(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """Ask somebody into a project who is not in the own register."""
    project = listing.project(request.actor, uuid)
    if project is None:
        raise Http404
    form = PersonForm(request.POST or None, initial={"asked_on": timezone.localdate()})
    return frame.answer_form(
        request,
        form,
        lambda entered: people.ask_people(
            uuid, [form.details()], asked_on=entered["asked_on"], by=request.actor
        ),
        done=_("The person is among the candidates."),
        to=reverse("projects:project", args=[uuid]),
        title=_("Ask somebody into the project"),
        action_label=_("Add"),
        lede=_("Clients of your register are asked from their own page, so that nobody is counted twice."),
        crumbs=frame.crumbs(project, (_("New candidate"), "")),
    )


@require_http_methods(["GET", "POST"])
@open_to(frame.asking)
def of_client(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """Projects of a client of the own register, and asking the client into one; uuid of the own record."""
    found = own_records.own_record(request.actor, uuid)
    version = own_records.own_version(request.actor, found.pk) if found else None
    if version is None:
        raise Http404
    day = timezone.localdate()
    offered = [
        (str(one.uuid), f"{one.number} {one.title}")
        for one in projects_for(request.actor, day=day, record=uuid)
    ]
    form = ChoiceForm(request.POST or None, projects=offered)
    if request.method == "POST" and form.is_valid():
        made = _asked(request, form, version)
        if made is not None:
            notices.success(request, _("The person is among the candidates."))
            return redirect("projects:participant", made.uuid)
    rows = Participant.objects.visible_to(request.actor).filter(record=found).select_related("project")
    context = {
        "uuid": uuid,
        "form": form,
        "offered": offered,
        "name": f"{version.first_name} {version.last_name}",
        "rows": [
            (one, messages.STATE_NAMES[one.state], messages.TONES.get(one.state, ""))
            for one in rows.order_by("-asked_on", "-pk")
        ],
    }
    template = "projects/_of_client.html" if request.htmx else "projects/of_client.html"
    response = render(request, template, context, status=422 if form.errors else 200)
    response["Vary"] = "HX-Request"
    return response


def _asked(request: ActorRequest, form: ChoiceForm, version: own_records.OwnVersion) -> Participant | None:
    """The client among the candidates; None with the reason on the form."""
    details = ParticipantDetails(
        first_name=version.first_name,
        last_name=version.last_name,
        birth_date=version.birth_date,
        record=version.record.uuid,
    )
    project = UUID(form.cleaned_data["project"])
    try:
        (made,) = people.ask_people(project, [details], asked_on=timezone.localdate(), by=request.actor)
    except ProjectsError as error:
        form.add_error(None, messages.message_for(error))
        return None
    return made


@require_GET
@open_to(frame.keepers)
def participant(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """One person's way through projects; what others do is shown once a purpose has been stated."""
    row = _in_reach(request, uuid)
    day = timezone.localdate()
    opened = opening.open_client(request.actor, row.record.uuid, day=day) if row.record else None
    chosen, grants = _purpose(request, opened)
    inside = paths.participations(request.actor, row, grants, day=day)
    context = {
        **_about_participant(row),
        "path": [
            (one, messages.STATE_NAMES[one.state], [messages.SUPPORT_NAMES[kind] for kind in one.kinds])
            for one in inside
        ],
        "twice": [
            (one, messages.SUPPORT_NAMES[one.kind])
            for one in paths.double_financing(request.actor, row, grants, day=day)
        ],
        "ask_purpose": opened is not None and opened.is_common and chosen is None,
    }
    response = render(request, "projects/participant.html", context)
    reading.record_look(
        participant=row.uuid,
        person=opened.person if opened else row.person_id,
        owners=[one.institution.id for one in inside],
        chosen=chosen,
        grants=grants,
        request_id=request.id,
        by=request.actor,
    )
    return response


def _purpose(
    request: ActorRequest, opened: opening.OpenedClient | None
) -> tuple[ChosenPurpose | None, Sequence[Grant]]:
    """The purpose stated for the person, and the agreements it opens."""
    if opened is None or not opened.is_common:
        return None, ()
    chosen = access.purpose_in_session(
        request.session,
        actor=request.actor,
        person=opened.person,
        grants=opened.grants,
        day=timezone.localdate(),
    )
    return chosen, access.grants_for(chosen, opened.grants) if chosen else ()


def _about_participant(row: Participant) -> dict[str, Any]:
    """What the own project says of somebody."""
    return {
        "row": row,
        "state": messages.STATE_NAMES[row.state],
        "tone": messages.TONES.get(row.state, ""),
        "reason": messages.REASON_NAMES[row.reason] if row.reason else "",
        "support": [
            (one, messages.SUPPORT_NAMES[one.kind], messages.SUPPORT_STATE_NAMES[one.state])
            for one in row.support.order_by("starts_on", "pk")
        ],
        "work": [(one, messages.WORK_NAMES[one.kind]) for one in row.work.order_by("starts_on", "pk")],
        "has_steps": bool(NEXT[ParticipantState(row.state)]),
        "crumbs": frame.crumbs(row.project, (f"{row.first_name} {row.last_name}", "")),
    }


@require_http_methods(["GET", "POST"])
@open_to(frame.keepers)
def step(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """The next step: taken in, finished, or left for a reason."""
    row = _in_reach(request, uuid)
    now = ParticipantState(row.state)
    if not NEXT[now]:
        raise Http404
    form = StepForm(request.POST or None, now=now, initial={"on": timezone.localdate()})
    return _about(
        request,
        row,
        form,
        lambda entered: people.move_participant(uuid, **entered, by=request.actor),
        title=_("Next step"),
    )


@require_http_methods(["GET", "POST"])
@open_to(frame.keepers)
def support(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """Write a piece of support down."""
    row = _in_reach(request, uuid)
    form = SupportForm(request.POST or None, initial={"starts_on": timezone.localdate()})
    return _about(
        request,
        row,
        form,
        lambda _entered: people.give_support(uuid, form.details(), by=request.actor),
        title=_("Add support"),
    )


@require_http_methods(["GET", "POST"])
@open_to(frame.keepers)
def end_support(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """Write down how support ended; uuid of the support."""
    given = listing.support(request.actor, uuid)
    if given is None:
        raise Http404
    row = _in_reach(request, given.participant.uuid)
    form = SupportEndForm(request.POST or None, initial={"on": timezone.localdate()})
    return _about(
        request,
        row,
        form,
        lambda entered: people.end_support(uuid, **entered, by=request.actor),
        title=_("How the support ended"),
    )


@require_http_methods(["GET", "POST"])
@open_to(frame.keepers)
def work(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """Write down work that the person took up."""
    row = _in_reach(request, uuid)
    form = WorkForm(request.POST or None, initial={"starts_on": timezone.localdate()})
    return _about(
        request,
        row,
        form,
        lambda entered: people.note_work(uuid, **entered, by=request.actor),
        title=_("Add work taken up"),
    )


def _about(request: ActorRequest, row: Participant, form: Any, act: Any, *, title: str) -> HttpResponse:
    name = f"{row.first_name} {row.last_name}"
    return frame.answer_form(
        request,
        form,
        act,
        done=_("Written down."),
        to=reverse("projects:participant", args=[row.uuid]),
        title=title,
        action_label=_("Save"),
        lede=name,
        crumbs=frame.crumbs(
            row.project, (name, reverse("projects:participant", args=[row.uuid])), (title, "")
        ),
    )


def _in_reach(request: ActorRequest, uuid: UUID) -> Participant:
    row = listing.participant(request.actor, uuid)
    if row is None:
        raise Http404
    return row
