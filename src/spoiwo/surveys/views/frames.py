"""Whom a survey asks: the frame, one unit, entry by staff, outcomes, values known beforehand."""

from http import HTTPStatus
from uuid import UUID

from django.contrib import messages as notices
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from spoiwo.institutions.types import Kind
from spoiwo.surveys import messages, policies
from spoiwo.surveys.errors import NotFound, SurveysError
from spoiwo.surveys.forms import KnownValuesForm, OutcomeForm, RegisterForm, UnitForm
from spoiwo.surveys.models import FrameUnit, Survey
from spoiwo.surveys.models.rounds import OUTCOME_CHOICES
from spoiwo.surveys.queries import catalogue
from spoiwo.surveys.services import deciding, frames, links
from spoiwo.surveys.types import Outcome, Reason, Source, Step
from spoiwo.surveys.views.surveys import found
from spoiwo.toolkit.doors import ActorRequest, open_to

PAGE_SIZE = 50


@require_GET
@open_to(policies.may_see_surveys)
def frame(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """Everybody who is asked, with what became of them."""
    return _frame_page(request, found(request.actor, uuid))


@require_POST
@open_to(policies.may_build)
def take_from_register(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """Add institutions of the register."""
    survey = found(request.actor, uuid)
    form = RegisterForm(request.POST)
    if not form.is_valid():
        return _frame_page(request, survey, register_form=form)
    try:
        count = frames.take_from_register(
            survey_id=survey.pk,
            kinds=[Kind(kind) for kind in form.cleaned_data["kinds"]],
            area=form.cleaned_data["area"],
            day=timezone.localdate(),
            by=request.actor,
        )
    except SurveysError as error:
        form.add_error(None, messages.message_for(error))
        return _frame_page(request, survey, register_form=form)
    told = ngettext("%(n)s institution was added.", "%(n)s institutions were added.", count)
    notices.success(request, told % {"n": count})
    return redirect("surveys:frame", uuid)


@require_POST
@open_to(policies.may_build)
def add_unit(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """Add somebody by name."""
    survey = found(request.actor, uuid)
    form = UnitForm(request.POST)
    if form.is_valid():
        try:
            frames.add_units(survey_id=survey.pk, units=[form.unit()], by=request.actor)
        except SurveysError as error:
            form.add_error(None, messages.message_for(error))
        else:
            return redirect("surveys:frame", uuid)
    return _frame_page(request, survey, unit_form=form)


@require_POST
@open_to(policies.may_build)
def remove_unit(request: ActorRequest, uuid: UUID, unit_uuid: UUID) -> HttpResponse:
    """Take somebody off the list before the survey opens."""
    survey = found(request.actor, uuid)
    unit_ = _unit(request, survey, unit_uuid)
    try:
        frames.remove_unit(survey_id=survey.pk, unit_id=unit_.pk, by=request.actor)
    except SurveysError as error:
        notices.warning(request, messages.message_for(error))
    return redirect("surveys:frame", uuid)


@require_GET
@open_to(policies.may_see_surveys)
def unit(request: ActorRequest, uuid: UUID, unit_uuid: UUID) -> HttpResponse:
    """One of those asked."""
    survey = found(request.actor, uuid)
    return _unit_page(request, survey, _unit(request, survey, unit_uuid))


@require_POST
@open_to(policies.may_build)
def settle(request: ActorRequest, uuid: UUID, unit_uuid: UUID) -> HttpResponse:
    """Say why somebody will not answer."""
    survey = found(request.actor, uuid)
    unit_ = _unit(request, survey, unit_uuid)
    form = OutcomeForm(request.POST)
    if form.is_valid():
        try:
            deciding.settle_unit(
                survey_id=survey.pk,
                unit_id=unit_.pk,
                outcome=Outcome(form.cleaned_data["outcome"]),
                reason=Reason(form.cleaned_data["reason"]),
                by=request.actor,
            )
        except SurveysError as error:
            form.add_error(None, messages.message_for(error))
        else:
            notices.success(request, _("The outcome is saved."))
            return redirect("surveys:unit", uuid, unit_uuid)
    return _unit_page(request, survey, unit_, form)


@require_POST
@open_to(policies.may_enter)
def enter(request: ActorRequest, uuid: UUID, unit_uuid: UUID) -> HttpResponse:
    """Write an answer down from the telephone or from paper; the source stays on record."""
    survey = found(request.actor, uuid)
    unit_ = _unit(request, survey, unit_uuid)
    source = request.POST.get("source", "")
    if source not in {Source.PHONE, Source.PAPER} or survey.anonymous:
        raise Http404
    token = links.link_for_unit(unit_, source=Source(source), user_id=request.actor.user_id)
    return redirect(links.path_of(token))


@require_http_methods(["GET", "POST"])
@open_to(policies.may_build)
def known_values(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """Values from official forms, for filling in beforehand."""
    survey = found(request.actor, uuid)
    form = KnownValuesForm(request.POST or None, request.FILES or None)
    refused: list[tuple[int, str, str]] = []
    if request.method == "POST" and form.is_valid():
        try:
            text = form.cleaned_data["file"].read().decode("utf-8-sig")
            taken, refused = frames.take_known_values(
                survey_id=survey.pk,
                text=text,
                known_from=form.cleaned_data["known_from"],
                day=timezone.localdate(),
                by=request.actor,
            )
        except UnicodeDecodeError:
            form.add_error("file", _("The letters cannot be read. Save the file as CSV UTF-8."))
        except NotFound:
            raise Http404 from None
        else:
            told = ngettext("Values of %(n)s unit were taken.", "Values of %(n)s units were taken.", taken)
            notices.success(request, told % {"n": taken})
            if not refused:
                return redirect("surveys:frame", uuid)
    context = {"survey": survey, "form": form, "refused": refused[:100], "refused_count": len(refused)}
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return render(request, "surveys/known_values.html", context, status=status)


def _unit(request: ActorRequest, survey: Survey, unit_uuid: UUID) -> FrameUnit:
    found_ = catalogue.unit(request.actor, survey, unit_uuid)
    if found_ is None:
        raise Http404
    return found_


def _frame_page(
    request: ActorRequest,
    survey: Survey,
    register_form: RegisterForm | None = None,
    unit_form: UnitForm | None = None,
) -> HttpResponse:
    outcome, text = request.GET.get("wynik", ""), request.GET.get("q", "").strip()[:80]
    rows = catalogue.units(request.actor, survey, outcome=outcome, text=text)
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    may_change = survey.step == Step.PLANNED and policies.may_build(request.actor)
    context = {
        "survey": survey,
        "page": page,
        "rows": list(page),
        "outcomes": OUTCOME_CHOICES,
        "outcome": outcome,
        "text": text,
        "may_change": may_change,
        "may_build": policies.may_build(request.actor),
        "register_form": register_form or RegisterForm(),
        "unit_form": unit_form or UnitForm(),
        "form": register_form or unit_form,
    }
    refused = register_form or unit_form
    status = HTTPStatus.UNPROCESSABLE_ENTITY if refused else HTTPStatus.OK
    return render(request, "surveys/frame.html", context, status=status)


def _unit_page(
    request: ActorRequest, survey: Survey, unit_: FrameUnit, form: OutcomeForm | None = None
) -> HttpResponse:
    is_running = survey.step in {Step.OPEN, Step.CLOSED}
    initial = {"outcome": unit_.outcome, "reason": unit_.reason}
    context = {
        "survey": survey,
        "unit": unit_,
        "answer": None if survey.anonymous else getattr(unit_, "answer", None),
        "may_settle": is_running and not unit_.answered and policies.may_build(request.actor),
        "may_read": policies.may_read(request.actor),
        "may_enter": is_running
        and not unit_.answered
        and not survey.anonymous
        and policies.may_enter(request.actor),
        "form": form or OutcomeForm(initial=initial),
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form else HTTPStatus.OK
    return render(request, "surveys/unit.html", context, status=status)
