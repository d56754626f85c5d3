"""Editions of surveys: which question feeds which measure, taking the answers in, publishing."""

from http import HTTPStatus
from uuid import UUID

from django.contrib import messages as notices
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from spoiwo.monitoring import messages, policies, queries, services
from spoiwo.monitoring.errors import EditionNotFound, MonitoringError
from spoiwo.monitoring.forms.boards import SourceForm
from spoiwo.monitoring.models import QuestionSource
from spoiwo.monitoring.services import editions
from spoiwo.surveys import queries as surveys
from spoiwo.toolkit.doors import ActorRequest, open_to


@require_GET
@open_to(policies.may_write)
def edition_list(request: ActorRequest) -> HttpResponse:
    """Closed editions of the own institution."""
    found = surveys.known_editions(request.actor.institution_id)
    fed = QuestionSource.objects.visible_to(request.actor)
    counts = {one.questionnaire: 0 for one in found}
    for source in fed:
        counts[source.questionnaire] = counts.get(source.questionnaire, 0) + 1
    rows = [{"one": one, "fed": counts[one.questionnaire]} for one in reversed(found)]
    return render(request, "monitoring/editions.html", {"rows": rows})


@require_http_methods(["GET", "POST"])
@open_to(policies.may_write)
def edition(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """One edition: what its questions feed."""
    found = _found(request, uuid)
    polish = get_language() != "en"
    measures = [
        (one.pk, one.name_pl if polish else one.name_en) for one in queries.measures() if not one.is_open
    ]
    form = SourceForm(request.POST or None, questions=_questions(request, uuid), measures=measures)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        question, _bar, choice = data["question"].partition("|")
        editions.feed_question(
            questionnaire=found.questionnaire,
            question=question,
            choice=choice,
            kinds=[part.strip() for part in data["kinds"].split(",") if part.strip()],
            measure_id=data["measure"],
            cell={data["dimension"]: data["value"]} if data["dimension"] and data["value"] else {},
            by=request.actor,
        )
        return redirect("monitoring:edition", uuid)
    sources = QuestionSource.objects.visible_to(request.actor).filter(questionnaire=found.questionnaire)
    context = {
        "edition": found,
        "form": form,
        "sources": sources.select_related("measure").order_by("question", "choice", "pk"),
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    return render(request, "monitoring/edition.html", context, status=status)


@require_POST
@open_to(policies.may_write)
def take(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """Take the answers in."""
    _found(request, uuid)
    try:
        taken = editions.take_edition(edition=uuid, at=timezone.now(), by=request.actor)
    except EditionNotFound:
        raise Http404 from None
    except MonitoringError as error:
        notices.warning(request, messages.message_for(error))
    else:
        told = _("Answers of %(units)s entities were read; observations that are new or differ: %(fresh)s.")
        notices.success(request, told % {"units": taken.units, "fresh": taken.fresh})
    return redirect("monitoring:edition", uuid)


@require_POST
@open_to(policies.may_write)
def stop(request: ActorRequest, uuid: UUID, source: int) -> HttpResponse:
    """A question feeds a measure no more."""
    _found(request, uuid)
    editions.stop_feeding(source_id=source, by=request.actor)
    return redirect("monitoring:edition", uuid)


@require_POST
@open_to(policies.may_write)
def publish_all(request: ActorRequest) -> HttpResponse:
    """Publish all own approved cards over the newest data."""
    count = services.publish_all(at=timezone.now(), by=request.actor)
    if count:
        notices.success(request, _("Cards with new figures: %(n)s.") % {"n": count})
    else:
        notices.info(request, _("Nothing has changed since the last publication."))
    return redirect("monitoring:list")


def _found(request: ActorRequest, uuid: UUID) -> surveys.Edition:
    known = {one.uuid: one for one in surveys.known_editions(request.actor.institution_id)}
    if uuid not in known:
        raise Http404
    return known[uuid]


def _questions(request: ActorRequest, uuid: UUID) -> list[tuple[str, str]]:
    """Questions with answers, and each choice that was taken."""
    seen = dict.fromkeys(
        (one.question, one.choice)
        for one in surveys.observations(uuid, institution_id=request.actor.institution_id)
    )
    return [
        (f"{question}|{choice}", f"{question} = {choice}" if choice else question)
        for question, choice in sorted(seen)
    ]
