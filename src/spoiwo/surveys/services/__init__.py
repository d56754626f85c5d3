"""Writes of the context: building questionnaires, running surveys, taking answers."""

from spoiwo.surveys.services.answering import begin_answer_about
from spoiwo.surveys.services.building import create_questionnaire, publish_version
from spoiwo.surveys.services.links import path_for_answer
from spoiwo.surveys.services.reading import read_answers_about

__all__ = [
    "begin_answer_about",
    "create_questionnaire",
    "path_for_answer",
    "publish_version",
    "read_answers_about",
]
