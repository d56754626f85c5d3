"""The monitoring plan: programmes, trees, calendars."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.contrib import messages as notices
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from spoiwo.institutions import queries as institutions
from spoiwo.monitoring import policies, queries
from spoiwo.monitoring.errors import ProgrammeNotFound
from spoiwo.monitoring.forms.plans import CollectionForm, ObjectiveForm, ProgrammeForm, WatchForm
from spoiwo.monitoring.models import Programme
from spoiwo.monitoring.queries import plans
from spoiwo.monitoring.services import programmes
from spoiwo.monitoring.tables.cards import name_of
from spoiwo.monitoring.tables.plans import calendar_rows, progress_picture, tree_rows
from spoiwo.monitoring.types import State
from spoiwo.toolkit.doors import ActorRequest, open_to


@require_GET
@open_to(policies.may_read)
def plan_list(request: ActorRequest) -> HttpResponse:
    """All programmes."""
    context = {"programmes": plans.programmes(request.actor), "may_write": policies.may_write(request.actor)}
    return render(request, "monitoring/plans.html", context)


@require_http_methods(["GET", "POST"])
@open_to(policies.may_write)
def new_plan(request: ActorRequest) -> HttpResponse:
    """A new programme."""
    form = ProgrammeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        made = programmes.begin_programme(**form.cleaned_data, by=request.actor)
        return redirect("monitoring:plan", made.pk)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    return render(request, "monitoring/plan_form.html", {"form": form}, status=status)


@require_GET
@open_to(policies.may_read)
def plan(request: ActorRequest, pk: int) -> HttpResponse:
    """A programme: its tree with progress, its calendar with what is late."""
    found = _found(request, pk)
    return _plan_page(request, found, {})


@require_POST
@open_to(policies.may_write)
def add_objective(request: ActorRequest, pk: int) -> HttpResponse:
    """An objective more."""
    found = _kept(request, pk)
    form = ObjectiveForm(request.POST, objectives=_objectives(found))

    def add() -> None:
        data = form.cleaned_data
        programmes.add_objective(programme_id=pk, name=data["name"], above_id=data["above"], by=request.actor)

    return _done(request, found, {"objective_form": form}, add)


@require_POST
@open_to(policies.may_write)
def watch(request: ActorRequest, pk: int) -> HttpResponse:
    """An indicator for an objective."""
    found = _kept(request, pk)
    form = WatchForm(request.POST, objectives=_objectives(found), indicators=_indicators(request))

    def add() -> None:
        data = form.cleaned_data
        programmes.watch_objective(
            programme_id=pk,
            objective_id=data["objective"],
            indicator_id=data["indicator"],
            by=request.actor,
        )

    return _done(request, found, {"watch_form": form}, add)


@require_POST
@open_to(policies.may_write)
def add_collection(request: ActorRequest, pk: int) -> HttpResponse:
    """Data that somebody has to deliver."""
    found = _kept(request, pk)
    form = CollectionForm(
        request.POST, owners=institutions.open_institutions(), indicators=_indicators(request)
    )

    def add() -> None:
        data = form.cleaned_data
        programmes.plan_collection(
            programme_id=pk,
            what=data["what"],
            period=data["period"],
            owner_id=data["owner"],
            due_on=data["due_on"],
            indicator_id=data["indicator"],
            by=request.actor,
        )

    return _done(request, found, {"collection_form": form}, add)


@require_POST
@open_to(policies.may_read)
def delivered(request: ActorRequest, pk: int, collection: int) -> HttpResponse:
    """The data came in."""
    _found(request, pk)
    try:
        programmes.mark_delivered(collection_id=collection, day=timezone.localdate(), by=request.actor)
    except ProgrammeNotFound:
        raise Http404 from None
    notices.success(request, _("The data are noted as delivered."))
    return redirect("monitoring:plan", pk)


def _done(
    request: ActorRequest, found: Programme, forms: dict[str, Any], add: Callable[[], None]
) -> HttpResponse:
    (form,) = forms.values()
    if not form.is_valid():
        return _plan_page(request, found, forms)
    add()
    return redirect("monitoring:plan", found.pk)


def _plan_page(request: ActorRequest, found: Programme, forms: dict[str, Any]) -> HttpResponse:
    day = timezone.localdate()
    branches = plans.tree(found)
    may_change = found.institution_id == request.actor.institution_id and policies.may_write(request.actor)
    context: dict[str, Any] = {
        "programme": found,
        "tree": tree_rows(branches),
        "progress": progress_picture(found.name, branches),
        "calendar": calendar_rows(plans.collections(found), day, request.actor, may_change=may_change),
        "may_change": may_change,
        "years": range(found.first_year, min(found.last_year, day.year) + 1),
    }
    if may_change:
        objectives = _objectives(found)
        context["objective_form"] = ObjectiveForm(objectives=objectives)
        if objectives:
            context["watch_form"] = WatchForm(objectives=objectives, indicators=_indicators(request))
        context["collection_form"] = CollectionForm(
            owners=institutions.open_institutions(), indicators=_indicators(request)
        )
    status = HTTPStatus.UNPROCESSABLE_ENTITY if forms else HTTPStatus.OK
    return render(request, "monitoring/plan.html", context | forms, status=status)


def _found(request: ActorRequest, pk: int) -> Programme:
    found = plans.programme(request.actor, pk)
    if found is None:
        raise Http404
    return found


def _kept(request: ActorRequest, pk: int) -> Programme:
    found = _found(request, pk)
    if found.institution_id != request.actor.institution_id:
        raise Http404
    return found


def _objectives(found: Programme) -> list[tuple[int, str]]:
    return [
        (branch.objective.pk, f"{'– ' * branch.depth}{branch.objective.name}") for branch in plans.tree(found)
    ]


def _indicators(request: ActorRequest) -> list[tuple[int, str]]:
    rows = queries.listed_cards(request.actor)
    return [
        (row.version.indicator_id, name_of(row.version))
        for row in rows
        if row.version.state == State.APPROVED
    ]
