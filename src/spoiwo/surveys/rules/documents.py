"""A questionnaire as a JSON document and back; what is stored never knows of classes."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from spoiwo.surveys.types import (
    WITH_ROWS,
    Choice,
    Content,
    Field,
    Page,
    Pattern,
    Question,
    QuestionKind,
    Removed,
    Words,
)

Document = dict[str, Any]


def to_document(content: Content) -> Document:
    """JSON of a questionnaire."""
    return {
        "pages": [_page_out(page) for page in content.pages],
        "removed": [
            {
                "page": one.page,
                "place": one.place,
                "item": _page_out(one.item) if isinstance(one.item, Page) else _question_out(one.item),
            }
            for one in content.removed
        ],
    }


def from_document(document: Document) -> Content:
    """The questionnaire that `to_document` wrote."""
    return Content(
        pages=tuple(_page_in(page) for page in document.get("pages", [])),
        removed=tuple(
            Removed(
                one["page"],
                one["place"],
                _page_in(one["item"]) if "questions" in one["item"] else _question_in(one["item"]),
            )
            for one in document.get("removed", [])
        ),
    )


def fields_of(question: Question) -> Iterator[Field]:
    """Places for values of a question: none for a note, one for most, the rows or cells of a matrix."""
    if question.kind == QuestionKind.NOTE:
        return
    if question.kind not in WITH_ROWS:
        yield Field(question.code, question)
        return
    for row in question.rows:
        if question.kind == QuestionKind.MATRIX:
            yield Field(f"{question.code}.{row.code}", question, row)
        else:
            for column in question.choices:
                yield Field(f"{question.code}.{row.code}.{column.code}", question, row, column)


def all_fields(content: Content) -> list[Field]:
    """Places for values of the whole questionnaire, in order."""
    return [field for question in content.questions() for field in fields_of(question)]


def label_of(field: Field) -> Words:
    """What a place for a value is called: the question, and row and column of a matrix."""
    parts = [field.question.label, *(part.label for part in (field.row, field.column) if part)]
    return Words(
        pl=" – ".join(part.pl for part in parts),
        en=" – ".join(part.en or part.pl for part in parts) if field.question.label.en else "",
    )


def _words_out(words: Words) -> list[str]:
    return [words.pl, words.en]


def _choices_out(choices: tuple[Choice, ...]) -> list[list[str]]:
    return [[choice.code, choice.label.pl, choice.label.en] for choice in choices]


def _choices_in(rows: list[list[str]]) -> tuple[Choice, ...]:
    return tuple(Choice(code, Words(pl, en)) for code, pl, en in rows)


def _question_out(question: Question) -> Document:
    return {
        "code": question.code,
        "kind": question.kind.value,
        "label": _words_out(question.label),
        "hint": _words_out(question.hint),
        "required": question.required,
        "may_be_unknown": question.may_be_unknown,
        "unit": question.unit,
        "minimum": None if question.minimum is None else str(question.minimum),
        "maximum": None if question.maximum is None else str(question.maximum),
        "pattern": question.pattern.value,
        "choices": _choices_out(question.choices),
        "rows": _choices_out(question.rows),
        "condition": question.condition,
        "from_register": question.from_register,
    }


def _question_in(document: Document) -> Question:
    return Question(
        code=document["code"],
        kind=QuestionKind(document["kind"]),
        label=Words(*document["label"]),
        hint=Words(*document["hint"]),
        required=document["required"],
        may_be_unknown=document["may_be_unknown"],
        unit=document["unit"],
        minimum=None if document["minimum"] is None else Decimal(document["minimum"]),
        maximum=None if document["maximum"] is None else Decimal(document["maximum"]),
        pattern=Pattern(document["pattern"]),
        choices=_choices_in(document["choices"]),
        rows=_choices_in(document["rows"]),
        condition=document["condition"],
        from_register=document.get("from_register", False),  # older documents do not say
    )


def _page_out(page: Page) -> Document:
    return {
        "code": page.code,
        "title": _words_out(page.title),
        "condition": page.condition,
        "questions": [_question_out(question) for question in page.questions],
    }


def _page_in(document: Document) -> Page:
    return Page(
        code=document["code"],
        title=Words(*document["title"]),
        condition=document["condition"],
        questions=tuple(_question_in(question) for question in document["questions"]),
    )
