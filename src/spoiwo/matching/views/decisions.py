"""Identity decisions of the own institution: the list, taking back, and splitting a client.

Who works with people may part a client and take that back; all else is for reviewers.
"""

from typing import Any
from uuid import UUID

from django.contrib import messages as notices
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from spoiwo.clients.errors import (
    AlreadyUndone,
    DecisionOvertaken,
    KeptApart,
    NoSuchDecision,
    NoSuchRecord,
    NothingToSplit,
)
from spoiwo.clients.queries import own_records
from spoiwo.clients.types import DecisionKind
from spoiwo.institutions import queries as institutions
from spoiwo.kernel.actor import Actor
from spoiwo.matching import messages
from spoiwo.matching.policies import may_take_back
from spoiwo.matching.queries import reviewing
from spoiwo.matching.services import deciding
from spoiwo.toolkit.doors import ActorRequest, holders_of, open_to

PAGE_SIZE = 25
reviewers = holders_of("reviewer")
workers = holders_of("case_worker", "reviewer")


@require_GET
@open_to(reviewers)
def decisions(request: ActorRequest) -> HttpResponse:
    """Links, splits and partings about own records, newest first."""
    page = Paginator(own_records.decisions(request.actor), PAGE_SIZE).get_page(request.GET.get("page"))
    rows = list(page.object_list)
    own = {row.pk: _own_record(row, request.actor) for row in rows}
    names = own_records.own_names(request.actor, [pk for pk in own.values() if pk])
    staff = institutions.staff_of(request.actor.institution_id)
    context = {
        "page": page,
        "rows": [
            {
                "decision": row,
                "name": names.get(own[row.pk] or 0),
                "what": _what(row.kind),
                "how": messages.rule_name(row.rule),
                "who": _who(row, request.actor, staff),
                "may_undo": row.undone_at is None and may_take_back(request.actor, row),
            }
            for row in rows
        ],
    }
    return render(request, "matching/decisions.html", context)


@require_http_methods(["GET", "POST"])
@open_to(workers)
def undo(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """Take a decision back, after a question."""
    row = own_records.decisions(request.actor).filter(pk=uuid).first()
    if row is None or not may_take_back(request.actor, row) or not _is_in_area(row, request.actor):
        raise Http404
    back = _place_of_decisions(request.actor, row)
    if request.method == "GET":
        context = {
            "question": _("Take this decision back?"),
            "about": f"{_what(row.kind)}: {_name_of(_own_record(row, request.actor), request.actor)}",
            "consequence": _(
                "Everything returns to what it was before the decision. A link that is undone waits for an answer"
                " as a proposal; records that were parted become one person again."
            ),
            "action_label": _("Take back"),
            "cancel_url": back,
        }
        return render(request, "matching/confirm.html", context)
    try:
        deciding.undo(decision=uuid, by=request.actor)
    except NoSuchDecision as error:
        raise Http404 from error
    except (AlreadyUndone, DecisionOvertaken, KeptApart) as error:
        notices.warning(request, messages.message_for(error))
    else:
        notices.success(request, _("The decision has been taken back."))
    return redirect(back)


@require_http_methods(["GET", "POST"])
@open_to(workers)
def split(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """Part an own client from everybody it was linked with, after a question."""
    record = own_records.own_record(request.actor, uuid)
    if record is None or not reviewing.is_in_area(request.actor, record.pk):
        raise Http404
    client_url = reverse("clients:client", args=[uuid])
    if request.method == "GET":
        context = {
            "question": _("Is this not the same person?"),
            "about": _name_of(record.pk, request.actor),
            "consequence": _(
                "The client is parted from the records of other institutions. Neither side sees the other's data"
                " about this person from now on, and the records are not linked again automatically."
            ),
            "action_label": _("Part the records"),
            "cancel_url": client_url,
        }
        return render(request, "matching/confirm.html", context)
    try:
        decision = deciding.split_client(record=uuid, by=request.actor)
    except NoSuchRecord as error:
        raise Http404 from error
    except NothingToSplit as error:
        notices.warning(request, messages.message_for(error))
    else:
        link = '{} <a class="govuk-notification-banner__link" href="{}">{}</a>'
        undo_url = reverse("matching:undo", args=[decision])
        notices.success(
            request, format_html(link, _("The records have been parted."), undo_url, _("Take back"))
        )
    return redirect(client_url)


def _place_of_decisions(actor: Actor, row: Any) -> str:
    """Where somebody goes from a decision: reviewers to the list, others to the client they parted."""
    if actor.has_any("reviewer"):
        return reverse("matching:decisions")
    return reverse("clients:client", args=[row.left_record.uuid])


def _own_record(row: Any, actor: Actor) -> int | None:
    for record in (row.left_record, row.right_record):
        if record is not None and record.institution_id == actor.institution_id:
            return int(record.pk)
    return None


def _is_in_area(row: Any, actor: Actor) -> bool:
    own = _own_record(row, actor)
    return own is not None and reviewing.is_in_area(actor, own)


def _name_of(record: int | None, actor: Actor) -> str:
    """Whom a question is about, so that nobody confirms it for the wrong person."""
    name = own_records.own_names(actor, [record]).get(record) if record else None
    return f"{name.first_name} {name.last_name}, {name.local_id}" if name else "–"


def _what(kind: str) -> str:
    return {
        DecisionKind.LINK: _("Same person"),
        DecisionKind.SPLIT: _("Parted"),
        DecisionKind.APART: _("Different people"),
    }[DecisionKind(kind)]


def _who(row: Any, actor: Actor, staff: dict[int, str]) -> str:
    if not row.decided_by_user_id:
        return _("automatically")
    if row.institution_acting_id == actor.institution_id:
        return staff.get(row.decided_by_user_id, _("a former worker"))
    return _("the other institution")
