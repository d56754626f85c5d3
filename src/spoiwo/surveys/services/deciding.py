"""What becomes of units and answers: outcomes with reasons, questions to respondents, acceptance."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from spoiwo.kernel.actor import Actor
from spoiwo.surveys.errors import (
    AlreadyAnswered,
    NoSuchQuestion,
    NotFound,
    ReasonMissing,
    WrongStep,
)
from spoiwo.surveys.models import Answer, FrameUnit, Survey, VerificationQuery
from spoiwo.surveys.rules.documents import all_fields
from spoiwo.surveys.services import mailing
from spoiwo.surveys.services.answering import JOB, open_answer
from spoiwo.surveys.services.recording import record_change
from spoiwo.surveys.services.rounds import own_survey
from spoiwo.surveys.types import GIVEN_BY_STAFF, REASONS, AnswerState, Outcome, Reason, Step
from spoiwo.toolkit.context import acting_for

LONGEST = 2000


@transaction.atomic
def settle_unit(*, survey_id: int, unit_id: int, outcome: Outcome, reason: Reason, by: Actor) -> None:
    """Say why a unit will not answer, or that it may still (Outcome.WAITING).

    Raises NotFound, WrongStep, AlreadyAnswered, ReasonMissing.
    """
    survey = own_survey(survey_id, by)
    if survey.step not in {Step.OPEN, Step.CLOSED}:
        raise WrongStep(survey.step)
    unit = FrameUnit.objects.select_for_update().filter(survey=survey, pk=unit_id).first()
    if unit is None:
        raise NotFound(str(unit_id))
    if unit.answered:
        raise AlreadyAnswered(str(unit_id))
    if outcome not in {*GIVEN_BY_STAFF, Outcome.WAITING}:
        raise ReasonMissing(outcome)
    if outcome != Outcome.WAITING and reason not in REASONS[outcome]:
        raise ReasonMissing(outcome)
    unit.outcome, unit.reason = outcome, Reason.NONE if outcome == Outcome.WAITING else reason
    unit.save(update_fields=["outcome", "reason"])
    record_change(institution_id=survey.institution_id, ref=f"frame_unit:{unit.pk}", outcome=outcome, by=by)


@transaction.atomic
def ask_about(*, answer_id: UUID, field: str, text: str, at: datetime, by: Actor) -> VerificationQuery:
    """Ask a respondent about one value; the answer is open to them again until they reply.

    Raises NotFound, WrongStep, NoSuchQuestion.
    """
    survey, answer = _own_answer(answer_id, by)
    if survey.step not in {Step.OPEN, Step.CLOSED} or answer.is_anonymous:
        raise WrongStep(survey.step)
    if answer.state == AnswerState.STARTED:
        raise WrongStep(answer.state)
    if field not in {one.code for one in all_fields(survey.version.questions)}:
        raise NoSuchQuestion(field)
    answer.state = AnswerState.QUERIED
    answer.save(update_fields=["state"])
    query = VerificationQuery.objects.create(
        answer=answer,
        holder_id=answer.holder_id,
        respondent_id=answer.respondent_id,
        field=field,
        text=text[:LONGEST],
        asked_at=at,
        asked_by_user_id=by.user_id,
    )
    if answer.unit is not None:
        mailing.ask_by_mail(answer.unit)
    record_change(
        institution_id=survey.institution_id, ref=f"answer:{answer.pk}", outcome="asked_about", by=by
    )
    return query


def reply(*, token: str, query_id: int, text: str, at: datetime) -> None:
    """The respondent says how it is; when nothing is open any more the answer goes back as handed in.

    Raises LinkSpent, NotFound, WrongStep when nobody asks any more.
    """
    opening = open_answer(token)
    if opening.answer is None:
        raise NotFound(str(query_id))
    with acting_for(0, job=JOB), transaction.atomic():
        answer = Answer.objects.select_for_update().get(pk=opening.answer.pk)
        if answer.state != AnswerState.QUERIED:
            raise WrongStep(answer.state)
        query = VerificationQuery.objects.filter(answer=answer, pk=query_id, replied_at__isnull=True).first()
        if query is None:
            raise NotFound(str(query_id))
        query.reply, query.replied_at = text[:LONGEST], at
        query.save(update_fields=["reply", "replied_at"])
        if not VerificationQuery.objects.filter(answer=answer, replied_at__isnull=True).exists():
            answer.state = AnswerState.SUBMITTED
            answer.save(update_fields=["state"])


@transaction.atomic
def accept_answer(*, answer_id: UUID, at: datetime, by: Actor) -> None:
    """Accept what was handed in. Raises NotFound, WrongStep while something is open or once published."""
    survey, answer = _own_answer(answer_id, by)
    if answer.state != AnswerState.SUBMITTED or answer.is_anonymous:
        raise WrongStep(answer.state)
    if survey.step not in {Step.OPEN, Step.CLOSED}:
        raise WrongStep(survey.step)
    answer.state, answer.accepted_at, answer.accepted_by_user_id = AnswerState.ACCEPTED, at, by.user_id
    answer.save(update_fields=["state", "accepted_at", "accepted_by_user_id"])
    record_change(institution_id=survey.institution_id, ref=f"answer:{answer.pk}", outcome="accepted", by=by)


@transaction.atomic
def accept_all(*, survey_id: int, at: datetime, by: Actor) -> int:
    """Accept every answer that was handed in and nobody asks about; gives their number. Raises NotFound, WrongStep."""
    survey = own_survey(survey_id, by, at_step=Step.CLOSED)
    waiting = Answer.objects.filter(survey=survey, state=AnswerState.SUBMITTED, is_anonymous=False)
    count = waiting.update(state=AnswerState.ACCEPTED, accepted_at=at, accepted_by_user_id=by.user_id)
    record_change(
        institution_id=survey.institution_id,
        ref=f"survey:{survey.pk}",
        outcome="accepted",
        by=by,
        count=count,
    )
    return count


def _own_answer(answer_id: UUID, by: Actor) -> tuple[Survey, Answer]:
    answer = Answer.objects.visible_to(by).filter(pk=answer_id).first()
    if answer is None:
        raise NotFound(str(answer_id))
    survey = own_survey(answer.survey_id, by)
    locked = Answer.objects.select_for_update(of=("self",)).select_related("unit").get(pk=answer_id)
    return survey, locked
