"""Refusals, problems and codes in words, each with what to do about it."""

from collections.abc import Mapping, Sequence
from functools import singledispatch

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from spoiwo.surveys import errors
from spoiwo.surveys.types import (
    BreakKind,
    Fault,
    Pattern,
    Problem,
    QuestionKind,
    Refusal,
    Refused,
    Step,
)

KIND_NAMES: Mapping[QuestionKind, object] = {
    QuestionKind.TEXT: gettext_lazy("Short text"),
    QuestionKind.LONG_TEXT: gettext_lazy("Long text"),
    QuestionKind.INTEGER: gettext_lazy("Whole number"),
    QuestionKind.DECIMAL: gettext_lazy("Number with decimals"),
    QuestionKind.DATE: gettext_lazy("Date"),
    QuestionKind.SINGLE: gettext_lazy("One answer from a list"),
    QuestionKind.MULTIPLE: gettext_lazy("Several answers from a list"),
    QuestionKind.YES_NO: gettext_lazy("Yes or no"),
    QuestionKind.MATRIX: gettext_lazy("Table: one answer in each row"),
    QuestionKind.NUMBERS: gettext_lazy("Table of whole numbers"),
    QuestionKind.NOTE: gettext_lazy("A text to read, without an answer"),
}
PATTERN_NAMES: Mapping[Pattern, object] = {
    Pattern.ANY: gettext_lazy("Any text"),
    Pattern.NIP: gettext_lazy("NIP"),
    Pattern.REGON: gettext_lazy("REGON"),
    Pattern.KRS: gettext_lazy("KRS number"),
    Pattern.POSTAL_CODE: gettext_lazy("Postal code"),
    Pattern.EMAIL: gettext_lazy("E-mail address"),
    Pattern.TERYT: gettext_lazy("TERYT code"),
}
BREAK_NAMES: Mapping[BreakKind, object] = {
    BreakKind.NEW: gettext_lazy("The question is new."),
    BreakKind.KIND: gettext_lazy("The kind of answer is another one."),
    BreakKind.UNIT: gettext_lazy("The unit is another one."),
    BreakKind.CHOICES: gettext_lazy("The answers to choose from are others."),
    BreakKind.WORDING: gettext_lazy("The question is worded differently."),
}
STEP_NAMES: Mapping[Step, object] = {
    Step.PLANNED: pgettext_lazy("survey", "Planned"),
    Step.OPEN: pgettext_lazy("survey", "Open"),
    Step.CLOSED: pgettext_lazy("survey", "Closed"),
    Step.VERIFIED: pgettext_lazy("survey", "Verified"),
    Step.PUBLISHED: pgettext_lazy("survey", "Published"),
}
STEP_DONE: Mapping[Step, object] = {
    Step.OPEN: gettext_lazy("The survey is open. The list of those asked is frozen."),
    Step.CLOSED: gettext_lazy("The survey is closed. It takes only answers to questions, and paper."),
    Step.VERIFIED: gettext_lazy("The answers are verified."),
    Step.PUBLISHED: gettext_lazy("The results are published. They can no longer change."),
}
_FAULTS: Mapping[Fault, object] = {
    Fault.REQUIRED: gettext_lazy("Answer this question."),
    Fault.NOT_A_NUMBER: gettext_lazy("Enter a number, for example 1250 or 12,5."),
    Fault.NOT_WHOLE: gettext_lazy("Enter a whole number, without decimals."),
    Fault.NOT_A_DATE: gettext_lazy("Enter the date as day, month and year, for example 3.02.2024."),
    Fault.TOO_SMALL: gettext_lazy("The lowest value allowed is %(detail)s."),
    Fault.TOO_LARGE: gettext_lazy("The highest value allowed is %(detail)s."),
    Fault.TOO_LONG: gettext_lazy("Shorten the text to %(detail)s characters."),
    Fault.NOT_A_CHOICE: gettext_lazy("Choose one of the answers."),
    Fault.CODE_SHAPE: gettext_lazy(
        "The code “%(detail)s” may have small letters, digits and underscores, and begins with a letter."
    ),
    Fault.CODE_TWICE: gettext_lazy("The code “%(detail)s” is used twice. Give one of them another code."),
    Fault.CODE_CHANGED_KIND: gettext_lazy(
        "The question “%(detail)s” had another kind of answer in an earlier version. Give it a new code."
    ),
    Fault.NO_LABEL: gettext_lazy("A text in Polish is missing."),
    Fault.NO_CHOICES: gettext_lazy("Write the answers to choose from, one in a line."),
    Fault.NO_ROWS: gettext_lazy("Write the rows of the table, one in a line."),
    Fault.EMPTY_PAGE: gettext_lazy("The page has no questions. Add one, or remove the page."),
    Fault.NO_PAGES: gettext_lazy("The questionnaire has no pages yet."),
    Fault.NOT_IN_REGISTER: gettext_lazy(
        "The register can answer only when codes of answers are kinds of institutions, for example CIS or KIS."
    ),
    Fault.RANGE: gettext_lazy("The lowest value is above the highest one."),
    Fault.CONDITION: gettext_lazy("This condition cannot be understood: “%(detail)s”. Look at the examples."),
    Fault.CONDITION_UNKNOWN: gettext_lazy("The condition names “%(detail)s”, and there is no such question."),
    Fault.CONDITION_LATER: gettext_lazy(
        "The condition asks about “%(detail)s”, which comes later. Move that question up."
    ),
    Fault.CONDITION_CHOICE: gettext_lazy("The question has no such answer: “%(detail)s”."),
}
_PATTERN_SENTENCES: Mapping[str, object] = {
    Pattern.NIP: gettext_lazy("This is not a NIP: ten digits, the last of which is a check digit."),
    Pattern.REGON: gettext_lazy("This is not a REGON: nine or fourteen digits with a check digit."),
    Pattern.KRS: gettext_lazy("This is not a KRS number: ten digits."),
    Pattern.POSTAL_CODE: gettext_lazy("Enter the postal code as 66-400."),
    Pattern.EMAIL: gettext_lazy("Enter an e-mail address, for example biuro@example.pl."),
    Pattern.TERYT: gettext_lazy("Enter a TERYT code of 2, 4 or 7 digits."),
}
_REFUSALS: Mapping[Refusal, object] = {
    Refusal.TYPE: gettext_lazy(
        "Type “%(said)s” is not asked here. Change it to text, a number, a date or a list."
    ),
    Refusal.EXPRESSION: gettext_lazy(
        "The expression “%(said)s” is not understood. Comparisons, and, or, not(), selected() and "
        "count-selected() are; write the condition again in the builder."
    ),
    Refusal.REPEAT: gettext_lazy(
        "Repeated groups are not asked here. Use a table with one row for each thing."
    ),
    Refusal.NESTED_GROUP: gettext_lazy(
        "A group inside a group was left out; its questions are on the page around it."
    ),
    Refusal.LIST_UNKNOWN: gettext_lazy("The sheet choices has no list “%(said)s”. Add it there."),
    Refusal.OR_OTHER: gettext_lazy(
        "“or_other” was left out. Add an answer “other” and a text question after it."
    ),
    Refusal.COLUMN: gettext_lazy("This column is not taken (“%(said)s”). Nothing like it is asked here."),
    Refusal.NAME: gettext_lazy(
        "“%(said)s” cannot be a code: letters, digits and underscores, a letter first."
    ),
    Refusal.NAME_TWICE: gettext_lazy(
        "The name “%(said)s” is there already. Every question needs a name of its own."
    ),
    Refusal.LABEL: gettext_lazy("The question has no text; its code stands in for it."),
    Refusal.CHOICE_TWICE: gettext_lazy("The list has the answer “%(said)s” twice; the first one was taken."),
    Refusal.CHOICE_NAME: gettext_lazy(
        "The answer needs a name of letters, digits and underscores, not “%(said)s”."
    ),
    Refusal.TOO_MANY: gettext_lazy("The sheet is too long; rows from here on were not read."),
}


