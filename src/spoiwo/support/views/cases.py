"""Support cases."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages as notices
from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from spoiwo.support import messages
from spoiwo.support.errors import SupportError
from spoiwo.support.forms.work import CaseForm, CaseStageForm, DeMinimisForm, DocumentForm, PromiseForm
from spoiwo.support.queries import finding, histories, listing, work
from spoiwo.support.services import cases
from spoiwo.support.types import CaseStage
from spoiwo.support.views import frame
from spoiwo.toolkit.doors import ActorRequest, open_to
from spoiwo.toolkit.templatetags.spoiwo import pl_date


@require_GET
@open_to(frame.keepers)
def case_list(request: ActorRequest) -> HttpResponse:
    """Support cases of the centre."""
    page = frame.page_of(request, work.cases(request.actor))
    shown = frame.Listing(
        title=_("Support cases"),
        lede=_("What recipients are after, what was promised to them, and what came of it."),
        columns=[(_("Number"), False), (_("For whom"), False), (_("Goal"), False), (_("Standing"), False)],
        empty_title=_("No cases yet"),
        empty_text=_("Open a case for somebody whom you support for longer than one talk."),
        actions=[frame.Action(_("Open a support case"), reverse("support:add_case"))],
        count_words=ngettext("%(n)s case", "%(n)s cases", page.paginator.count) % {"n": page.paginator.count},
    )
    rows = [
        [
            frame.link(one.number, "case", one.uuid),
            str(finding.recipient_row(one)),
            one.goal,
            frame.tag(messages.CASE_STAGE_NAMES[one.stage], messages.TONES[one.stage]),
        ]
        for one in page.object_list
    ]
    return frame.show_list(request, shown, page, rows)


@require_http_methods(["GET", "POST"])
@open_to(frame.keepers)
def add_case(request: ActorRequest) -> HttpResponse:
    """Open a case."""
    initial = {"recipient": request.GET.get("recipient", ""), "opened_on": timezone.localdate()}
    form = CaseForm(request.POST or None, actor=request.actor, initial=initial)
    if request.method == "POST" and form.is_valid():
        made = cases.open_case(**form.cleaned_data, by=request.actor)
        notices.success(request, _("The case is open."))
        return redirect("support:case", made.uuid)
    return frame.show_form(
        request,
        form,
        title=_("Open a support case"),
        action_label=_("Open the case"),
        cancel_url=reverse("support:cases"),
        suggestions=finding.suggestions(request.actor),
    )


@require_GET
@open_to(frame.keepers)
def case(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """A case with its promises, what was done, and de minimis aid."""
    return _page(request, uuid)


@require_POST
@open_to(frame.keepers)
def move(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """Move a case on, or close it."""
    form = CaseStageForm(request.POST, prefix="stage")
    return _act(
        request, uuid, form, lambda entered: cases.move_case(uuid, **_stage(entered), by=request.actor)
    )


@require_POST
@open_to(frame.keepers)
def promise(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """Write a promise down."""
    form = PromiseForm(request.POST, prefix="promise")
    return _act(request, uuid, form, lambda entered: cases.promise(uuid, **entered, by=request.actor))


@require_POST
@open_to(frame.keepers)
def keep(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """Write down that a promise was kept; uuid of the promise."""
    try:
        step = cases.keep_promise(uuid, done_on=timezone.localdate(), by=request.actor)
    except SupportError as error:
        raise Http404 from error
    notices.success(request, _("The promise is kept."))
    return redirect("support:case", step.case.uuid)


@require_POST
@open_to(frame.keepers)
def de_minimis(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """Write de minimis aid down."""
    form = DeMinimisForm(request.POST, prefix="aid")
    return _act(
        request, uuid, form, lambda entered: cases.grant_de_minimis(uuid, **entered, by=request.actor)
    )


@require_POST
@open_to(frame.keepers)
def add_document(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """Keep a file with a case."""
    form = DocumentForm(request.POST, request.FILES, prefix="document")
    return _act(
        request,
        uuid,
        form,
        lambda entered: cases.add_document(
            uuid, name=entered["file"].name, content=entered["file"].read(), by=request.actor
        ),
    )


@require_GET
@open_to(frame.keepers)
def document(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """A file of a case."""
    try:
        name, content = cases.read_document(uuid, by=request.actor)
    except SupportError as error:
        raise Http404 from error
    return frame.kept_file(name, content)


@require_http_methods(["GET", "POST"])
@open_to(frame.keepers)
def remove_document(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """Take a file off a case, after a question."""
    row = work.document(request.actor, uuid)
    if row is None:
        raise Http404
    form = Form(request.POST or None)
    if request.method == "POST":
        try:
            cases.remove_document(uuid, by=request.actor)
        except SupportError as error:
            notices.warning(request, messages.message_for(error))
        else:
            notices.success(request, _("The file is gone."))
        return redirect("support:case", row.case.uuid)
    context = {
        "form": form,
        "question": _("Take this file off the case?"),
        "about": row.name,
        "consequence": _("The file is deleted and cannot be brought back."),
        "action_label": _("Delete the file"),
        "cancel_url": reverse("support:case", args=[row.case.uuid]),
        "danger": True,
    }
    return render(request, "support/confirm.html", context)


def _stage(entered: dict[str, Any]) -> dict[str, Any]:
    closing = entered["stage"] is CaseStage.CLOSED
    day = entered["closed_on"] or timezone.localdate()
    return {"stage": entered["stage"], "closed_on": day if closing else None, "outcome": entered["outcome"]}


def _act(request: ActorRequest, uuid: UUID, form: Any, act: Callable[[dict[str, Any]], Any]) -> HttpResponse:
    if work.cases(request.actor).filter(uuid=uuid).first() is None:
        raise Http404
    if form.is_valid():
        try:
            act(form.cleaned_data)
        except SupportError as error:
            frame.refuse(form, error)
        else:
            notices.success(request, _("Saved."))
            return redirect("support:case", uuid)
    return _page(request, uuid, form)


def _page(request: ActorRequest, uuid: UUID, given: Any = None) -> HttpResponse:
    row = work.cases(request.actor).filter(uuid=uuid).first()
    if row is None:
        raise Http404
    blank = {
        "stage": CaseStageForm(prefix="stage"),
        "promise": PromiseForm(prefix="promise"),
        "aid": DeMinimisForm(prefix="aid"),
        "document": DocumentForm(prefix="document"),
    }
    if given is not None:
        blank[given.prefix] = given
    recipient = finding.recipient_row(row)
    context = {
        "case": row,
        "recipient": recipient,
        "recipient_label": finding.found_of(recipient).label,
        "stage": messages.CASE_STAGE_NAMES[row.stage],
        "steps": row.steps.order_by("done_on", "due_on", "pk"),
        "next_step": work.next_step(row),
        "documents": work.documents(request.actor, row),
        "history": [(one.day, messages.case_moment(one)) for one in histories.of_case(row, request.actor)],
        "aid": row.de_minimis.order_by("granted_on", "pk"),
        "deliveries": listing.deliveries(request.actor, listing.Wanted()).filter(case=row),
        "is_open": row.stage != CaseStage.CLOSED,
        "forms": blank,
        "form": given,
        "crumbs": [
            (_("Support cases"), reverse("support:cases")),
            (f"{row.number}, {pl_date(row.opened_on)}", ""),
        ],
    }
    return render(request, "support/case.html", context, status=422 if given is not None else 200)
