"""Running a survey: planned, open, closed, verified, published; it only ever goes forward."""

import hashlib
from datetime import datetime

from django.db import IntegrityError, transaction

from spoiwo.kernel.actor import Actor
from spoiwo.surveys.errors import (
    FrameEmpty,
    NoSuchQuestion,
    NotFound,
    NotYours,
    OpenQueries,
    PeriodTaken,
    WrongStep,
)
from spoiwo.surveys.models import Answer, FrameUnit, QuestionnaireVersion, Survey, VerificationQuery
from spoiwo.surveys.rules.documents import all_fields
from spoiwo.surveys.rules.editions import NEXT_STEP
from spoiwo.surveys.services import urn, weighing
from spoiwo.surveys.services.recording import record_change
from spoiwo.surveys.types import (
    COUNTED,
    NUMERIC,
    AnswerState,
    Round,
    Step,
    VersionState,
)
from spoiwo.toolkit.keys import key_ring


@transaction.atomic
def plan_survey(*, version_id: int, round_: Round, by: Actor) -> Survey:
    """Plan a round of asking with a published version of an own questionnaire.

    An edition follows the newest one before it. Raises NotFound, NotYours, NoSuchQuestion, PeriodTaken.
    """
    version = (
        QuestionnaireVersion.objects.visible_to(by)
        .filter(pk=version_id, state=VersionState.PUBLISHED, questionnaire__institution_id=by.institution_id)
        .select_related("questionnaire")
        .first()
    )
    if version is None:
        raise NotFound(str(version_id))
    if not by.has_any("analyst"):
        raise NotYours("plan")
    _check_weight(version, round_.weight_question)
    survey = Survey(
        institution_id=by.institution_id,
        questionnaire=version.questionnaire,
        version=version,
        previous=_edition_before(version, round_.period),
        title=round_.title,
        period=round_.period,
        anonymous=round_.anonymous,
        open_link=round_.open_link,
        opens_on=round_.opens_on,
        closes_on=round_.closes_on,
        weight_question=round_.weight_question,
        wrapped_key=key_ring().new_data_key().wrapped,
    )
    try:
        with transaction.atomic():
            survey.save()
    except IntegrityError as error:
        raise PeriodTaken(round_.period) from error
    _record(survey, "planned", by)
    return survey


@transaction.atomic
def open_survey(*, survey_id: int, at: datetime, by: Actor) -> Survey:
    """Freeze the frame and take answers. Raises NotFound, WrongStep, FrameEmpty."""
    survey = own_survey(survey_id, by, at_step=Step.PLANNED)
    if not survey.open_link and not survey.units.exists() and survey.questionnaire.subject == "entity":
        raise FrameEmpty(str(survey_id))
    weighing.weigh_frame(survey)
    survey.frozen_at = at
    return _go_on(survey, by)


@transaction.atomic
def close_survey(*, survey_id: int, by: Actor) -> Survey:
    """Take no more answers, but those asked about and those on paper. Raises NotFound, WrongStep."""
    survey = own_survey(survey_id, by, at_step=Step.OPEN)
    if survey.anonymous:
        urn.let_all_out(survey)
    return _go_on(survey, by)


@transaction.atomic
def verify_survey(*, survey_id: int, by: Actor) -> Survey:
    """Close the examination of answers. Raises NotFound, WrongStep, OpenQueries."""
    survey = own_survey(survey_id, by, at_step=Step.CLOSED)
    waiting = VerificationQuery.objects.filter(answer__survey=survey, answer__state=AnswerState.QUERIED)
    if count := waiting.count():
        raise OpenQueries(count)
    return _go_on(survey, by)


@transaction.atomic
def publish_survey(*, survey_id: int, at: datetime, by: Actor) -> Survey:
    """Freeze the results for good: nothing counted can change, and the fingerprint proves it.

    Raises NotFound, WrongStep.
    """
    survey = own_survey(survey_id, by, at_step=Step.VERIFIED)
    survey.published_at, survey.published_sha256 = at, fingerprint(survey)
    return _go_on(survey, by)


def fingerprint(survey: Survey) -> str:
    """SHA-256 over all counted answers as they are stored, in the order of their ids, and over the outcomes."""
    digest = hashlib.sha256()
    counted = Answer.objects.filter(survey=survey, state__in=COUNTED, in_urn=False).order_by("pk")
    for number, stored in counted.values_list("pk", "sealed").iterator(chunk_size=500):
        digest.update(number.bytes + bytes(stored))
    outcomes = FrameUnit.objects.filter(survey=survey).order_by("key").values_list("key", "outcome", "reason")
    for row in outcomes.iterator(chunk_size=500):
        digest.update("\x1f".join(row).encode() + b"\n")
    return digest.hexdigest()


@transaction.atomic
def note_break(*, survey_id: int, question: str, note: str, by: Actor) -> None:
    """Say why the series of a question breaks with this edition; an empty note takes it back.

    Raises NotFound, WrongStep once published, NoSuchQuestion.
    """
    survey = own_survey(survey_id, by)
    if survey.step == Step.PUBLISHED:
        raise WrongStep(survey.step)
    if survey.version.questions.find(question) is None:
        raise NoSuchQuestion(question)
    notes = {code: text for code, text in survey.break_notes.items() if code != question}
    survey.break_notes = notes | ({question: note} if note else {})
    survey.save(update_fields=["break_notes"])
    _record(survey, "break_noted", by)


def own_survey(survey_id: int, by: Actor, *, at_step: Step | None = None) -> Survey:
    """A survey of the actor's institution, locked, for those who run it. Raises NotFound, WrongStep."""
    survey = (
        Survey.objects.select_for_update(of=("self",))
        .select_related("version", "questionnaire", "previous")
        .filter(pk=survey_id, institution_id=by.institution_id)
        .first()
    )
    if survey is None or not by.has_any("analyst"):
        raise NotFound(str(survey_id))
    if at_step is not None and survey.step != at_step:
        raise WrongStep(survey.step)
    return survey


def _go_on(survey: Survey, by: Actor) -> Survey:
    survey.step = NEXT_STEP[Step(survey.step)]
    survey.save(update_fields=["step", "frozen_at", "published_at", "published_sha256"])
    _record(survey, survey.step, by)
    return survey


def _edition_before(version: QuestionnaireVersion, period: str) -> Survey | None:
    if not period:
        return None
    editions = Survey.objects.filter(questionnaire=version.questionnaire_id).exclude(period="")
    return editions.filter(period__lt=period).order_by("-period").first()


def _check_weight(version: QuestionnaireVersion, code: str) -> None:
    fields = {field.code: field.question.kind for field in all_fields(version.questions)}
    if code and fields.get(code) not in NUMERIC:
        raise NoSuchQuestion(code)


def _record(survey: Survey, outcome: str, by: Actor) -> None:
    record_change(institution_id=survey.institution_id, ref=f"survey:{survey.pk}", outcome=outcome, by=by)
