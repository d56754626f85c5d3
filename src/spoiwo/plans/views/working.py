"""Actions, reviews, contacts, non-compliance, employment: what is written down while a plan is carried out."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages as notices
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from spoiwo.plans import messages
from spoiwo.plans.errors import PlanError
from spoiwo.plans.forms.work import (
    ContactForm,
    EmploymentForm,
    EvidenceForm,
    NonComplianceForm,
    OutcomeForm,
    RemarkForm,
    ReviewForm,
)
from spoiwo.plans.models import Action
from spoiwo.plans.queries import agendas, reading
from spoiwo.plans.queries.reading import OpenedPlan
from spoiwo.plans.rules.employment import MONTHS
from spoiwo.plans.services import reviewing, running
from spoiwo.plans.tables import wording
from spoiwo.plans.types import ActionState
from spoiwo.plans.views import frame
from spoiwo.projects.queries import support_for
from spoiwo.projects.types import SupportState
from spoiwo.toolkit.doors import ActorRequest, open_to


@require_POST
@open_to(frame.workers)
def done(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """Write an action down as done today, with one click."""
    row = _action_or_404(request, uuid)
    try:
        running.finish_action(
            uuid,
            outcome=ActionState.DONE,
            on=timezone.localdate(),
            result="",
            at=timezone.now(),
            day=timezone.localdate(),
            by=request.actor,
        )
    except PlanError as error:
        notices.warning(request, messages.message_for(error))
    else:
        notices.success(request, _("Done: %(action)s.") % {"action": row.text})
    return redirect(_next(request) or reverse("plans:plan", args=[row.plan.uuid]))


@require_POST
@open_to(frame.workers)
def take_over(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """Go on with an action that somebody who has gone left behind."""
    row = _action_or_404(request, uuid)
    try:
        running.take_over_action(uuid, at=timezone.now(), day=timezone.localdate(), by=request.actor)
    except PlanError as error:
        notices.warning(request, messages.message_for(error))
    else:
        notices.success(request, _("Taken over: %(action)s.") % {"action": row.text})
    return redirect(_next(request) or reverse("plans:plan", args=[row.plan.uuid]))


@require_http_methods(["GET", "POST"])
@open_to(frame.workers)
def outcome(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """What came of an action, with the day and the reason."""
    row = _action_or_404(request, uuid)
    form = OutcomeForm(request.POST or None, initial={"on": timezone.localdate()})
    return _write(
        request,
        frame.opened_or_404(request, row.plan.uuid),
        form,
        lambda given: running.finish_action(
            uuid, **given, at=timezone.now(), day=timezone.localdate(), by=request.actor
        ),
        title=_("What came of the action"),
        lede=row.text,
    )


@require_POST
@open_to(frame.workers)
def begin(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """Write down that an action is under way."""
    row = _action_or_404(request, uuid)
    try:
        running.begin_action(uuid, at=timezone.now(), by=request.actor)
    except PlanError as error:
        notices.warning(request, messages.message_for(error))
    else:
        notices.success(request, _("Saved."))
    return redirect("plans:plan", row.plan.uuid)


@require_http_methods(["GET", "POST"])
@open_to(frame.workers)
def evidence(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """Add what proves an action."""
    row = _action_or_404(request, uuid)
    opened = frame.opened_or_404(request, row.plan.uuid)
    given_by_project = _of_project(request, opened, row)
    form = EvidenceForm(
        request.POST or None, support=[(ref, text) for ref, (text, _done) in given_by_project.items()]
    )

    def save(given: dict[str, Any]) -> None:
        ref = given.get("of_project", "")
        words, is_over = given_by_project.get(ref, ("", False))
        running.add_evidence(
            uuid,
            text="; ".join(part for part in (words, given["text"]) if part)[:500],
            ref=ref,
            done=is_over,
            at=timezone.now(),
            day=timezone.localdate(),
            by=request.actor,
        )

    return _write(request, opened, form, save, title=_("Add evidence"), lede=row.text)


def _of_project(request: ActorRequest, opened: OpenedPlan, row: Action) -> dict[str, tuple[str, bool]]:
    """Ref -> (words, whether it was completed) of what the project that pays for the action gave to the person."""
    if not row.project:
        return {}
    found = support_for(request.actor, record=opened.own.record.uuid, project=row.project)
    return {
        f"project-support:{one.uuid}": (wording.support_words(one), one.state == SupportState.DONE)
        for one in found
    }


@require_http_methods(["GET", "POST"])
@open_to(frame.workers)
def review(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """Hold the review that is due; the agenda is prepared."""
    opened = frame.opened_or_404(request, uuid)
    if opened.review is None:
        raise Http404
    today = timezone.localdate()
    return _write(
        request,
        opened,
        ReviewForm(request.POST or None, initial={"held_on": today}),
        lambda given: reviewing.hold_review(uuid, **given, at=timezone.now(), day=today, by=request.actor),
        title=_("Review of the plan"),
        agenda=agendas.agenda_of(opened.plan, today=today),
    )


@require_http_methods(["GET", "POST"])
@open_to(frame.workers)
def contact(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """Write a contact with the person down."""
    opened = frame.opened_or_404(request, uuid)
    today = timezone.localdate()
    return _write(
        request,
        opened,
        ContactForm(request.POST or None, initial={"on": today}),
        lambda given: reviewing.note_contact(uuid, **given, at=timezone.now(), day=today, by=request.actor),
        title=_("Contact with the person"),
    )


@require_http_methods(["GET", "POST"])
@open_to(frame.workers)
def non_compliance(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """Write down that the person did not keep to the plan."""
    opened = frame.opened_or_404(request, uuid)
    form = NonComplianceForm(
        request.POST or None,
        actions=[(str(one.uuid), one.text) for one in opened.actions],
        initial={"on": timezone.localdate()},
    )
    return _write(
        request,
        opened,
        form,
        lambda given: reviewing.note_non_compliance(
            uuid,
            action=UUID(given["action"]) if given["action"] else None,
            on=given["on"],
            text=given["text"],
            evidence=given["evidence"],
            at=timezone.now(),
            by=request.actor,
        ),
        title=_("Non-compliance"),
        lede=_(
            "An entry can have legal effect. It cannot be changed later; the person's statement and corrections"
            " are added to it."
        ),
    )


@require_http_methods(["GET", "POST"])
@open_to(frame.workers)
def remark(request: ActorRequest, entry: UUID) -> HttpResponse:
    """Add a statement of the person, a correction, or that the entry is taken back."""
    found = reading.non_compliance(request.actor, entry)
    if found is None:
        raise Http404
    return _write(
        request,
        frame.opened_or_404(request, found.plan.uuid),
        RemarkForm(request.POST or None),
        lambda given: reviewing.add_remark(entry, **given, at=timezone.now(), by=request.actor),
        title=_("Add to the entry"),
        lede=found.text,
    )


@require_http_methods(["GET", "POST"])
@open_to(frame.workers)
def employment(request: ActorRequest, uuid: UUID, months: int) -> HttpResponse:
    """Write down whether the person works after the plan."""
    opened = frame.opened_or_404(request, uuid)
    if opened.plan.closed_on is None or months not in MONTHS:
        raise Http404
    return _write(
        request,
        opened,
        EmploymentForm(request.POST or None),
        lambda given: reviewing.check_employment(
            uuid, months=months, **given, at=timezone.now(), day=timezone.localdate(), by=request.actor
        ),
        title=_("Employment after the plan"),
        lede=_("%(months)s months after the plan was completed.") % {"months": months},
    )


def _action_or_404(request: ActorRequest, uuid: UUID) -> Action:
    row = reading.action(request.actor, uuid)
    if row is None:
        raise Http404
    return row


def _next(request: ActorRequest) -> str:
    """Where the click came from, inside the product."""
    wanted = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(wanted, allowed_hosts={request.get_host()})
    return wanted if safe else ""


def _write(
    request: ActorRequest,
    opened: OpenedPlan,
    form: forms.Form,
    save: Callable[[dict[str, Any]], Any],
    *,
    title: str,
    **more: Any,
) -> HttpResponse:
    """A form that writes something down: saved, or said why not."""
    if request.method == "POST" and form.is_valid():
        try:
            save(form.cleaned_data)
        except PlanError as error:
            frame.refuse(form, error)
        else:
            notices.success(request, _("Saved."))
            return redirect("plans:plan", opened.plan.uuid)
    return frame.show_form(request, opened, form, title=title, action_label=_("Save"), **more)
