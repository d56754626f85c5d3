"""Whether a questionnaire can be published: codes, labels, choices, ranges, conditions."""

import re
from collections.abc import Iterator, Mapping

from spoiwo.surveys.rules.conditions import FUNCTIONS, NotACondition, choices_compared, names_in
from spoiwo.surveys.rules.documents import all_fields, fields_of
from spoiwo.surveys.rules.register import is_kind_known
from spoiwo.surveys.types import (
    NO,
    WITH_CHOICES,
    WITH_ROWS,
    YES,
    Choice,
    Content,
    Fault,
    Page,
    Problem,
    Question,
    QuestionKind,
)

CODE = re.compile(r"[a-z][a-z0-9_]{0,39}")
CHOICE_CODE = re.compile(r"[A-Za-z0-9_]{1,40}")
WORDS_OF_CONDITIONS = frozenset({"and", "or", "not", "in", "is", "if", "else", "for", "lambda", *FUNCTIONS})


def problems_of(content: Content, *, former: Mapping[str, QuestionKind] | None = None) -> list[Problem]:
    """Everything that keeps the questionnaire from being published.

    former: kinds of questions in published versions; a code never changes its kind.
    """
    if not content.pages:
        return [Problem("", Fault.NO_PAGES)]
    return [
        *_codes(content, former or {}),
        *(problem for page in content.pages for problem in _page_problems(page)),
        *(problem for one in content.questions() for problem in question_problems(one)),
        *_condition_problems(content),
    ]


def question_problems(question: Question) -> list[Problem]:
    """What is wrong with a question by itself."""
    found = []
    if not is_code(question.code):
        found.append(Problem(question.code, Fault.CODE_SHAPE, question.code))
    if not question.label.pl:
        found.append(Problem(question.code, Fault.NO_LABEL))
    if question.kind in WITH_CHOICES:
        found += _choice_problems(question, question.choices, Fault.NO_CHOICES)
    if question.kind in WITH_ROWS:
        found += _choice_problems(question, question.rows, Fault.NO_ROWS)
    if question.from_register and not is_kind_known(question):
        found.append(Problem(question.code, Fault.NOT_IN_REGISTER))
    low, high = question.minimum, question.maximum
    if low is not None and high is not None and low > high:
        found.append(Problem(question.code, Fault.RANGE))
    return found


def is_code(text: str) -> bool:
    """Whether a text can be the code of a page or question: small letters, digits and underscores."""
    return bool(CODE.fullmatch(text)) and text not in WORDS_OF_CONDITIONS


def _choice_problems(question: Question, choices: tuple[Choice, ...], none: Fault) -> list[Problem]:
    if not choices:
        return [Problem(question.code, none)]
    codes = [choice.code for choice in choices]
    found = [Problem(question.code, Fault.CODE_TWICE, code) for code in sorted(_twice(codes))]
    found += [
        Problem(question.code, Fault.CODE_SHAPE, one) for one in codes if not CHOICE_CODE.fullmatch(one)
    ]
    found += [Problem(question.code, Fault.NO_LABEL, one.code) for one in choices if not one.label.pl]
    return found


def _codes(content: Content, former: Mapping[str, QuestionKind]) -> Iterator[Problem]:
    codes = [question.code for question in content.questions()]
    yield from (Problem(code, Fault.CODE_TWICE, code) for code in sorted(_twice(codes)))
    pages = [page.code for page in content.pages]
    yield from (Problem(code, Fault.CODE_TWICE, code) for code in sorted(_twice(pages)))
    for question in content.questions():
        if former.get(question.code, question.kind) != question.kind:
            yield Problem(question.code, Fault.CODE_CHANGED_KIND, question.code)


def _page_problems(page: Page) -> Iterator[Problem]:
    if not is_code(page.code):
        yield Problem(page.code, Fault.CODE_SHAPE, page.code)
    if not page.title.pl:
        yield Problem(page.code, Fault.NO_LABEL)
    if not page.questions:
        yield Problem(page.code, Fault.EMPTY_PAGE)


def _condition_problems(content: Content) -> Iterator[Problem]:
    """A condition may ask only for what stands before it, and compare with choices that exist."""
    everywhere = {field.code for field in all_fields(content)}
    choices = {field.code: _allowed(field.question) for field in all_fields(content)}
    before: set[str] = set()
    for page in content.pages:
        yield from condition_problems(page.code, page.condition, before, everywhere, choices)
        for question in page.questions:
            yield from condition_problems(question.code, question.condition, before, everywhere, choices)
            before |= {field.code for field in fields_of(question)}


def condition_problems(
    place: str,
    condition: str,
    before: set[str],
    everywhere: set[str],
    choices: Mapping[str, frozenset[str]],
) -> Iterator[Problem]:
    """What is wrong with one condition."""
    if not condition.strip():
        return
    try:
        names = names_in(condition)
        compared = choices_compared(condition)
    except NotACondition as error:
        yield Problem(place, Fault.CONDITION, error.part or condition)
        return
    for name in sorted(names - before):
        yield Problem(place, Fault.CONDITION_LATER if name in everywhere else Fault.CONDITION_UNKNOWN, name)
    for name, text in compared:
        if choices.get(name) and text not in choices[name]:
            yield Problem(place, Fault.CONDITION_CHOICE, f"{name}: {text}")


def _allowed(question: Question) -> frozenset[str]:
    """Texts that an answer may be; empty when any text may."""
    if question.kind == QuestionKind.YES_NO:
        return frozenset({YES, NO})
    if question.kind in WITH_CHOICES and question.kind != QuestionKind.NUMBERS:
        return frozenset(choice.code for choice in question.choices)
    return frozenset()


def _twice(codes: list[str]) -> set[str]:
    return {code for code in codes if codes.count(code) > 1}
