"""Beginning a plan and writing its draft, section by section."""

from collections.abc import Callable
from dataclasses import asdict
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages as notices
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from spoiwo.clients.queries import opening
from spoiwo.clients.services import reading as looks
from spoiwo.institutions import queries as institutions
from spoiwo.plans import messages
from spoiwo.plans.errors import NoSuchThing, PlanError
from spoiwo.plans.forms.plans import (
    ActionForm,
    BasicsForm,
    GoalForm,
    NameForm,
    PaperForm,
    StartForm,
    SupportForm,
    WorkersForm,
    schedule_text,
)
from spoiwo.plans.queries import reading, teams
from spoiwo.plans.rules import checks, differences
from spoiwo.plans.rules import content as texts
from spoiwo.plans.services import drafting, starting
from spoiwo.plans.tables import wording
from spoiwo.plans.types import VersionState, Worker, WorkerRole
from spoiwo.plans.views import frame
from spoiwo.projects.queries import projects_for
from spoiwo.toolkit.conflicts import Conflict
from spoiwo.toolkit.doors import ActorRequest, open_to

NEW = "nowy"  # key in the address of what is not there yet


@require_http_methods(["GET", "POST"])
@open_to(frame.workers)
def start(request: ActorRequest, record: UUID) -> HttpResponse:
    """Begin a plan for an own client."""
    opened = opening.open_client(request.actor, record, day=timezone.localdate())
    if opened is None:
        raise Http404
    badges = institutions.badges_of({version.institution_id for version in opened.others})
    first = next(iter(reading.templates(request.actor)), None)
    form = StartForm(
        request.POST or None,
        partners=[(pk, badge.name) for pk, badge in badges.items()],
        templates=[(one.pk, str(one)) for one in reading.templates(request.actor)],
        initial={
            "partners": list(badges),
            "starts_on": timezone.localdate(),
            "template": first.pk if first else 0,
        },
    )
    if request.method == "POST" and form.is_valid():
        try:
            plan = starting.start_plan(record=record, **_started(form, request, record), by=request.actor)
        except PlanError as error:
            frame.refuse(form, error)
        else:
            notices.success(
                request, _("The draft is there. Change what does not fit, then send it to be signed.")
            )
            return redirect("plans:draft", plan.uuid)
    name = f"{opened.version.first_name} {opened.version.last_name}"
    context = {"form": form, "name": name, "record": record, "partners": badges}
    response = render(request, "plans/start.html", context, status=422 if form.errors else 200)
    looks.record_asked(
        record=opened.uuid,
        person=opened.person,
        served_by=set(badges),
        request_id=request.id,
        by=request.actor,
    )
    return response


def _started(form: StartForm, request: ActorRequest, record: UUID) -> dict[str, Any]:
    """What the form says, with the worker who fills it in and those of the client's districts in other roles."""
    given = form.cleaned_data
    me = Worker(
        role=WorkerRole(given["worker"]),
        institution=request.actor.institution_id,
        user=request.actor.user_id,
        name=institutions.full_name(request.actor.user_id),
    )
    parties = {request.actor.institution_id, *given["partners"]}
    team = teams.district_team(request.actor, record, parties=parties, day=timezone.localdate())
    return {
        "partners": given["partners"],
        "template": given["template"],
        "starts_on": given["starts_on"],
        "workers": (me, *(one for one in team if one.role != me.role)),
        "at": timezone.now(),
        "day": timezone.localdate(),
    }


