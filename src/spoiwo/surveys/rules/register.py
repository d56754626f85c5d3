"""What the register of institutions knows of a unit, so that nobody is asked for it."""

from collections.abc import Collection
from dataclasses import replace

from spoiwo.institutions.types import Kind
from spoiwo.surveys.types import Content, Question, Value

KINDS = frozenset(kind.value.casefold() for kind in Kind)


def told_by_register(content: Content, kind: str) -> dict[str, Value]:
    """Answers that follow from what kind of institution a unit is: question code -> code of the choice."""
    told: dict[str, Value] = {}
    for question in content.questions():
        choice = next((one.code for one in question.choices if one.code.casefold() == kind.casefold()), "")
        if question.from_register and choice:
            told[question.code] = choice
    return told


def without_questions(content: Content, codes: Collection[str]) -> Content:
    """The questionnaire without these questions, and without pages that nothing is left of."""
    if not codes:
        return content
    pages = (
        replace(page, questions=tuple(one for one in page.questions if one.code not in codes))
        for page in content.pages
    )
    return Content(tuple(page for page in pages if page.questions))


def is_kind_known(question: Question) -> bool:
    """Whether the register has a word for at least one of the choices."""
    return any(choice.code.casefold() in KINDS for choice in question.choices)
