"""Surveys: the list, one survey, its steps, its letters."""

from http import HTTPStatus
from uuid import UUID

from django.conf import settings
from django.contrib import messages as notices
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from spoiwo.kernel.actor import Actor
from spoiwo.surveys import messages, policies
from spoiwo.surveys.errors import NotFound, SurveysError
from spoiwo.surveys.forms import SurveyForm
from spoiwo.surveys.models import Survey
from spoiwo.surveys.queries import catalogue, results
from spoiwo.surveys.services import mailing, rounds
from spoiwo.surveys.tables.results import funnel_rows
from spoiwo.surveys.types import Step
from spoiwo.toolkit.doors import ActorRequest, open_to

PAGE_SIZE = 25


@require_GET
@open_to(policies.may_see_surveys)
def survey_list(request: ActorRequest) -> HttpResponse:
    """All surveys of the institution, the newest first."""
    page = Paginator(catalogue.surveys(request.actor), PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "rows": list(page),
        "may_build": policies.may_build(request.actor),
        "may_read": policies.may_read(request.actor),
    }
    return render(request, "surveys/surveys.html", context)


@require_http_methods(["GET", "POST"])
@open_to(policies.may_build)
def new(request: ActorRequest) -> HttpResponse:
    """Plan a round of asking."""
    language = get_language() or "pl"
    versions = [
        (one.pk, f"{one.questionnaire.title.in_language(language)}, {_('version')} {one.number}")
        for one in catalogue.versions_to_ask(request.actor)
    ]
    form = SurveyForm(request.POST or None, versions=versions)
    if request.method == "POST" and form.is_valid():
        try:
            survey = rounds.plan_survey(
                version_id=form.cleaned_data["version"], round_=form.round(), by=request.actor
            )
        except SurveysError as error:
            form.add_error(None, messages.message_for(error))
        else:
            return redirect("surveys:survey", survey.uuid)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    return render(request, "surveys/survey_form.html", {"form": form, "versions": versions}, status=status)


@require_GET
@open_to(policies.may_see_surveys)
def survey(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """One survey: where it stands, what to do next."""
    return _page(request, found(request.actor, uuid))


@require_POST
@open_to(policies.may_build)
def step(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """Open, close, verify or publish, whichever comes next."""
    survey_ = found(request.actor, uuid)
    wanted = request.POST.get("step", "")
    now = timezone.now()
    by = request.actor
    try:
        if wanted == Step.OPEN:
            done = rounds.open_survey(survey_id=survey_.pk, at=now, by=by)
        elif wanted == Step.CLOSED:
            done = rounds.close_survey(survey_id=survey_.pk, by=by)
        elif wanted == Step.VERIFIED:
            done = rounds.verify_survey(survey_id=survey_.pk, by=by)
        elif wanted == Step.PUBLISHED:
            done = rounds.publish_survey(survey_id=survey_.pk, at=now, by=by)
        else:
            raise Http404
    except NotFound:
        raise Http404 from None
    except SurveysError as error:
        return _page(request, survey_, messages.message_for(error))
    notices.success(request, str(messages.STEP_DONE[Step(done.step)]))
    return redirect("surveys:survey", uuid)


@require_POST
@open_to(policies.may_build)
def letters(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """Invite, remind, or send again what failed."""
    survey_ = found(request.actor, uuid)
    wanted = request.POST.get("letters", "")
    try:
        if wanted == mailing.INVITATION:
            count = mailing.invite(survey_id=survey_.pk, at=timezone.now(), by=request.actor)
        elif wanted == mailing.REMINDER:
            count = mailing.remind(survey_id=survey_.pk, by=request.actor)
        elif wanted == "again":
            count = mailing.resend_failed(survey_id=survey_.pk, by=request.actor)
        else:
            raise Http404
    except NotFound:
        raise Http404 from None
    except SurveysError as error:
        return _page(request, survey_, messages.message_for(error))
    told = ngettext(
        "%(n)s unit is told that something waits.", "%(n)s units are told that something waits.", count
    )
    notices.success(request, told % {"n": count})
    return redirect("surveys:survey", uuid)


def found(actor: Actor, uuid: UUID) -> Survey:
    """A survey in the actor's reach; absent and out of reach look the same."""
    survey_ = catalogue.survey(actor, uuid)
    if survey_ is None:
        raise Http404
    return survey_


def _page(request: ActorRequest, survey_: Survey, refusal: str = "") -> HttpResponse:
    may_build = policies.may_build(request.actor)
    funnel = results.response_of(survey_)
    next_steps = {
        Step.PLANNED: (Step.OPEN, _("Open the survey")),
        Step.OPEN: (Step.CLOSED, _("Close the survey")),
        Step.CLOSED: (Step.VERIFIED, _("Finish the verification")),
        Step.VERIFIED: (Step.PUBLISHED, _("Publish the results")),
    }
    next_step, next_label = next_steps.get(Step(survey_.step), ("", ""))
    context = {
        "survey": survey_,
        "questionnaire_title": survey_.questionnaire.title.in_language(get_language() or "pl"),
        "refusal": refusal,
        "funnel": funnel,
        "funnel_rows": funnel_rows(funnel, anonymous=survey_.anonymous),
        "answers": results.counted_answers(survey_),
        "letters": catalogue.letters_by_state(request.actor, survey_) if may_build else {},
        "may_build": may_build,
        "may_read": policies.may_read(request.actor),
        "may_enter": policies.may_enter(request.actor),
        "next_step": next_step,
        "next_label": next_label,
        "open_address": settings.PUBLIC_URL + reverse("surveys:open_link", args=[survey_.uuid])
        if survey_.open_link
        else "",
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if refusal else HTTPStatus.OK
    return render(request, "surveys/survey.html", context, status=status)
