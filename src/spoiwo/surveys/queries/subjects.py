"""Answers about persons: what a plan reads as its diagnosis."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from spoiwo.kernel.actor import Actor
from spoiwo.surveys.models import Answer, Survey
from spoiwo.surveys.models.keys import key_of
from spoiwo.surveys.rules.answering import shown_fields, texts_of
from spoiwo.surveys.rules.documents import label_of
from spoiwo.surveys.rules.sealing import opened
from spoiwo.surveys.rules.summaries import choices_of
from spoiwo.surveys.types import UNKNOWN, Step, Subject, Value, Words


@dataclass(frozen=True, slots=True)
class Line:
    """One question and what was answered, in words; value is None when it was not."""

    code: str
    label: Words
    words: tuple[str, ...]
    value: Value | None


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """One answer about a person."""

    answer_id: UUID
    survey_title: str
    questionnaire: str
    version: int
    state: str
    submitted_at: datetime | None
    lines: tuple[Line, ...]


def surveys_about_persons(actor: Actor) -> list[Survey]:
    """Open surveys about persons of the actor's institution."""
    found = Survey.objects.visible_to(actor).filter(questionnaire__subject=Subject.PERSON, step=Step.OPEN)
    return list(found.select_related("questionnaire", "version").order_by("-created_at"))


def answers_about(subject_key: str, *, actor: Actor, language: str = "pl") -> list[Diagnosis]:
    """What the actor's institution wrote down about a subject, the newest first."""
    rows = Answer.objects.visible_to(actor).filter(subject_key=subject_key).exclude(subject_key="")
    found = list(rows.select_related("survey__version", "survey__questionnaire").order_by("-started_at"))
    return [_diagnosis(answer, language) for answer in found]


def words_of(answer: Answer, language: str) -> tuple[Line, ...]:
    """All questions that apply, with what was answered."""
    survey = answer.survey
    values = opened(bytes(answer.sealed), key_of(survey), answer.pk).values
    lines = []
    for field in shown_fields(survey.version.questions, values):
        names = dict(choices_of(field, language))
        value = values.get(field.code)
        words = (
            ()
            if value is None
            else tuple(names.get(text, text) for text in texts_of(value) if text != UNKNOWN)
        )
        lines.append(Line(field.code, label_of(field), words, value))
    return tuple(lines)


def _diagnosis(answer: Answer, language: str) -> Diagnosis:
    survey = answer.survey
    return Diagnosis(
        answer.pk,
        survey.title,
        survey.questionnaire.code,
        survey.version.number,
        answer.state,
        answer.submitted_at,
        words_of(answer, language),
    )
