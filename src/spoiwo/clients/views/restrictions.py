"""Hiding a client from all but named colleagues."""

from http import HTTPStatus
from uuid import UUID

from django.contrib import messages as notices
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from spoiwo.clients import messages, policies
from spoiwo.clients.errors import ClientsError, NoSuchRecord, NoSuchRestriction
from spoiwo.clients.forms import LiftForm, ReadersForm, RestrictionForm
from spoiwo.clients.queries import restricting as queries
from spoiwo.clients.queries.restricting import RestrictionLine
from spoiwo.clients.querysets import OVERSEERS, READERS
from spoiwo.clients.services import restricting
from spoiwo.institutions import queries as institutions
from spoiwo.toolkit.conflicts import Conflict
from spoiwo.toolkit.doors import ActorRequest, holders_of, open_to

everybody_concerned = holders_of(*READERS, *OVERSEERS)
overseers = holders_of(*OVERSEERS)


@require_GET
@open_to(everybody_concerned)
def restrictions(request: ActorRequest) -> HttpResponse:
    """Standing restrictions: all of them for those who watch over the register, for others those that name them."""
    lines = queries.restrictions_of(request.actor, timezone.localdate())
    context = {
        "lines": lines,
        "labels": messages.RESTRICTION_LABELS,
        "may_change": policies.may_change_restrictions(request.actor),
    }
    return render(request, "clients/restrictions.html", context)


@require_http_methods(["GET", "POST"])
@open_to(everybody_concerned)
def restrict(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """Hide a client."""
    record = policies.restrictable(request.actor).filter(uuid=uuid).first()
    if record is None:
        raise Http404
    standing = queries.restriction_on(request.actor, record.pk)
    if standing is not None:
        return redirect("clients:restrictions")
    form = RestrictionForm(
        request.POST if request.method == "POST" else None,
        staff=_staff(request),
        initial={"readers": [request.actor.user_id]},
    )
    if form.is_bound and form.is_valid():
        try:
            restricting.restrict_client(
                record_uuid=uuid,
                kind=form.chosen_kind,
                reason=form.cleaned_data["reason"],
                readers=form.cleaned_data["readers"],
                until=form.cleaned_data["until"],
                by=request.actor,
            )
        except NoSuchRecord:
            raise Http404 from None
        except ClientsError as error:
            form.add_error(None, messages.message_for(error))
        else:
            notices.success(request, _("The person is hidden from everybody but the people named."))
            return redirect("clients:restrictions")
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    return render(request, "clients/restrict.html", {"form": form, "record": record}, status=status)


@require_http_methods(["GET", "POST"])
@open_to(overseers)
def readers(request: ActorRequest, restriction_id: int) -> HttpResponse:
    """Say anew who may see a hidden client."""
    line = _found(request, restriction_id)
    named = [reader.user_id for reader in line.restriction.readers.all()]
    form = ReadersForm(
        request.POST if request.method == "POST" else None,
        staff=_staff(request),
        initial={
            "readers": named,
            "until": line.restriction.until,
            "version": line.restriction.version,
        },
    )
    if form.is_bound and form.is_valid():
        try:
            restricting.change_readers(
                restriction_id=restriction_id,
                readers=form.cleaned_data["readers"],
                until=form.cleaned_data["until"],
                version=form.cleaned_data["version"],
                by=request.actor,
            )
        except Conflict as conflict:
            return _conflict(request, line, conflict)
        except ClientsError as error:
            form.add_error(None, messages.message_for(error))
        else:
            notices.success(request, _("Saved: who may see this person."))
            return redirect("clients:restrictions")
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    context = {
        "form": form,
        "line": line,
        "label": messages.RESTRICTION_LABELS[line.restriction.kind],
        "reason": queries.reason_of(line),
    }
    return render(request, "clients/restriction_readers.html", context, status=status)


@require_http_methods(["GET", "POST"])
@open_to(overseers)
def lift(request: ActorRequest, restriction_id: int) -> HttpResponse:
    """Show a hidden client again."""
    line = _found(request, restriction_id)
    form = LiftForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            restricting.lift_restriction(
                restriction_id=restriction_id, reason=form.cleaned_data["reason"], by=request.actor
            )
        except NoSuchRestriction:
            raise Http404 from None
        except ClientsError as error:
            form.add_error(None, messages.message_for(error))
        else:
            notices.success(request, _("The restriction is over. The person is seen as before."))
            return redirect("clients:restrictions")
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    return render(request, "clients/restriction_lift.html", {"form": form, "line": line}, status=status)


def _found(request: ActorRequest, restriction_id: int) -> RestrictionLine:
    line = queries.restriction(request.actor, restriction_id, timezone.localdate())
    if line is None:
        raise Http404
    return line


def _staff(request: ActorRequest) -> list[tuple[int, str]]:
    return list(institutions.staff_of(request.actor.institution_id).items())


def _conflict(request: ActorRequest, line: RestrictionLine, conflict: Conflict) -> HttpResponse:
    """Both values side by side; saving one's own sends them again with the new version."""
    staff = dict(_staff(request))
    labels = {"readers": _("Who may see this person"), "until": _("Until")}
    rows = [
        {
            "label": labels[one.field],
            "yours": _in_words(one.yours, staff),
            "saved": _in_words(one.saved, staff),
        }
        for one in conflict.differences
        if one.yours != one.saved
    ]
    kept = [
        (key, value)
        for key, values in request.POST.lists()
        if key in {"readers", "until"}
        for value in values
    ]
    context = {
        "line": line,
        "conflicts": rows,
        "kept": kept,
        "version": conflict.version,
        "saved_by": _("Another person"),
        "saved_at": timezone.now(),
    }
    return render(request, "clients/restriction_conflict.html", context, status=HTTPStatus.CONFLICT)


def _in_words(value: object, staff: dict[int, str]) -> str:
    if isinstance(value, list):
        return ", ".join(staff.get(user, "?") for user in value)
    return str(value or "")
