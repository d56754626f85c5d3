"""Answers collected elsewhere (on paper, in another tool), taken in as they are after the same checks."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction

from spoiwo.kernel.actor import Actor
from spoiwo.surveys.errors import WrongStep
from spoiwo.surveys.models import Answer, FrameUnit
from spoiwo.surveys.models.keys import key_of
from spoiwo.surveys.rules.answering import read_value, unanswered, without_what_does_not_apply
from spoiwo.surveys.rules.documents import all_fields
from spoiwo.surveys.rules.register import told_by_register
from spoiwo.surveys.rules.sealing import Kept, sealed
from spoiwo.surveys.services.recording import record_change
from spoiwo.surveys.services.rounds import own_survey
from spoiwo.surveys.types import AnswerState, Fault, Field, Outcome, Problem, Source, Step, Value

AT_ONCE = 500
Given = Mapping[str, Mapping[str, Sequence[str]]]  # unit key -> field code -> texts


@transaction.atomic
def take_answers(
    *, survey_id: int, answers: Given, source: Source, at: datetime, by: Actor
) -> tuple[int, dict[str, list[Problem]]]:
    """Take in answers of units of the frame that have not answered yet.

    Gives the number taken and, by unit key, what was wrong with those that were not. Raises NotFound, WrongStep
    unless the survey is open or closed and not anonymous.
    """
    survey = own_survey(survey_id, by)
    if survey.step not in {Step.OPEN, Step.CLOSED} or survey.anonymous:
        raise WrongStep(survey.step)
    content = survey.version.questions
    fields = {field.code: field for field in all_fields(content)}
    units = FrameUnit.objects.filter(
        survey=survey, answered=False, answer__isnull=True, key__in=list(answers)
    )
    key = key_of(survey)
    refused: dict[str, list[Problem]] = {}
    rows: list[Answer] = []
    taken: list[FrameUnit] = []
    for unit in units:
        values, problems = _read(answers[unit.key], fields)
        values |= told_by_register(content, unit.kind)
        values = without_what_does_not_apply(content, values)
        problems += unanswered(content, values)
        if problems:
            refused[unit.key] = problems
            continue
        row = _row(unit, source, at, by)
        row.sealed = sealed(Kept(values=values), key, row.pk)
        rows.append(row)
        unit.answered, unit.outcome = True, Outcome.COMPLETED
        taken.append(unit)
    Answer.objects.bulk_create(rows, batch_size=AT_ONCE)
    FrameUnit.objects.bulk_update(taken, ["answered", "outcome"], batch_size=AT_ONCE)
    ref, count = f"survey:{survey.pk}", len(rows)
    record_change(institution_id=survey.institution_id, ref=ref, outcome="taken_in", by=by, count=count)
    return len(rows), refused


def _row(unit: FrameUnit, source: Source, at: datetime, by: Actor) -> Answer:
    return Answer(
        survey_id=unit.survey_id,
        holder_id=unit.holder_id,
        respondent_id=unit.respondent_id,
        unit=unit,
        state=AnswerState.SUBMITTED,
        source=source,
        started_at=at,
        saved_at=at,
        submitted_at=at,
        entered_by_user_id=by.user_id,
    )


def _read(
    given: Mapping[str, Sequence[str]], fields: Mapping[str, Field]
) -> tuple[dict[str, Value], list[Problem]]:
    values: dict[str, Value] = {}
    problems: list[Problem] = []
    for code, texts in given.items():
        field = fields.get(code)
        if field is None:
            continue
        value, problem = read_value(field, texts)
        if problem and problem.fault != Fault.REQUIRED:  # asked at the end, of what applies
            problems.append(problem)
        elif value is not None:
            values[code] = value
    return values, problems
