"""What can be refused when people are asked."""

from collections.abc import Sequence

from spoiwo.kernel.errors import DomainError
from spoiwo.surveys.types import Problem


class SurveysError(DomainError):
    """Something about surveys was refused."""


class NotFound(SurveysError):
    """No such thing in the actor's reach."""


class NotYours(SurveysError):
    """The actor may see it, but not do this to it."""


class NotADraft(SurveysError):
    """The version is published; a change needs a new version."""


class DraftAlreadyOpen(SurveysError):
    """There is a draft of the next version already."""

    def __init__(self, number: int):
        super().__init__(str(number))
        self.number = number


class CodeTaken(SurveysError):
    """The institution has a questionnaire with this code, or the code is not one."""


class QuestionnaireIncomplete(SurveysError):
    """The questionnaire cannot be published, or an item not be saved, for these problems."""

    def __init__(self, problems: Sequence[Problem]):
        super().__init__("; ".join(f"{one.place}: {one.fault}" for one in problems))
        self.problems = tuple(problems)


class NothingToPutBack(SurveysError):
    """Nothing was removed, or its page is gone."""


class AnswersRefused(SurveysError):
    """Some answers of the page are not right; nothing of the page was submitted, what is right was kept."""

    def __init__(self, problems: Sequence[Problem]):
        super().__init__("; ".join(f"{one.place}: {one.fault}" for one in problems))
        self.problems = tuple(problems)


class LinkSpent(SurveysError):
    """The link is not one, or leads nowhere any more."""


class NotCollecting(SurveysError):
    """The survey takes no answers now."""


class AlreadyAnswered(SurveysError):
    """The answer was handed in; it can only be changed when the survey's owner asks about it."""


class WrongStep(SurveysError):
    """The survey does not stand where this can be done."""

    def __init__(self, step: str):
        super().__init__(step)
        self.step = step


class OpenQueries(SurveysError):
    """Questions about answers are still open."""

    def __init__(self, count: int):
        super().__init__(str(count))
        self.count = count


class FrameFrozen(SurveysError):
    """The frame was frozen when the survey opened."""


class FrameEmpty(SurveysError):
    """Nobody is in the frame."""


class PeriodTaken(SurveysError):
    """There is an edition of this questionnaire for the period."""


class ReasonMissing(SurveysError):
    """An outcome other than an answer needs a reason that belongs to it."""


class NotAnXlsForm(SurveysError):
    """The file is not a workbook with a sheet named survey."""


class FileTooLarge(SurveysError):
    """The workbook is larger than a questionnaire ever is."""


class NoSuchQuestion(SurveysError):
    """The questionnaire has no question with this code."""


class TooFew(SurveysError):
    """Too few answers to be shown to others."""
