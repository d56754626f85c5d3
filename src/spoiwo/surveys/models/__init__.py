"""Tables of the context."""

from spoiwo.surveys.models.answers import Answer, ResultsExport, VerificationQuery
from spoiwo.surveys.models.questionnaires import Questionnaire, QuestionnaireVersion
from spoiwo.surveys.models.rounds import FrameUnit, Letter, Survey

__all__ = [
    "Answer",
    "FrameUnit",
    "Letter",
    "Questionnaire",
    "QuestionnaireVersion",
    "ResultsExport",
    "Survey",
    "VerificationQuery",
]
