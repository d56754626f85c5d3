"""Cards for those who keep them: building, dry run, approval."""

from http import HTTPStatus

from django.contrib import messages as notices
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from spoiwo.institutions import queries as institutions
from spoiwo.monitoring import messages, policies, queries, services
from spoiwo.monitoring.errors import CardNotFound, MonitoringError
from spoiwo.monitoring.forms.cards import CardForm, initial_of
from spoiwo.monitoring.models import IndicatorVersion
from spoiwo.monitoring.queries.catalogue import measures_in, offered_measures
from spoiwo.monitoring.services import runs
from spoiwo.monitoring.services.trying import coarser, dry_run
from spoiwo.monitoring.tables.cards import card_lines, different_lines, name_of
from spoiwo.monitoring.tables.figures import change_rows, crossing_rows, places_of
from spoiwo.monitoring.types import State, Step
from spoiwo.toolkit.conflicts import Conflict
from spoiwo.toolkit.doors import ActorRequest, open_to

LONGEST_LIST = 200


@require_http_methods(["GET", "POST"])
@open_to(policies.may_write)
def new(request: ActorRequest) -> HttpResponse:
    """A new card."""
    start = {"levels": ["2", "4"], "missing": "skip", "protects": "persons", "multiplier": "1"}
    form = CardForm(request.POST or None, initial=start, measures=offered_measures())
    if request.method == "POST" and form.is_valid():
        try:
            version = services.draft_card(form.draft(), at=timezone.now(), by=request.actor)
        except MonitoringError as error:
            form.add_error(None, messages.message_for(error))
        else:
            return redirect("monitoring:version", version.indicator.code, version.number)
    return _form(request, form, None)


@require_POST
@open_to(policies.may_write)
def ready(request: ActorRequest) -> HttpResponse:
    """Take the ready cards over, or approve those that a colleague has taken over."""
    if request.POST.get("step") == Step.APPROVE:
        run = runs.ask_to_approve_ready(at=timezone.now(), by=request.actor)
        return redirect("monitoring:publishing", run.pk)
    count = services.take_ready(at=timezone.now(), by=request.actor)
    told = ngettext(
        "%(n)s ready card waits for approval by another person.",
        "%(n)s ready cards wait for approval by another person.",
        count,
    )
    notices.success(request, told % {"n": count})
    return redirect("monitoring:list")


@require_http_methods(["GET", "POST"])
@open_to(policies.may_write)
def edit(request: ActorRequest, code: str, number: int) -> HttpResponse:
    """Change a draft."""
    version = _own(request, code, number)
    form = CardForm(
        request.POST or None, initial=initial_of(version), measures=offered_measures(measures_in(version))
    )
    if request.method == "POST" and form.is_valid():
        try:
            services.redraft(
                version_id=version.pk,
                draft=form.draft(),
                edit_version=form.cleaned_data["edit_version"] or 0,
                at=timezone.now(),
                by=request.actor,
            )
        except CardNotFound:
            raise Http404 from None
        except Conflict as conflict:
            return _conflict(request, form, version, conflict)
        except MonitoringError as error:
            form.add_error(None, messages.message_for(error))
        else:
            return redirect("monitoring:version", code, number)
    return _form(request, form, version)


@require_GET
@open_to(policies.may_write)
def version(request: ActorRequest, code: str, number: int) -> HttpResponse:
    """One version with its dry run: which published figures it would change."""
    found = _own(request, code, number)
    measures = queries.measures()
    current = queries.versions_of(request.actor, code).filter(state=State.APPROVED).first()
    context = {
        "card": found,
        "name": name_of(found),
        "lines": card_lines(found, measures, with_people=True),
        "different": different_lines(current, found, measures) if current and current != found else [],
        "is_own_work": found.drafted_by_user_id == request.actor.user_id,
    }
    if found.state in {State.DRAFT, State.REVIEW}:
        try:
            changes = dry_run(found)
        except MonitoringError as error:
            context["refusal"] = messages.message_for(error)
        else:
            context |= {
                "changes": change_rows(changes[:LONGEST_LIST], timezone.localdate(), places_of(found)),
                "count": len(changes),
                "crossings": crossing_rows(coarser(found)),
            }
    return render(request, "monitoring/version.html", context)


@require_POST
@open_to(policies.may_write)
def revise(request: ActorRequest, code: str) -> HttpResponse:
    """Begin the next version."""
    found = queries.versions_of(request.actor, code).first()
    if found is None:
        raise Http404
    try:
        made = services.revise(indicator_id=found.indicator_id, at=timezone.now(), by=request.actor)
    except CardNotFound:
        raise Http404 from None
    except MonitoringError as error:
        notices.warning(request, messages.message_for(error))
        return redirect("monitoring:card", code)
    return redirect("monitoring:edit", code, made.number)


@require_POST
@open_to(policies.may_write)
def publish(request: ActorRequest, code: str) -> HttpResponse:
    """Publish the approved card over what has been reported since."""
    found = queries.versions_of(request.actor, code).first()
    if found is None:
        raise Http404
    try:
        made = services.publish_again(indicator_id=found.indicator_id, at=timezone.now(), by=request.actor)
    except CardNotFound:
        raise Http404 from None
    except MonitoringError as error:
        notices.warning(request, messages.message_for(error))
    else:
        notices.success(request, _("Publication %(n)s is out.") % {"n": made.number})
    return redirect("monitoring:card", code)


@require_POST
@open_to(policies.may_write)
def step(request: ActorRequest, code: str, number: int) -> HttpResponse:
    """Send for approval, take back, approve, retire."""
    found = _own(request, code, number)
    try:
        wanted = Step(request.POST.get("step", ""))
    except ValueError:
        raise Http404 from None
    try:
        services.take_step(version_id=found.pk, step=wanted, at=timezone.now(), by=request.actor)
    except MonitoringError as error:
        notices.warning(request, messages.message_for(error))
        return redirect("monitoring:version", code, number)
    notices.success(request, _DONE[wanted]())
    if wanted in {Step.APPROVE, Step.RETIRE}:
        return redirect("monitoring:card", code)
    return redirect("monitoring:version", code, number)


_DONE = {
    Step.SEND: lambda: _("The version waits for approval by another person."),
    Step.TAKE_BACK: lambda: _("The version is a draft again."),
    Step.APPROVE: lambda: _("The card is approved and its figures are published."),
    Step.RETIRE: lambda: _("The card is retired. Its figures stay on this page."),
}


def _own(request: ActorRequest, code: str, number: int) -> IndicatorVersion:
    versions = queries.versions_of(request.actor, code)
    found = versions.filter(number=number, indicator__institution_id=request.actor.institution_id).first()
    if found is None:
        raise Http404
    return found


def _conflict(
    request: ActorRequest, form: CardForm, version: IndicatorVersion, conflict: Conflict
) -> HttpResponse:
    """Both states beside each other; sending the form again saves the reader's."""
    form.data = {**request.POST.dict(), "levels": request.POST.getlist("levels")}
    form.data = form.data | {"edit_version": str(conflict.version)}
    context = {
        "form": form,
        "card": version,
        "conflict": conflict,
        "saved_by": institutions.full_name(conflict.saved_by_user_id) or _("Somebody"),
        "saved_lines": card_lines(version, queries.measures()),
    }
    return render(request, "monitoring/form.html", context, status=HTTPStatus.CONFLICT)


def _form(request: ActorRequest, form: CardForm, version: IndicatorVersion | None) -> HttpResponse:
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    return render(request, "monitoring/form.html", {"form": form, "card": version}, status=status)