@require_GET
@open_to(frame.workers)
def draft(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """The version that is being written or signed."""
    opened, version, content = frame.draft_or_404(request, uuid)
    changes = differences.changes(texts.content_of(opened.current.content), content) if opened.current else []
    is_draft = version.state == VersionState.DRAFT
    signatures = wording.signature_rows(version, content, opened.badges)
    own = opened.badges[request.actor.institution_id].name
    context = {
        "version": version,
        "content": content,
        "goals": [
            (goal, [(one, wording.party_name(one.owner, opened.badges)) for one in goal.actions])
            for goal in content.goals
        ],
        "sum": texts.support_in_all(content),
        "papers": wording.paper_rows(content, opened.badges),
        "workers": wording.worker_rows(content, opened.badges),
        "paper_form": PaperForm(parties=frame.parties(opened)),
        "is_draft": is_draft,
        "faults": [messages.fault_words(one) for one in checks.faults(content)] if is_draft else [],
        "changes": wording.change_rows(changes, opened.badges),
        "signatures": signatures,
        "may_sign": not is_draft and any(one.who == own and not one.has_signed for one in signatures),
        "person_signs": not is_draft and not signatures[-1].has_signed,
        "code": wording.short_code(version.fingerprint),
        "title": wording.name_of(opened),
    }
    return frame.show(request, opened, "plans/draft.html", context)


@require_http_methods(["GET", "POST"])
@open_to(frame.workers)
def basics(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """The problem and the days of the plan."""
    opened, version, content = frame.draft_or_404(request, uuid)
    initial = {
        "version": version.edit_version,
        **{name: getattr(content, name) for name in ("problem", "starts_on", "ends_on")},
    }
    form = BasicsForm(request.POST or None, initial=initial)
    return _section(
        request,
        opened,
        form,
        lambda given: drafting.save_basics(
            uuid, **_without_version(given), seen=given["version"], at=timezone.now(), by=request.actor
        ),
        title=_("Problem and time"),
    )


@require_http_methods(["GET", "POST"])
@open_to(frame.workers)
def goal(request: ActorRequest, uuid: UUID, key: str) -> HttpResponse:
    """A goal, new or changed."""
    opened, version, content = frame.draft_or_404(request, uuid)
    initial: dict[str, Any] = {"version": version.edit_version, "due_on": content.ends_on}
    if key != NEW:
        initial |= asdict(_found(lambda: texts.goal_of(content, key)))
    form = GoalForm(request.POST or None, initial=initial)
    return _section(
        request,
        opened,
        form,
        lambda given: drafting.save_goal(
            uuid,
            goal=form.goal("" if key == NEW else key),
            seen=given["version"],
            at=timezone.now(),
            by=request.actor,
        ),
        title=_("Add a goal") if key == NEW else _("Change the goal"),
        remove="" if key == NEW else key,
    )


@require_http_methods(["GET", "POST"])
@open_to(frame.workers)
def action(request: ActorRequest, uuid: UUID, goal_key: str, key: str) -> HttpResponse:
    """An action of a goal, new or changed."""
    opened, version, content = frame.draft_or_404(request, uuid)
    of_goal = _found(lambda: texts.goal_of(content, goal_key))
    initial: dict[str, Any] = {
        "version": version.edit_version,
        "owner": request.actor.institution_id,
        "responsible": request.actor.user_id,
        "starts_on": content.starts_on,
        "due_on": of_goal.due_on,
    }
    if key != NEW:
        initial |= asdict(_found(lambda: texts.action_of(content, key)))
    form = ActionForm(
        request.POST or None, initial=initial, parties=frame.parties(opened), staff=frame.staff(opened)
    )
    return _section(
        request,
        opened,
        form,
        lambda given: drafting.save_action(
            uuid,
            goal=goal_key,
            action=form.action("" if key == NEW else key),
            seen=given["version"],
            at=timezone.now(),
            by=request.actor,
        ),
        title=_("Add an action") if key == NEW else _("Change the action"),
        lede=of_goal.text,
        remove="" if key == NEW else key,
        projects=projects_for(request.actor, day=timezone.localdate(), record=opened.own.record.uuid),
    )


@require_http_methods(["GET", "POST"])
@open_to(frame.workers)
def support(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """The schedule of decreasing financial support."""
    opened, version, content = frame.draft_or_404(request, uuid)
    initial = {"version": version.edit_version, "schedule": schedule_text(content.payments)}
    form = SupportForm(request.POST or None, initial=initial)
    return _section(
        request,
        opened,
        form,
        lambda given: drafting.save_support(
            uuid, payments=given["schedule"], seen=given["version"], at=timezone.now(), by=request.actor
        ),
        title=_("Decreasing financial support"),
        lede=_("Amounts may only fall: the person gets more and more on their own feet."),
    )


@require_http_methods(["GET", "POST"])
@open_to(frame.workers)
def workers(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """Who works with the person."""
    opened, version, content = frame.draft_or_404(request, uuid)
    staff = [
        (f"{pk}:{user}", f"{name} ({badge.name})")
        for pk, badge in opened.badges.items()
        for user, name in institutions.staff_of(pk).items()
    ]
    initial: dict[str, Any] = {"version": version.edit_version}
    initial |= {one.role.value: f"{one.institution}:{one.user}" for one in content.workers}
    form = WorkersForm(request.POST or None, initial=initial, staff=staff)
    return _section(
        request,
        opened,
        form,
        lambda given: drafting.save_workers(
            uuid, workers=form.workers(), seen=given["version"], at=timezone.now(), by=request.actor
        ),
        title=_("Who works with the person"),
    )


@require_POST
@open_to(frame.workers)
def paper(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """Link a statutory paper."""
    opened, _version, _content = frame.draft_or_404(request, uuid)
    form = PaperForm(request.POST, parties=frame.parties(opened))
    if form.is_valid():
        return _done(
            request,
            uuid,
            lambda: drafting.add_paper(uuid, paper=form.paper(), at=timezone.now(), by=request.actor),
        )
    return frame.show_form(
        request,
        opened,
        form,
        title=_("Link a statutory paper"),
        action_label=_("Link"),
        back=reverse("plans:draft", args=[uuid]),
    )


@require_POST
@open_to(frame.workers)
def drop_paper(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """Take a paper out."""
    frame.draft_or_404(request, uuid)
    number = request.POST.get("number", "")
    return _done(
        request,
        uuid,
        lambda: drafting.remove_paper(uuid, number=number, at=timezone.now(), by=request.actor),
    )


@require_POST
@open_to(frame.workers)
def remove(request: ActorRequest, uuid: UUID, key: str) -> HttpResponse:
    """Take a goal or an action out of the draft."""
    opened, _version, _content = frame.draft_or_404(request, uuid)
    seen = request.POST.get("version", "")
    try:
        return _done(
            request,
            uuid,
            lambda: drafting.remove(
                uuid, key=key, seen=int(seen) if seen.isdigit() else 0, at=timezone.now(), by=request.actor
            ),
        )
    except Conflict as conflict:
        return frame.show_conflict(request, opened, conflict, title=_("Remove"))


@require_http_methods(["GET", "POST"])
@open_to(frame.workers)
def keep_template(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """Keep goals and actions as a template of the institution."""
    opened = frame.opened_or_404(request, uuid)
    form = NameForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        starting.keep_as_template(uuid, name=form.cleaned_data["name"], at=timezone.now(), by=request.actor)
        notices.success(request, _("The template can be chosen when a plan is begun."))
        return redirect("plans:plan", uuid)
    return frame.show_form(
        request,
        opened,
        form,
        title=_("Keep as a template"),
        lede=_("Goals and actions are kept; the problem, people, papers and amounts are not."),
        action_label=_("Keep"),
    )


def _found(find: Callable[[], Any]) -> Any:
    try:
        return find()
    except NoSuchThing as error:
        raise Http404 from error


def _without_version(given: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in given.items() if name != "version"}


def _section(
    request: ActorRequest,
    opened: reading.OpenedPlan,
    form: forms.Form,
    save: Callable[[dict[str, Any]], Any],
    *,
    title: str,
    **more: Any,
) -> HttpResponse:
    """A section's form: saved, refused, or shown beside what somebody else saved meanwhile."""
    if request.method == "POST" and form.is_valid():
        try:
            save(form.cleaned_data)
        except Conflict as conflict:
            return frame.show_conflict(request, opened, conflict, title=title)
        except PlanError as error:
            frame.refuse(form, error)
        else:
            notices.success(request, _("Saved."))
            return redirect("plans:draft", opened.plan.uuid)
    back = reverse("plans:draft", args=[opened.plan.uuid])
    return frame.show_form(request, opened, form, title=title, action_label=_("Save"), back=back, **more)


def _done(request: ActorRequest, uuid: UUID, act: Callable[[], Any]) -> HttpResponse:
    """Do it, or say why not; then the draft again."""
    try:
        act()
    except PlanError as error:
        notices.warning(request, messages.message_for(error))
    else:
        notices.success(request, _("Saved."))
    return redirect("plans:draft", uuid)
