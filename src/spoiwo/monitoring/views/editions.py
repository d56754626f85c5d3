"""Editions of surveys: which question feeds which measure, taking the answers in, publishing."""

from collections.abc import Mapping
from http import HTTPStatus
from uuid import UUID

from django.contrib import messages as notices
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from spoiwo.monitoring import messages, policies
from spoiwo.monitoring.errors import EditionNotFound, MonitoringError
from spoiwo.monitoring.forms.boards import SourceForm
from spoiwo.monitoring.models import PublishingRun, QuestionSource
from spoiwo.monitoring.queries.catalogue import offered_measures
from spoiwo.monitoring.services import editions, runs
from spoiwo.surveys import queries as surveys
from spoiwo.surveys.types import Words
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
    measures = [one for one in offered_measures() if not one.is_open]
    labels = surveys.labels_of(uuid, institution_id=request.actor.institution_id)
    form = SourceForm(request.POST or None, questions=_questions(request, uuid, labels), measures=measures)
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
        "sources": [
            {
                "one": one,
                "question": _said(one.question, one.choice, labels),
                "measure": messages.measure_name(one.measure),
            }
            for one in sources.select_related("measure").order_by("question", "choice", "pk")
        ],
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
    """Have all own approved cards published over the newest data."""
    run = runs.ask_to_publish_all(at=timezone.now(), by=request.actor)
    return redirect("monitoring:publishing", run.pk)


@require_GET
@open_to(policies.may_write)
def publishing(request: ActorRequest, pk: int) -> HttpResponse:
    """How far publishing has come; asked every two seconds until it has ended."""
    run = PublishingRun.objects.visible_to(request.actor).filter(pk=pk).first()
    if run is None:
        raise Http404
    template = (
        "monitoring/_publishing.html" if request.headers.get("HX-Request") else "monitoring/publishing.html"
    )
    response = render(request, template, {"run": run})
    response["Vary"] = "HX-Request"
    return response


def _found(request: ActorRequest, uuid: UUID) -> surveys.Edition:
    known = {one.uuid: one for one in surveys.known_editions(request.actor.institution_id)}
    if uuid not in known:
        raise Http404
    return known[uuid]


def _questions(request: ActorRequest, uuid: UUID, labels: Mapping[str, Words]) -> list[tuple[str, str]]:
    """Questions with answers, and each choice that was taken."""
    seen = dict.fromkeys(
        (one.question, one.choice)
        for one in surveys.observations(uuid, institution_id=request.actor.institution_id)
    )
    return [(f"{question}|{choice}", _said(question, choice, labels)) for question, choice in sorted(seen)]


def _said(question: str, choice: str, labels: Mapping[str, Words]) -> str:
    """A question in words with its code, and the choice that counts."""
    label = labels[question].in_language(get_language() or "pl") if question in labels else ""
    code = f"{question} = {choice}" if choice else question
    return f"{label} ({code})" if label else code
