"""Reading answers that somebody gave: what was read of whom goes on record before it is shown."""

from spoiwo.kernel.actor import Actor
from spoiwo.surveys.models import Answer
from spoiwo.surveys.queries import subjects
from spoiwo.surveys.queries.subjects import Diagnosis, Line
from spoiwo.surveys.services.recording import record_reading


def read_answers_about(subject_key: str, *, by: Actor, language: str = "pl") -> list[Diagnosis]:
    """What the actor's institution wrote down about a subject, the newest first.

    Who asks must have made sure that the actor may know the person.
    """
    found = subjects.answers_about(subject_key, actor=by, language=language)
    if found:
        record_reading(
            institution_id=by.institution_id, ref="survey_answers:subject", by=by, count=len(found)
        )
    return found


def read_answer(answer: Answer, *, by: Actor, language: str = "pl") -> tuple[Line, ...]:
    """All questions of one answer with what was answered. answer: one that a query found in the actor's reach."""
    lines = subjects.words_of(answer, language)
    record_reading(institution_id=answer.holder_id, ref=f"answer:{answer.pk}", by=by, count=1)
    return lines
