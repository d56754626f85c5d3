"""The page of a plan, its journal, its versions, and its steps as a whole."""

from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages as notices
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from spoiwo.plans import messages
from spoiwo.plans.errors import PlanError
from spoiwo.plans.forms.plans import StepForm
from spoiwo.plans.models import EmploymentCheck
from spoiwo.plans.queries import agendas, journal, reading
from spoiwo.plans.queries.reading import OpenedPlan
from spoiwo.plans.rules import content as texts
from spoiwo.plans.rules import differences, employment, steps
from spoiwo.plans.services import running
from spoiwo.plans.tables import picture, wording
from spoiwo.plans.types import Content, PlanState, Step
from spoiwo.plans.views import frame
from spoiwo.toolkit.doors import ActorRequest, open_to

CONTACTS_SHOWN = 5
JOURNAL_PAGE = 50


@require_GET
@open_to(frame.workers)
def numbered(request: ActorRequest, number: str) -> HttpResponse:
    """A plan that is known by its number, as other papers name it."""
    found = reading.plan_numbered(request.actor, number)
    if found is None:
        raise Http404
    return redirect("plans:plan", found.uuid)


@require_GET
@open_to(frame.workers)
def plan(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """A plan that is in force, with what became of it; before that the draft."""
    opened = frame.opened_or_404(request, uuid)
    if opened.current is None and opened.under_way is not None:
        return redirect("plans:draft", uuid)
    today = timezone.localdate()
    held = reading.reviews_of(opened.plan)
    dates = [one.held_on for one in held if one.held_on]
    context = {
        "title": wording.name_of(opened),
        "state": messages.STATE_NAMES[opened.plan.state],
        "tone": messages.TONES[PlanState(opened.plan.state)],
        "goals": wording.goal_rows(
            opened,
            institution=request.actor.institution_id,
            today=today,
            evidence=reading.evidence_of(opened.plan),
        ),
        "sum": texts.support_in_all(opened.content),
        "progress": agendas.progress_of(opened.actions, today=today),
        "papers": wording.paper_rows(opened.content, opened.badges),
        "workers": wording.worker_rows(opened.content, opened.badges),
        "steps": [(one, messages.STEP_NAMES[one]) for one in steps.possible(PlanState(opened.plan.state))],
        "is_active": opened.plan.state == PlanState.ACTIVE,
        "may_change": opened.current is not None and opened.under_way is None and not opened.plan.closed_on,
        "late_review": bool(opened.review and opened.review.due_on < today),
        "picture": picture.picture(opened, reviews=dates + ([opened.review.due_on] if opened.review else [])),
        "summary": picture.summary(opened),
        "reviews": held,
        "contacts": list(reading.contacts_of(opened.plan)[:CONTACTS_SHOWN]),
        "entries": reading.non_compliance_of(opened.plan),
        "diagnoses": reading.diagnoses_of(opened.plan),
        "events": [(messages.EVENT_NAMES[one.kind], one) for one in journal.newest(opened.plan)],
        "employment": _employment(opened, today),
        "code": wording.short_code(opened.current.fingerprint) if opened.current else "",
    }
    return frame.show(request, opened, "plans/plan.html", context)


def _employment(opened: OpenedPlan, today: date) -> list[tuple[int, date, EmploymentCheck | None, bool]]:
    """(months after the plan, the day, what was found, whether it can be asked) of a plan that was completed."""
    if opened.plan.state != PlanState.COMPLETED or opened.plan.closed_on is None:
        return []
    checks = reading.employment_of(opened.plan)
    due = employment.due_days(opened.plan.closed_on)
    return [(months, on, checks.get(months), on <= today) for months, on in due.items()]


@require_GET
@open_to(frame.workers)
def log_of(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """The plan's journal, page by page."""
    opened = frame.opened_or_404(request, uuid)
    kind = request.GET.get("kind", "")
    chosen = kind if kind in dict(messages.EVENT_NAMES) else ""
    page = Paginator(journal.events(opened.plan, kind=chosen), JOURNAL_PAGE).get_page(request.GET.get("page"))
    context = {
        "title": _("Journal of the plan"),
        "crumbs": frame.crumbs(opened, _("Journal of the plan")),
        "page": page,
        "events": [(messages.EVENT_NAMES[one.kind], one) for one in page.object_list],
        "kinds": list(messages.EVENT_NAMES.items()),
        "chosen": chosen,
    }
    return frame.show(request, opened, "plans/journal.html", context)


@require_GET
@open_to(frame.workers)
def versions(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """All versions, who signed them, and what each says differently from the one before."""
    opened = frame.opened_or_404(request, uuid)
    rows: list[dict[str, Any]] = []
    before: Content | None = None
    for one in reading.versions_of(opened.plan):
        content = texts.content_of(one.content)
        changes = differences.changes(before, content) if before else []
        before_it_came = opened.plan.signed_before if one.number == 1 else None
        signatures = wording.signature_rows(one, content, opened.badges, signed_before=before_it_came)
        rows.append(
            {
                "version": one,
                "state": messages.VERSION_NAMES[one.state],
                "code": wording.short_code(one.fingerprint),
                "changes": wording.change_rows(changes, opened.badges),
                "signatures": signatures,
                "has_scan": signatures[-1].has_signed and before_it_came is None,
            }
        )
        if one.agreed_at:
            before = content
    context = {
        "title": _("Versions and signatures"),
        "crumbs": frame.crumbs(opened, _("Versions and signatures")),
        "rows": rows[::-1],
    }
    return frame.show(request, opened, "plans/versions.html", context)


@require_http_methods(["GET", "POST"])
@open_to(frame.workers)
def step(request: ActorRequest, uuid: UUID, step_code: str) -> HttpResponse:
    """Begin, suspend, resume, complete or discontinue."""
    opened = frame.opened_or_404(request, uuid)
    if step_code not in set(Step):
        raise Http404
    wanted = Step(step_code)
    form = StepForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            _take(request, uuid, wanted, form.cleaned_data["reason"])
        except PlanError as error:
            frame.refuse(form, error)
        else:
            notices.success(request, _("Saved."))
            return redirect("plans:plan", uuid)
    return frame.show_form(
        request,
        opened,
        form,
        title=str(messages.STEP_NAMES[wanted]),
        lede=str(messages.STEP_WORDS[wanted]),
        action_label=str(messages.STEP_NAMES[wanted]),
        danger=wanted is Step.DISCONTINUE,
    )


def _take(request: ActorRequest, uuid: UUID, wanted: Step, reason: str) -> None:
    running.take_step(
        uuid, step=wanted, reason=reason, at=timezone.now(), day=timezone.localdate(), by=request.actor
    )
