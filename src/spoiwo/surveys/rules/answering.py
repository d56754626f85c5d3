"""Reading answers: what was typed becomes a value or a problem; what does not apply is dropped."""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal

from spoiwo.kernel.errors import DomainError
from spoiwo.kernel.identifiers import parse_krs, parse_nip, parse_regon
from spoiwo.surveys.rules.conditions import holds
from spoiwo.surveys.rules.documents import fields_of
from spoiwo.surveys.types import (
    NO,
    UNKNOWN,
    YES,
    Content,
    Fault,
    Field,
    Page,
    Pattern,
    Problem,
    Question,
    QuestionKind,
    Value,
    Values,
)

LONGEST_TEXT = 500
LONGEST_LONG_TEXT = 10_000
LARGEST = Decimal(10) ** 15
_SHAPES = {
    Pattern.POSTAL_CODE: re.compile(r"\d{2}-\d{3}"),
    Pattern.EMAIL: re.compile(r"[^@\s]+@[^@\s]+\.[^@\s.]+"),
    Pattern.TERYT: re.compile(r"\d{2}|\d{4}|\d{7}"),
}
_NUMBERED = {Pattern.NIP: parse_nip, Pattern.REGON: parse_regon, Pattern.KRS: parse_krs}
_DAY = re.compile(r"(\d{1,2})[.\-/](\d{1,2})[.\-/](\d{4})")
Raw = Mapping[str, Sequence[str]]


def read_page(page: Page, raw: Raw, values: Values) -> tuple[dict[str, Value], list[Problem]]:
    """Answers of one page, and what is wrong with them.

    raw: field code -> texts sent. values: answers given so far, for the conditions. Questions that do not apply
    lose their answers; a wrong answer is left out, so that what is right can be kept.
    """
    kept = dict(values)
    problems: list[Problem] = []
    for question in page.questions:
        for field in fields_of(question):
            kept.pop(field.code, None)
        if not holds(question.condition, kept):
            continue
        for field in fields_of(question):
            value, problem = read_value(field, raw.get(field.code, ()))
            if problem:
                problems.append(problem)
            elif value is not None:
                kept[field.code] = value
    return kept, problems


def read_value(field: Field, texts: Sequence[str]) -> tuple[Value | None, Problem | None]:
    """The value of one field, None when nothing was answered, or what is wrong."""
    given = [text.strip() for text in texts if text.strip()]
    question = field.question
    if not given:
        return None, Problem(field.code, Fault.REQUIRED) if question.required else None
    if given == [UNKNOWN] and question.may_be_unknown:
        return UNKNOWN, None
    if question.kind == QuestionKind.MULTIPLE:
        return _several(field, given)
    reader = _READERS[question.kind]
    value, fault, detail = reader(question, given[0])
    return (None, Problem(field.code, fault, detail)) if fault else (value, None)


def shown_pages(content: Content, values: Values) -> list[Page]:
    """Pages that apply: their own condition holds, and so does that of one of their questions."""
    return [
        page
        for page in content.pages
        if holds(page.condition, values)
        and (not page.questions or any(holds(one.condition, values) for one in page.questions))
    ]


def shown_fields(content: Content, values: Values) -> list[Field]:
    """Fields of all questions that apply to these answers."""
    return [
        field
        for page in shown_pages(content, values)
        for question in page.questions
        if holds(question.condition, values)
        for field in fields_of(question)
    ]


def without_what_does_not_apply(content: Content, values: Values) -> dict[str, Value]:
    """Answers to questions that apply; asked again until nothing more falls away."""
    kept = dict(values)
    while True:
        applying = {field.code for field in shown_fields(content, kept)}
        if applying.issuperset(kept):
            return kept
        kept = {code: value for code, value in kept.items() if code in applying}


def unanswered(content: Content, values: Values) -> list[Problem]:
    """Required fields without an answer."""
    return [
        Problem(field.code, Fault.REQUIRED)
        for field in shown_fields(content, values)
        if field.question.required and field.code not in values
    ]


