"""The builder's view of a questionnaire: pages, questions, minutes, what is wrong where."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from spoiwo.surveys.messages import KIND_NAMES, problem_sentence
from spoiwo.surveys.models import QuestionnaireVersion
from spoiwo.surveys.rules.budget import minutes_of, seconds_of
from spoiwo.surveys.rules.documents import all_fields
from spoiwo.surveys.rules.summaries import choices_of
from spoiwo.surveys.tables.wording import condition_in_words
from spoiwo.surveys.types import (
    NO,
    NUMERIC,
    YES,
    Content,
    Page,
    Problem,
    Question,
    QuestionKind,
)

EXAMPLES = 12


@dataclass(frozen=True, slots=True)
class QuestionLine:
    """One question in the builder."""

    code: str
    label: str
    kind: str
    details: tuple[str, ...]
    condition: str
    seconds: int
    problems: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PageLine:
    """One page in the builder."""

    code: str
    title: str
    condition: str
    questions: tuple[QuestionLine, ...]
    problems: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class BuildView:
    """The whole."""

    pages: tuple[PageLine, ...]
    least: int
    most: int
    budget: int
    removed: str
    problems: tuple[str, ...]

    @property
    def is_over(self) -> bool:
        """Whether it takes longer than allowed."""
        return self.most > self.budget


def build_view(version: QuestionnaireVersion, problems: Sequence[Problem], *, language: str) -> BuildView:
    """What the builder shows. problems: what publication refused."""
    content = version.questions
    least, most = minutes_of(content)
    places = {question.code for question in content.questions()} | {page.code for page in content.pages}
    last = content.removed[-1].item if content.removed else None
    removed = ""
    if last is not None:
        removed = (last.title if isinstance(last, Page) else last.label).in_language(language)
    return BuildView(
        pages=tuple(_page(page, content, problems, language) for page in content.pages),
        least=least,
        most=most,
        budget=version.questionnaire.minutes_budget,
        removed=removed,
        problems=tuple(problem_sentence(one) for one in problems if one.place not in places),
    )


def examples_of(content: Content, language: str) -> list[tuple[str, str]]:
    """Conditions that fit this questionnaire, ready to copy, with what they say."""
    found = []
    for one in all_fields(content):
        choices = choices_of(one, language)
        if one.question.kind in NUMERIC:
            condition = f"{one.code} > 0"
        elif one.question.kind == QuestionKind.MULTIPLE and choices:
            condition = f'"{choices[0][0]}" in {one.code}'
        elif choices:
            condition = f'{one.code} == "{choices[0][0]}"'
        else:
            condition = f"answered({one.code})"
        found.append((condition, condition_in_words(condition, content, language)))
    return found[-EXAMPLES:]


def _page(page: Page, content: Content, problems: Sequence[Problem], language: str) -> PageLine:
    return PageLine(
        code=page.code,
        title=page.title.in_language(language),
        condition=condition_in_words(page.condition, content, language),
        questions=tuple(_question(one, content, problems, language) for one in page.questions),
        problems=_told(page.code, problems),
    )


def _question(
    question: Question, content: Content, problems: Sequence[Problem], language: str
) -> QuestionLine:
    details = [_("required")] if question.required else []
    if question.from_register:
        details.append(_("answered by the register"))
    if question.unit:
        details.append(question.unit)
    names = {YES: _("Yes"), NO: _("No")}
    labels = [choice.label.in_language(language) for choice in question.choices]
    if question.kind == QuestionKind.YES_NO:
        labels = list(names.values())
    if question.rows:
        details.append(" / ".join(row.label.in_language(language) for row in question.rows))
    if labels:
        details.append(" / ".join(labels))
    return QuestionLine(
        code=question.code,
        label=question.label.in_language(language),
        kind=str(KIND_NAMES[question.kind]),
        details=tuple(details),
        condition=condition_in_words(question.condition, content, language),
        seconds=seconds_of(question),
        problems=_told(question.code, problems),
    )


def _told(code: str, problems: Sequence[Problem]) -> tuple[str, ...]:
    return tuple(problem_sentence(one) for one in problems if one.place == code)
