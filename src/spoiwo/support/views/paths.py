"""Support paths: incubation and others."""

import json
from typing import Any
from uuid import UUID

from django.contrib import messages as notices
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from spoiwo.support import messages
from spoiwo.support.errors import SupportError
from spoiwo.support.forms.templates import TemplateForm
from spoiwo.support.forms.work import LeaveForm, PathForm, StageForm
from spoiwo.support.models import Path
from spoiwo.support.queries import finding, listing, work
from spoiwo.support.services import paths
from spoiwo.support.types import PathState, RecipientKind
from spoiwo.support.views import frame
from spoiwo.toolkit.doors import ActorRequest, may_open, open_to
from spoiwo.toolkit.templatetags.spoiwo import pl_date


@require_GET
@open_to(frame.keepers)
def path_list(request: ActorRequest) -> HttpResponse:
    """Paths of the centre."""
    page = frame.page_of(request, work.paths(request.actor))
    shown = frame.Listing(
        title=_("Paths"),
        lede=_(
            "Incubation and other support that goes stage by stage. A stage is passed when its checklist is done."
        ),
        columns=[(_("For whom"), False), (_("Path"), False), (_("Since"), False), (_("Standing"), False)],
        empty_title=_("No paths yet"),
        empty_text=_("Set a group of people or a local government on a path."),
        actions=[
            frame.Action(_("Begin a path"), reverse("support:begin_path")),
            frame.Action(_("Kinds of paths"), reverse("support:templates")),
        ],
        count_words=ngettext("%(n)s path", "%(n)s paths", page.paginator.count) % {"n": page.paginator.count},
    )
    rows = [
        [
            frame.link(finding.recipient_row(one), "path", one.uuid),
            messages.named(work.plan_of(one)),
            pl_date(one.opened_on),
            frame.tag(messages.PATH_STATE_NAMES[one.state], messages.TONES[one.state]),
        ]
        for one in page.object_list
    ]
    return frame.show_list(request, shown, page, rows)


@require_http_methods(["GET", "POST"])
@open_to(frame.keepers)
def begin_path(request: ActorRequest) -> HttpResponse:
    """Set a recipient on a path."""
    form = PathForm(
        request.POST or None,
        actor=request.actor,
        templates=[(pk, messages.named(plan)) for pk, plan in work.templates()],
        initial={"opened_on": timezone.localdate(), "recipient": request.GET.get("recipient", "")},
    )
    if request.method == "POST" and form.is_valid():
        try:
            made = paths.begin_path(**form.cleaned_data, by=request.actor)
        except SupportError as error:
            frame.refuse(form, error)
        else:
            notices.success(request, _("The path has begun."))
            return redirect("support:path", made.uuid)
    return frame.show_form(
        request,
        form,
        title=_("Begin a path"),
        action_label=_("Begin"),
        cancel_url=reverse("support:paths"),
        suggestions=finding.suggestions(request.actor),
    )