def fitting(content: Content, values: Values) -> dict[str, Value]:
    """Earlier answers that are still answers to this version, for filling in beforehand."""
    kept: dict[str, Value] = {}
    for question in content.questions():
        for field in fields_of(question):
            former = values.get(field.code)
            if former is not None:
                value, problem = read_value(field, texts_of(former))
                if not problem and value is not None:
                    kept[field.code] = value
    return kept


def texts_of(value: Value) -> list[str]:
    """A value as a form sends it."""
    return list(value) if isinstance(value, list) else [str(value)]


def parsed_number(text: str) -> Decimal | None:
    """A number as people write it: "1 234,50", "12.5"; None for anything else."""
    plain = re.sub(r"[\s\u00a0\u202f]", "", text).replace("−", "-")
    if plain.count(",") == 1 and "." not in plain:
        plain = plain.replace(",", ".")
    if not re.fullmatch(r"-?\d+(\.\d+)?", plain):
        return None
    return Decimal(plain)


Read = tuple[Value | None, Fault | None, str]


def _text(question: Question, text: str) -> Read:
    longest = LONGEST_LONG_TEXT if question.kind == QuestionKind.LONG_TEXT else LONGEST_TEXT
    if len(text) > longest:
        return None, Fault.TOO_LONG, str(longest)
    if question.pattern in _NUMBERED:
        try:
            return _NUMBERED[question.pattern](text), None, ""
        except DomainError:
            return None, Fault.PATTERN, question.pattern.value
    shape = _SHAPES.get(question.pattern)
    if shape and not shape.fullmatch(text):
        return None, Fault.PATTERN, question.pattern.value
    return text.replace("\x00", ""), None, ""


def _number(question: Question, text: str) -> Read:
    number = parsed_number(text)
    if number is None or abs(number) > LARGEST:
        return None, Fault.NOT_A_NUMBER, ""
    low = (
        Decimal(0) if question.kind == QuestionKind.NUMBERS and question.minimum is None else question.minimum
    )
    if question.kind != QuestionKind.DECIMAL and number != number.to_integral_value():
        return None, Fault.NOT_WHOLE, ""
    if low is not None and number < low:
        return None, Fault.TOO_SMALL, str(low)
    if question.maximum is not None and number > question.maximum:
        return None, Fault.TOO_LARGE, str(question.maximum)
    if question.kind == QuestionKind.DECIMAL:
        return str(number), None, ""
    return int(number), None, ""


def _date(question: Question, text: str) -> Read:
    try:
        day = _day(text)
    except ValueError:
        return None, Fault.NOT_A_DATE, ""
    if question.minimum is not None and day.year < question.minimum:
        return None, Fault.TOO_SMALL, str(question.minimum)
    if question.maximum is not None and day.year > question.maximum:
        return None, Fault.TOO_LARGE, str(question.maximum)
    return day.isoformat(), None, ""


def _day(text: str) -> date:
    written = _DAY.fullmatch(re.sub(r"\s+|r\.?$", "", text))
    if written:
        return date(int(written[3]), int(written[2]), int(written[1]))
    return date.fromisoformat(text)


def _choice(question: Question, text: str) -> Read:
    allowed: Iterable[str] = (choice.code for choice in question.choices)
    if question.kind == QuestionKind.YES_NO:
        allowed = (YES, NO)
    return (text, None, "") if text in allowed else (None, Fault.NOT_A_CHOICE, text)


def _several(field: Field, given: list[str]) -> tuple[Value | None, Problem | None]:
    known = [choice.code for choice in field.question.choices]
    for text in given:
        if text not in known:
            return None, Problem(field.code, Fault.NOT_A_CHOICE, text)
    return [code for code in known if code in given], None


_READERS = {
    QuestionKind.TEXT: _text,
    QuestionKind.LONG_TEXT: _text,
    QuestionKind.INTEGER: _number,
    QuestionKind.DECIMAL: _number,
    QuestionKind.NUMBERS: _number,
    QuestionKind.DATE: _date,
    QuestionKind.SINGLE: _choice,
    QuestionKind.YES_NO: _choice,
    QuestionKind.MATRIX: _choice,
}
