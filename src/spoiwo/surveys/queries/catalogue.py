"""Lists and single things for the screens: questionnaires, versions, surveys, frames."""

from uuid import UUID

from django.db.models import Count, Prefetch, Q, QuerySet

from spoiwo.kernel.actor import Actor
from spoiwo.surveys.models import (
    Answer,
    FrameUnit,
    Letter,
    Questionnaire,
    QuestionnaireVersion,
    ResultsExport,
    Survey,
    VerificationQuery,
)
from spoiwo.surveys.types import AnswerState, Outcome, Step, VersionState


def questionnaires(actor: Actor) -> QuerySet[Questionnaire]:
    """Questionnaires in reach, the newest first, with their versions."""
    versions = Prefetch("versions", QuestionnaireVersion.objects.visible_to(actor).order_by("-number"))
    found = Questionnaire.objects.visible_to(actor).select_related("institution").prefetch_related(versions)
    return found.order_by("-created_at", "pk")


def questionnaire(actor: Actor, uuid: UUID) -> Questionnaire | None:
    """One questionnaire in reach."""
    return questionnaires(actor).filter(uuid=uuid).first()


def version(actor: Actor, uuid: UUID, number: int) -> QuestionnaireVersion | None:
    """One version in reach."""
    found = QuestionnaireVersion.objects.visible_to(actor).filter(questionnaire__uuid=uuid, number=number)
    return found.select_related("questionnaire__institution").first()


def draft(actor: Actor, uuid: UUID) -> QuestionnaireVersion | None:
    """The draft of an own questionnaire."""
    own = Questionnaire.objects.own(actor).filter(uuid=uuid).values("pk")
    found = QuestionnaireVersion.objects.filter(questionnaire__in=own, state=VersionState.DRAFT)
    return found.select_related("questionnaire").first()


def versions_to_ask(actor: Actor) -> list[QuestionnaireVersion]:
    """Published versions of own questionnaires."""
    own = Questionnaire.objects.own(actor).values("pk")
    found = QuestionnaireVersion.objects.filter(questionnaire__in=own, state=VersionState.PUBLISHED)
    return list(found.select_related("questionnaire").order_by("questionnaire__title_pl", "pk"))


def surveys(actor: Actor) -> QuerySet[Survey]:
    """Surveys in reach, the newest first, with how many were asked and how many answered."""
    return (
        Survey.objects.visible_to(actor)
        .select_related("questionnaire")
        .annotate(
            units_count=Count("units", distinct=True),
            answered_count=Count("units", filter=Q(units__answered=True), distinct=True),
        )
        .order_by("-created_at", "pk")
    )


def survey(actor: Actor, uuid: UUID) -> Survey | None:
    """One survey in reach."""
    found = Survey.objects.visible_to(actor).filter(uuid=uuid)
    return found.select_related("questionnaire", "version", "previous", "institution").first()


def units(actor: Actor, found: Survey, *, outcome: str = "", text: str = "") -> QuerySet[FrameUnit]:
    """The frame of a survey, by name. Of an anonymous survey nobody is told who answered."""
    rows = FrameUnit.objects.visible_to(actor).filter(survey=found)
    if outcome in set(Outcome) and not found.anonymous:
        rows = rows.filter(outcome=outcome)
    if text:
        rows = rows.filter(Q(name__icontains=text) | Q(key__icontains=text))
    return rows.select_related("answer").order_by("name", "pk")


def unit(actor: Actor, found: Survey, unit_uuid: UUID) -> FrameUnit | None:
    """One unit of the frame."""
    rows = FrameUnit.objects.visible_to(actor).filter(survey=found, uuid=unit_uuid)
    return rows.select_related("answer").first()


def answer(actor: Actor, answer_id: UUID) -> Answer | None:
    """One answer that was handed in, with its unit and survey; never an anonymous one."""
    rows = Answer.objects.visible_to(actor).counted().filter(pk=answer_id, is_anonymous=False)
    reachable = Survey.objects.visible_to(actor).values("pk")
    found = rows.filter(survey__in=reachable)
    return found.select_related("unit", "survey__version", "survey__questionnaire").first()


def queries_of(found: Answer) -> list[VerificationQuery]:
    """Questions about an answer, the newest first."""
    return list(VerificationQuery.objects.filter(answer=found).order_by("-asked_at", "-pk"))


def letters_by_state(actor: Actor, found: Survey) -> dict[str, int]:
    """How many letters wait, were sent, failed."""
    rows = Letter.objects.visible_to(actor).filter(survey=found).values_list("state").annotate(n=Count("pk"))
    return {str(state): count for state, count in rows}


def exports(actor: Actor, found: Survey) -> list[ResultsExport]:
    """Files with results, the newest first."""
    return list(ResultsExport.objects.visible_to(actor).filter(survey=found).order_by("-asked_at")[:10])


def export(actor: Actor, uuid: UUID) -> ResultsExport | None:
    """One file with results."""
    return ResultsExport.objects.visible_to(actor).select_related("survey").filter(uuid=uuid).first()


def waiting_for(actor: Actor) -> list[FrameUnit]:
    """What waits to be answered or explained by the actor's institution, the most urgent first."""
    rows = FrameUnit.objects.asked_of(actor).select_related("survey__institution", "answer")
    silent = Q(survey__step=Step.OPEN, answered=False)
    asked = Q(answer__state=AnswerState.QUERIED, survey__step__in=[Step.OPEN, Step.CLOSED])
    return list(rows.filter(silent | asked).order_by("survey__closes_on", "pk"))


def results_for(actor: Actor) -> list[Survey]:
    """Published surveys in which the actor's institution was asked."""
    found = Survey.objects.published_for(actor).select_related("institution", "questionnaire")
    return list(found.exclude(institution_id=actor.institution_id).order_by("-published_at"))


def published(actor: Actor, uuid: UUID) -> Survey | None:
    """One published survey in which the actor's institution was asked, or its own."""
    found = Survey.objects.published_for(actor).filter(uuid=uuid, questionnaire__subject="entity")
    return found.select_related("institution", "version", "questionnaire").first()
