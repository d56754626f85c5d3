"""Lists of plans: all plans, plans to hand over, the plan of a client."""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from spoiwo.audit.types import Action
from spoiwo.clients.queries import own_records
from spoiwo.plans import messages
from spoiwo.plans.forms.plans import FilterForm
from spoiwo.plans.models import JointPlan
from spoiwo.plans.queries import acting, leaving, reading
from spoiwo.plans.queries.reading import PlanRow
from spoiwo.plans.services import log
from spoiwo.plans.views import frame
from spoiwo.toolkit import sheets
from spoiwo.toolkit.doors import ActorRequest, open_to

MOST_EXPORTED = 10_000


@require_GET
@open_to(frame.workers)
def today(request: ActorRequest) -> HttpResponse:  # noqa: ARG001
    """Where plans of the day were before they joined the page of the day."""
    return redirect("portal:home")


@require_GET
@open_to(frame.workers)
def plan_list(request: ActorRequest) -> HttpResponse:
    """Plans of the own institution."""
    form = FilterForm(request.GET or None)
    page = Paginator(_found(request, form), frame.PAGE_SIZE).get_page(request.GET.get("page"))
    rows = reading.rows_of(request.actor, page.object_list, today=timezone.localdate())
    context = {
        "form": form,
        "page": page,
        "rows": rows,
        "sort": request.GET.get("sort", ""),
        "is_filtered": bool(request.GET.get("state") or request.GET.get("mine")),
        "closed": acting.hand_overs(request.actor, day=timezone.localdate()),
        "left": len(leaving.left_actions(request.actor, day=timezone.localdate())),
        "employment": reading.effectiveness(request.actor),
    }
    template = "plans/_rows.html" if request.htmx else "plans/list.html"
    response = render(request, template, context)
    response["Vary"] = "HX-Request"
    _record(request, [row.plan for row in rows])
    return response


@require_GET
@open_to(frame.workers)
def export(request: ActorRequest, file_type: str) -> HttpResponse:
    """The list, filtered as on screen, as a file."""
    if file_type not in {"csv", "xlsx"}:
        raise Http404
    found = list(_found(request, FilterForm(request.GET or None))[:MOST_EXPORTED])
    rows = reading.rows_of(request.actor, found, today=timezone.localdate())
    response = _file("plany", file_type, _("Plans"), _header(), [_cells(row) for row in rows])
    _record(request, found, Action.EXPORT)
    return response


@require_GET
@open_to(frame.workers)
def hand_over(request: ActorRequest) -> HttpResponse:
    """Own sides of plans that an ended agreement has closed, and actions whose worker has gone."""
    day = timezone.localdate()
    left = leaving.left_actions(request.actor, day=day)
    context = {"closed": acting.hand_overs(request.actor, day=day), "left": left, "day": day}
    response = render(request, "plans/hand_over.html", context)
    _record(request, {one.waiting.plan.pk: one.waiting.plan for one in left}.values())
    return response


@require_GET
@open_to(frame.workers)
def hand_over_file(request: ActorRequest, file_type: str) -> HttpResponse:
    """What is to be handed over as a file, an action a line; plans without open actions have a line of their own."""
    if file_type not in {"csv", "xlsx"}:
        raise Http404
    closed = acting.hand_overs(request.actor, day=timezone.localdate())
    header = [_("Number"), _("Last name"), _("First name"), _("Number in the register")]
    header += [_("What is to be done"), _("Due on")]
    cells = [
        [*_who(one), action.text if action else "", action.due_on if action else None]
        for one in closed
        for action in one.actions or (None,)
    ]
    response = _file("do-przekazania", file_type, _("What to hand over"), header, cells)
    log.record_own(request.actor, "list:plans-to-hand-over", count=len(closed), action=Action.EXPORT)
    return response


@require_GET
@open_to(frame.workers)
def of_client(request: ActorRequest, record: UUID) -> HttpResponse:
    """The plan of an own client, as a part of the client's page."""
    own = own_records.own_record(request.actor, record)
    if own is None:
        raise Http404
    plan = reading.plan_of_client(request.actor, record)
    rows = reading.rows_of(request.actor, [plan] if plan else [], today=timezone.localdate())
    context = {"record": record, "row": rows[0] if rows else None}
    template = "plans/_of_client.html" if request.htmx else "plans/of_client.html"
    response = render(request, template, context)
    response["Vary"] = "HX-Request"
    _record(request, [plan] if plan else [])
    return response


def _found(request: ActorRequest, form: FilterForm) -> QuerySet[Any]:
    wanted = form.cleaned_data if form.is_bound and form.is_valid() else {}
    return reading.plans(
        request.actor,
        state=wanted.get("state", ""),
        mine=wanted.get("mine", False),
        sort=request.GET.get("sort", ""),
    )


def _record(request: ActorRequest, plans: Iterable[JointPlan], action: Action = Action.LIST_CLIENTS) -> None:
    """Nothing is recorded when nobody was named."""
    shown = list(plans)
    if not shown:
        return
    others = Counter(reading.other_parties(request.actor, shown))
    log.record_list(
        request.actor, served_by=dict(others), plans=len(shown), action=action, request_id=request.id
    )


def _file(
    name: str, file_type: str, title: str, header: Sequence[str], cells: Iterable[Sequence[object]]
) -> HttpResponse:
    if file_type == "csv":
        content, kind = sheets.csv_file(header, cells), sheets.CSV_TYPE
    else:
        content, kind = sheets.xlsx_file(title, header, cells), sheets.XLSX_TYPE
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{name}.{file_type}"'
    return response


def _who(one: acting.HandOver) -> list[object]:
    if one.name is None:
        return [one.number, "", "", ""]
    return [one.number, one.name.last_name, one.name.first_name, one.name.local_id]


def _header() -> list[str]:
    return [
        _("Number"),
        _("Last name"),
        _("First name"),
        _("Standing"),
        _("Together with"),
        _("Begins on"),
        _("Ends on"),
        _("Next review"),
        _("Overdue actions"),
    ]


def _cells(row: PlanRow) -> list[object]:
    return [
        row.plan.number,
        row.name.last_name if row.name else "",
        row.name.first_name if row.name else "",
        messages.STATE_NAMES[row.plan.state],
        ", ".join(badge.name for badge in row.others),
        row.plan.starts_on,
        row.plan.ends_on,
        row.review_on,
        row.overdue,
    ]