def problem_sentence(problem: Problem) -> str:
    """What is wrong with a questionnaire or an answer, and what to do."""
    if problem.fault == Fault.PATTERN:
        return str(_PATTERN_SENTENCES[problem.detail])
    if problem.fault == Fault.REQUIRED and problem.detail:
        return _("Confirm on its page that the earlier answer is still right, or change it.")
    sentence = str(_FAULTS[problem.fault])
    return sentence % {"detail": problem.detail} if "%(" in sentence else sentence


def refusal_sentence(refused: Refused) -> str:
    """Why a part of a workbook was not taken, and what to do."""
    sentence = str(_REFUSALS[refused.refusal])
    return sentence % {"said": refused.said} if "%(" in sentence else sentence


def sentences(problems: Sequence[Problem]) -> list[tuple[str, str]]:
    """Places with their sentences."""
    return [(problem.place, problem_sentence(problem)) for problem in problems]


def minutes_words(least: int, most: int) -> str:
    """How long answering takes, in whole minutes."""
    if least == most:
        return ngettext("about %(n)s minute", "about %(n)s minutes", most) % {"n": most}
    return _("from %(least)s to %(most)s minutes") % {"least": least, "most": most}


@singledispatch
def message_for(error: errors.SurveysError) -> str:
    """The refusal as a sentence for people."""
    sentence = _SIMPLE.get(type(error))
    if sentence is None:
        raise error  # a rule without a sentence is a bug, not a blank page
    return str(sentence)


