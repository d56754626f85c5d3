"""The supervisor's desk: what waits, unusual looks, emergency access to review."""

from http import HTTPStatus
from uuid import UUID

from django.contrib import messages as notices
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from spoiwo.access import messages as access_messages
from spoiwo.access import queries as access
from spoiwo.access.errors import AccessError, NoSuchEmergency
from spoiwo.access.types import Verdict
from spoiwo.institutions import queries as institutions
from spoiwo.oversight import messages, queries, services, tables
from spoiwo.oversight.errors import NoSuchFinding, OversightError
from spoiwo.oversight.forms import DecisionForm, FindingFilterForm, VerdictForm
from spoiwo.oversight.policies import overseers
from spoiwo.oversight.queries import watching
from spoiwo.toolkit.doors import ActorRequest, open_to

PAGE_SIZE = 25


@require_GET
@open_to(overseers)
def desk(request: ActorRequest) -> HttpResponse:
    """How much of what waits."""
    return render(request, "oversight/desk.html", {"desk": watching.desk_of(request.actor, timezone.now())})


@require_GET
@open_to(overseers)
def findings(request: ActorRequest) -> HttpResponse:
    """Unusual looks; what came since the last examination is examined first."""
    services.watch(request.actor.institution_id)
    form = FindingFilterForm(request.GET)
    found = watching.findings_of(request.actor, **form.wanted())
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
    rows = list(page.object_list)
    names = watching.names_for(request.actor, rows)
    context = {"filters": form, "page": page, "lines": tables.finding_lines(rows, names)}
    response = render(request, "oversight/findings.html", context)
    services.record_reading(
        count=len(rows),
        shown=response.content,
        request_id=request.id,
        exported=False,
        by=request.actor,
        what="findings",
    )
    return response


@require_http_methods(["GET", "POST"])
@open_to(overseers)
def finding(request: ActorRequest, finding_id: int) -> HttpResponse:
    """One of them: what it rests on, and the decision about it."""
    found = watching.finding(request.actor, finding_id)
    if found is None:
        raise Http404
    form = DecisionForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        decide = (
            services.make_incident if form.cleaned_data["outcome"] == "incident" else services.dismiss_finding
        )
        try:
            made = decide(finding_id=finding_id, reason=form.cleaned_data["reason"], by=request.actor)
        except NoSuchFinding:
            raise Http404 from None
        except OversightError as error:
            form.add_error(None, messages.message_for(error))
        else:
            notices.success(request, _("Your decision is on record."))
            return redirect("oversight:incident", made.pk) if made else redirect("oversight:findings")
    (line,) = tables.finding_lines([found], watching.names_for(request.actor, [found]))
    context = {
        "form": form,
        "line": line,
        "own": watching.is_own(request.actor, found),
        "decided_by": institutions.full_name(found.decided_by_user_id),
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    return render(request, "oversight/finding.html", context, status=status)


@require_GET
@open_to(overseers)
def emergencies(request: ActorRequest) -> HttpResponse:
    """Emergency access of own staff, and what other institutions opened of the own clients."""
    page = Paginator(access.emergencies_of(request.actor), PAGE_SIZE).get_page(request.GET.get("page"))
    strangers = list(watching.emergencies_of_others(request.actor)[:PAGE_SIZE])
    context = {
        "page": page,
        "rows": tables.emergency_lines(page.object_list, institutions.staff_of(request.actor.institution_id)),
        "strangers": tables.lines(strangers, queries.vocabulary(request.actor, strangers)),
        "now": timezone.now(),
    }
    return render(request, "oversight/emergencies.html", context)


@require_http_methods(["GET", "POST"])
@open_to(overseers)
def emergency(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """One of them: why, what it opened, and whether it was justified."""
    found = access.emergency(request.actor, uuid)
    if found is None:
        raise Http404
    form = VerdictForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            _reviewed, made = services.review_emergency(
                uuid=uuid,
                verdict=Verdict(form.cleaned_data["verdict"]),
                note=form.cleaned_data["note"],
                now=timezone.now(),
                by=request.actor,
            )
        except NoSuchEmergency:
            raise Http404 from None
        except AccessError as error:
            form.add_error(None, access_messages.message_for(error))
        except OversightError as error:
            form.add_error(None, messages.message_for(error))
        else:
            notices.success(request, _("The review is on record."))
            return redirect("oversight:incident", made.pk) if made else redirect("oversight:emergencies")
    return _emergency_page(request, found, form)


def _emergency_page(request: ActorRequest, found: access.Emergency, form: VerdictForm) -> HttpResponse:
    """Reading what was opened is on record, too."""
    records = list(watching.opened_by(request.actor, found))
    (row,) = tables.emergency_lines([found], institutions.staff_of(request.actor.institution_id))
    context = {
        "form": form,
        "emergency": found,
        "row": row,
        "own": found.user_id == request.actor.user_id,
        "over": found.ends_at <= timezone.now(),
        "reviewer": institutions.full_name(found.reviewed_by_user_id),
        "lines": tables.lines(records, queries.vocabulary(request.actor, records)),
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    response = render(request, "oversight/emergency.html", context, status=status)
    services.record_reading(
        count=len(records),
        shown=response.content,
        request_id=request.id,
        exported=False,
        by=request.actor,
        what=f"emergency:{found.uuid}",
    )
    return response
