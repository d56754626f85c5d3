"""What people thought of an event."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.contrib import messages as notices
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from spoiwo.support import messages
from spoiwo.support.errors import SupportError
from spoiwo.support.models import Evaluation
from spoiwo.support.services import evaluations
from spoiwo.support.types import EventState
from spoiwo.support.views import frame
from spoiwo.support.views.events import found
from spoiwo.surveys.queries.results import summed_up
from spoiwo.surveys.types import Step, Summary
from spoiwo.toolkit.doors import ActorRequest, open_to


@dataclass(frozen=True, slots=True)
class Opinion:
    """What was answered to one question: how often each choice was taken, the mean of marks, texts."""

    label: str
    answered: int
    counts: list[tuple[str, int]]
    mean: Decimal | None
    texts: tuple[str, ...]


@require_GET
@open_to(frame.keepers)
def evaluation(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """The link to ask with, and the answers so far."""
    row = found(request, uuid)
    asked = Evaluation.objects.visible_to(request.actor).select_related("survey").filter(event=row).first()
    count, summaries = summed_up(asked.survey) if asked else (0, [])
    context: dict[str, Any] = {
        "event": row,
        "asked": asked,
        "may_ask": asked is None and row.state in {EventState.ANNOUNCED, EventState.REPORTED},
        "is_open": asked is not None and asked.survey.step == Step.OPEN,
        "count": count,
        "opinions": [_opinion(one, asked.survey.version.questions) for one in summaries] if asked else [],
        "address": request.build_absolute_uri(reverse("surveys:open_link", args=[asked.survey.uuid]))
        if asked
        else "",
        "crumbs": [
            (_("Events"), reverse("support:events")),
            (row.title, reverse("support:event", args=[uuid])),
            (_("Opinions"), ""),
        ],
    }
    return render(request, "support/evaluation.html", context)


@require_POST
@open_to(frame.keepers)
def evaluation_step(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """Begin asking, or take no more answers."""
    found(request, uuid)
    try:
        if request.POST.get("step") == "close":
            evaluations.close_opinions(uuid, by=request.actor)
            notices.success(request, _("No more opinions are taken."))
        else:
            evaluations.ask_for_opinions(uuid, at=timezone.now(), by=request.actor)
            notices.success(request, _("Give this link to those who were there."))
    except SupportError as error:
        notices.warning(request, messages.message_for(error))
    return redirect("support:evaluation", uuid)


def _opinion(one: Summary, content: Any) -> Opinion:
    language = get_language() or "pl"
    question = content.find(one.code)
    counts = [(choice.code, one.counts.get(choice.code, 0)) for choice in question.choices]
    labels = {choice.code: choice.label.in_language(language) for choice in question.choices}
    return Opinion(
        label=one.label.in_language(language),
        answered=one.answered,
        counts=[(labels[code], n) for code, n in counts],
        mean=evaluations.mean_mark(counts),
        texts=one.texts,
    )
