"""What the pages of plans share: the door, finding a plan, putting the look on record, forms, conflicts."""

from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any
from uuid import UUID

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from spoiwo.institutions import queries as institutions
from spoiwo.plans import messages, policies
from spoiwo.plans.errors import PlanError
from spoiwo.plans.models import PlanVersion
from spoiwo.plans.queries import reading
from spoiwo.plans.queries.reading import OpenedPlan
from spoiwo.plans.rules import content as texts
from spoiwo.plans.services import log
from spoiwo.plans.tables import wording
from spoiwo.plans.types import Content
from spoiwo.toolkit.conflicts import Conflict
from spoiwo.toolkit.doors import ActorRequest

PAGE_SIZE = 25
workers = policies.works_with_plans
NOT_KEPT = {"csrfmiddlewaretoken", "version", "overwrite"}


def opened_or_404(request: ActorRequest, uuid: UUID) -> OpenedPlan:
    """The plan; what is out of reach looks like what does not exist."""
    found = reading.open_plan(request.actor, uuid, day=timezone.localdate())
    if found is None:
        raise Http404
    return found


def draft_or_404(request: ActorRequest, uuid: UUID) -> tuple[OpenedPlan, PlanVersion, Content]:
    """The plan with the version that is being written or signed."""
    opened = opened_or_404(request, uuid)
    if opened.under_way is None:
        raise Http404
    return opened, opened.under_way, texts.content_of(opened.under_way.content)


def show(
    request: ActorRequest, opened: OpenedPlan, template: str, context: Mapping[str, Any], *, status: int = 200
) -> HttpResponse:
    """A page that shows a plan; the last thing done is putting the look on record, or nothing is answered."""
    response = render(request, template, {"opened": opened, "plan": opened.plan, **context}, status=status)
    record(request, opened)
    return response


def record(request: ActorRequest, opened: OpenedPlan) -> None:
    """Put a look at the plan on record."""
    version = opened.current or opened.under_way
    log.record_view(
        opened.plan,
        person=opened.person,
        purpose=opened.purpose,
        legal_basis=opened.legal_basis,
        owners=opened.others,
        digest=bytes.fromhex(version.fingerprint) if version else b"",
        request_id=request.id,
        by=request.actor,
    )


def show_form(
    request: ActorRequest,
    opened: OpenedPlan,
    form: forms.Form,
    *,
    title: str,
    action_label: str,
    **context: Any,
) -> HttpResponse:
    """A page with one form about a plan. Optional: lede, back (address), remove (key), danger."""
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    given = {
        "form": form,
        "title": title,
        "action_label": action_label,
        "back": reverse("plans:plan", args=[opened.plan.uuid]),
        "crumbs": crumbs(opened, title),
        **context,
    }
    return show(request, opened, "plans/form.html", given, status=status)


def show_conflict(
    request: ActorRequest, opened: OpenedPlan, conflict: Conflict, *, title: str
) -> HttpResponse:
    """Both values beside each other; nothing was saved."""
    context = {
        "title": title,
        "crumbs": crumbs(opened, title),
        "conflicts": [
            {
                "label": messages.FIELD_NAMES[one.field],
                "yours": wording.value_words(one.field, one.yours, opened.badges),
                "saved": wording.value_words(one.field, one.saved, opened.badges),
            }
            for one in conflict.differences
        ],
        "saved_by": institutions.full_name(conflict.saved_by_user_id) or _("Somebody else"),
        "saved_at": conflict.saved_at,
        "reload_url": request.path,
        "version": conflict.version,
        "kept": [
            (key, value) for key, values in request.POST.lists() if key not in NOT_KEPT for value in values
        ],
    }
    return show(request, opened, "plans/conflict.html", context, status=HTTPStatus.CONFLICT)


def refuse(form: forms.Form, error: PlanError) -> None:
    """Say on the form why nothing was saved."""
    form.add_error(None, messages.message_for(error))


def crumbs(opened: OpenedPlan, title: str) -> Sequence[tuple[str, str]]:
    """Where the page lies."""
    return [
        (_("Plans"), reverse("plans:list")),
        (wording.plan_title(opened), reverse("plans:plan", args=[opened.plan.uuid])),
        (title, ""),
    ]


def parties(opened: OpenedPlan) -> list[tuple[int, str]]:
    """Parties to choose from."""
    return [(pk, badge.name) for pk, badge in opened.badges.items()]


def staff(opened: OpenedPlan) -> list[tuple[int, str]]:
    """Workers of all parties to choose from, by account."""
    return [
        (user, f"{name} ({badge.name})")
        for pk, badge in opened.badges.items()
        for user, name in institutions.staff_of(pk).items()
    ]
