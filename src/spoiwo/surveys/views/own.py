"""What waits for the own institution as one of those asked, and results it may read."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.http import require_GET, require_POST

from spoiwo.surveys import policies
from spoiwo.surveys.queries import catalogue
from spoiwo.surveys.rules.summaries import FEWEST_ENTITIES
from spoiwo.surveys.services import links, shared_results
from spoiwo.surveys.tables.results import result_pages
from spoiwo.surveys.types import Source
from spoiwo.toolkit.doors import ActorRequest, open_to


@require_GET
@open_to(policies.may_answer)
def waiting(request: ActorRequest) -> HttpResponse:
    """Surveys that wait for an answer of the own institution, and published results."""
    context = {
        "units": catalogue.waiting_for(request.actor),
        "published": catalogue.results_for(request.actor),
    }
    return render(request, "surveys/waiting.html", context)


@require_POST
@open_to(policies.may_answer)
def answer_for_us(request: ActorRequest, unit_uuid: UUID) -> HttpResponse:
    """Begin or go on with the answer of the own institution."""
    for unit in catalogue.waiting_for(request.actor):
        if unit.uuid == unit_uuid:
            source = Source.LINK if unit.survey.anonymous else Source.ACCOUNT
            user_id = 0 if unit.survey.anonymous else request.actor.user_id
            return redirect(links.path_of(links.link_for_unit(unit, source=source, user_id=user_id)))
    raise Http404


@require_GET
@open_to(policies.may_answer)
def published(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """Published results as those asked read them: small counts are hidden, so that nobody can be told."""
    survey = catalogue.published(request.actor, uuid)
    if survey is None:
        raise Http404
    language = get_language() or "pl"
    count, summaries = shared_results.summed_up_for_others(survey)
    context = {
        "survey": survey,
        "count": count,
        "pages": result_pages(survey.version.questions, summaries, language=language, fewest=FEWEST_ENTITIES),
        "fewest": FEWEST_ENTITIES,
    }
    return render(request, "surveys/published.html", context)