@message_for.register
def _open_queries(error: errors.OpenQueries) -> str:
    return ngettext(
        "%(n)s answer still waits for a reply to a question.",
        "%(n)s answers still wait for a reply to a question.",
        error.count,
    ) % {"n": error.count}


@message_for.register
def _incomplete(error: errors.QuestionnaireIncomplete) -> str:
    return ngettext(
        "The questionnaire cannot be published: %(n)s thing has to be put right.",
        "The questionnaire cannot be published: %(n)s things have to be put right.",
        len(error.problems),
    ) % {"n": len(error.problems)}


_SIMPLE: Mapping[type[errors.SurveysError], object] = {
    errors.NotYours: gettext_lazy("Your task at the institution does not include this."),
    errors.NotADraft: gettext_lazy("This version is published. Make a new version to change it."),
    errors.DraftAlreadyOpen: gettext_lazy("There is a draft of the next version already."),
    errors.CodeTaken: gettext_lazy(
        "The code is taken or not a code: small letters, digits and underscores, a letter first."
    ),
    errors.NothingToPutBack: gettext_lazy("There is nothing to put back."),
    errors.NoSuchQuestion: gettext_lazy("There is no such question, or it does not give a number."),
    errors.AnswersRefused: gettext_lazy("Some answers have to be put right."),
    errors.LinkSpent: gettext_lazy("This link does not work any more."),
    errors.NotCollecting: gettext_lazy("The survey takes no answers now."),
    errors.AlreadyAnswered: gettext_lazy("The answer has been handed in."),
    errors.WrongStep: gettext_lazy("The survey does not stand where this can be done. Load the page again."),
    errors.FrameFrozen: gettext_lazy("The list of those asked was frozen when the survey opened."),
    errors.FrameEmpty: gettext_lazy(
        "Nobody is on the list yet. Add those to be asked, or allow an open link."
    ),
    errors.PeriodTaken: gettext_lazy("There is an edition for this period already."),
    errors.ReasonMissing: gettext_lazy("Choose a reason that belongs to the outcome."),
    errors.NotAnXlsForm: gettext_lazy(
        "This is not an XLSForm workbook: an XLSX file with a sheet named “survey”."
    ),
    errors.FileTooLarge: gettext_lazy("The file is too large. For many answers choose CSV."),
    errors.TooFew: gettext_lazy("There are too few answers to show."),
    errors.NotFound: gettext_lazy("This is not there any more. Load the page again."),
}