@require_GET
@open_to(frame.keepers)
def path(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """A path with its stages and checklists."""
    return _page(request, _found(request, uuid))


@require_POST
@open_to(frame.keepers)
def tick(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """Write down which lines of a stage's checklist are done."""
    _found(request, uuid)
    stage = request.POST.get("stage", "")
    try:
        for check in request.POST.getlist("check"):
            paths.tick(uuid, stage=stage, check=check, done_on=timezone.localdate(), by=request.actor)
    except SupportError as error:
        notices.warning(request, messages.message_for(error))
    else:
        notices.success(request, _("Saved."))
    return redirect("support:path", uuid)


@require_POST
@open_to(frame.keepers)
def pass_stage(request: ActorRequest, uuid: UUID, stage: str) -> HttpResponse:
    """Pass a stage."""
    row = _found(request, uuid)
    form = StageForm(request.POST, actor=request.actor, prefix=stage)
    if form.is_valid():
        try:
            paths.pass_stage(uuid, stage=stage, **form.cleaned_data, by=request.actor)
        except SupportError as error:
            frame.refuse(form, error)
        else:
            notices.success(request, _("The stage is passed."))
            return redirect("support:path", uuid)
    return _page(request, row, form)


@require_http_methods(["GET", "POST"])
@open_to(frame.keepers)
def leave(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """End a path early."""
    row = _found(request, uuid)
    form = LeaveForm(request.POST or None, initial={"on": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        try:
            paths.leave_path(uuid, **form.cleaned_data, by=request.actor)
        except SupportError as error:
            frame.refuse(form, error)
        else:
            notices.success(request, _("The path has ended."))
            return redirect("support:path", uuid)
    return frame.show_form(
        request,
        form,
        title=_("End the path early"),
        lede=str(finding.recipient_row(row)),
        action_label=_("End the path"),
        cancel_url=reverse("support:path", args=[uuid]),
    )


@require_http_methods(["GET", "POST"])
@open_to(frame.keepers)
def templates(request: ActorRequest) -> HttpResponse:
    """Kinds of paths, and a new one from a description."""
    form = TemplateForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            paths.add_template(form.cleaned_data["plan"], by=request.actor)
        except SupportError as error:
            frame.refuse(form, error)
        else:
            notices.success(request, _("The new kind of path can be begun."))
            return redirect("support:templates")
    known = [
        {"plan": plan, "text": json.dumps(_plain(plan), ensure_ascii=False, indent=1)}
        for _pk, plan in work.templates()
    ]
    context = {
        "form": form,
        "templates": known,
        "crumbs": [(_("Paths"), reverse("support:paths")), (_("Kinds of paths"), "")],
    }
    return render(request, "support/templates.html", context, status=422 if form.errors else 200)


def _found(request: ActorRequest, uuid: UUID) -> Path:
    row = work.path(request.actor, uuid)
    if row is None:
        raise Http404
    return row


def _page(request: ActorRequest, row: Path, given: Any = None) -> HttpResponse:
    plan = work.plan_of(row)
    stages = []
    for one in work.stages_of(row):
        code = one.stage.code
        form = given if given is not None and given.prefix == code else None
        stages.append(
            {
                "now": one,
                "form": form
                or StageForm(actor=request.actor, prefix=code, initial={"passed_on": timezone.localdate()}),
                "asks_entity": code == paths.FOUNDING,
                "asks_plans": any(check.code == "joint-plans" for check, _on in one.checks),
            }
        )
    recipient = finding.recipient_row(row)
    context = {
        "path": row,
        "plan": plan,
        "recipient": recipient,
        "recipient_label": finding.found_of(recipient).label,
        "joint_plans": _joint_plans(request, row),
        "state": messages.PATH_STATE_NAMES[row.state],
        "is_open": row.state == PathState.OPEN,
        "stages": stages,
        "deliveries": listing.deliveries(request.actor, listing.Wanted()).filter(path=row)[:50],
        "form": given,
        "suggestions": finding.suggestions(request.actor, kinds=(RecipientKind.ENTITY,)),
        "crumbs": [(_("Paths"), reverse("support:paths")), (str(recipient), "")],
    }
    return render(request, "support/path.html", context, status=422 if given is not None else 200)


def _joint_plans(request: ActorRequest, row: Path) -> list[tuple[str, str]]:
    """(number, address) of the candidates' joint plans; the address is empty for those who work with no plans."""
    numbers = row.plan_refs.replace(",", " ").replace(";", " ").split()
    addresses = [reverse("plans:numbered", args=[number]) for number in numbers]
    return [
        (number, address if may_open(request.actor, address) else "")
        for number, address in zip(numbers, addresses, strict=True)
    ]


def _plain(plan: Any) -> dict[str, Any]:
    """A plan as it is written in a description."""
    return {
        "code": plan.code,
        "name_pl": plan.name_pl,
        "name_en": plan.name_en,
        "recipient": plan.recipient.value,
        "stages": [
            {
                "code": stage.code,
                "name_pl": stage.name_pl,
                "name_en": stage.name_en,
                "after": list(stage.after),
                "months_after": stage.months_after,
                "checks": [
                    {"code": one.code, "name_pl": one.name_pl, "name_en": one.name_en} for one in stage.checks
                ],
            }
            for stage in plan.stages
        ],
    }
