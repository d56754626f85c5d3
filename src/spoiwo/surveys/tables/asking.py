"""A page of questions as a respondent sees it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from spoiwo.surveys.messages import problem_sentence
from spoiwo.surveys.rules.answering import texts_of
from spoiwo.surveys.rules.conditions import holds
from spoiwo.surveys.rules.documents import all_fields, fields_of, label_of
from spoiwo.surveys.types import (
    NO,
    UNKNOWN,
    WITH_ROWS,
    YES,
    Content,
    Field,
    Page,
    Pattern,
    Problem,
    Question,
    QuestionKind,
    Value,
    Values,
)

_INPUT_MODES = {
    QuestionKind.INTEGER: "numeric",
    QuestionKind.NUMBERS: "numeric",
    QuestionKind.DECIMAL: "decimal",
}


@dataclass(frozen=True, slots=True)
class Option:
    """An answer to choose."""

    value: str
    label: str
    checked: bool
    id: str


@dataclass(frozen=True, slots=True)
class Cell:
    """One place for a value. widget: "input", "textarea", "radios", "checkboxes"."""

    name: str
    id: str
    widget: str
    label: str = ""
    value: str = ""
    error: str = ""
    input_mode: str = ""
    input_type: str = "text"
    options: tuple[Option, ...] = ()
    prefilled: str = ""
    row: str = ""
    column: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table of questions."""

    label: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Shown:
    """One question on the screen; is_shown: its condition holds, otherwise its place stays empty."""

    code: str
    kind: str
    label: str
    hint: str
    unit: str
    required: bool
    is_shown: bool
    cells: tuple[Cell, ...] = ()
    rows: tuple[Row, ...] = ()
    columns: tuple[str, ...] = ()
    errors: tuple[str, ...] = field(default=())

    @property
    def prefilled(self) -> str:
        """Where values of this question came from, when nobody has confirmed them yet."""
        cells = [*self.cells, *(cell for row in self.rows for cell in row.cells)]
        return next((cell.prefilled for cell in cells if cell.prefilled), "")


def questions_of(
    page: Page,
    values: Values,
    *,
    language: str,
    problems: Sequence[Problem] = (),
    typed: Mapping[str, Sequence[str]] | None = None,
    prefilled: Mapping[str, str] | None = None,
) -> list[Shown]:
    """All questions of a page. typed: what was sent and refused, shown again as it was typed."""
    told = {problem.place: problem_sentence(problem) for problem in problems}
    maker = _Maker(values, language, told, typed or {}, prefilled or {})
    return [maker.shown(question) for question in page.questions]


@dataclass(frozen=True, slots=True)
class _Maker:
    values: Values
    language: str
    told: Mapping[str, str]
    typed: Mapping[str, Sequence[str]]
    prefilled: Mapping[str, str]

    def shown(self, question: Question) -> Shown:
        """The question with its values."""
        fields = list(fields_of(question))
        cells: tuple[Cell, ...] = ()
        rows: tuple[Row, ...] = ()
        if question.kind in WITH_ROWS:
            rows = tuple(
                Row(
                    row.label.in_language(self.language),
                    tuple(self.cell(one) for one in fields if one.row == row),
                )
                for row in question.rows
            )
        else:
            cells = tuple(self.cell(one) for one in fields)
        columns: tuple[str, ...] = ()
        if question.kind == QuestionKind.NUMBERS:
            columns = tuple(column.label.in_language(self.language) for column in question.choices)
        return Shown(
            code=question.code,
            kind=question.kind.value,
            label=question.label.in_language(self.language),
            hint=question.hint.in_language(self.language),
            unit=question.unit,
            required=question.required,
            is_shown=holds(question.condition, self.values),
            cells=cells,
            rows=rows,
            columns=columns,
            errors=tuple(self.told[one.code] for one in fields if one.code in self.told),
        )

    def cell(self, one: Field) -> Cell:
        """One place for a value."""
        question = one.question
        texts = self.texts(one)
        widget = _widget(question.kind)
        label = question.label.in_language(self.language)
        parts = [part.label.in_language(self.language) for part in (one.row, one.column) if part]
        return Cell(
            name=f"v.{one.code}",
            id=f"v-{one.code}",
            widget=widget,
            label=", ".join(parts) or label,
            value=texts[0] if texts and widget in {"input", "textarea"} else "",
            error=self.told.get(one.code, ""),
            input_mode=_INPUT_MODES.get(question.kind, ""),
            input_type="email" if question.pattern == Pattern.EMAIL else "text",
            options=self.options(one, texts),
            prefilled=self.prefilled.get(one.code, ""),
            row=one.row.label.in_language(self.language) if one.row else "",
            column=one.column.label.in_language(self.language) if one.column else "",
        )

    def texts(self, one: Field) -> list[str]:
        """What stands in the field: what was typed, or the value as people write it."""
        if one.code in self.typed:
            return list(self.typed[one.code])
        value = self.values.get(one.code)
        if value is None:
            return []
        if one.question.kind == QuestionKind.DATE and value != UNKNOWN:
            return [polish_day(str(value))]
        if one.question.kind == QuestionKind.DECIMAL:
            return [str(value).replace(".", ",")]
        return texts_of(value)

    def options(self, one: Field, texts: Sequence[str]) -> tuple[Option, ...]:
        """Answers to choose, "no data" among them where it may be answered."""
        question = one.question
        pairs: list[tuple[str, str]] = []
        if question.kind == QuestionKind.YES_NO:
            pairs = [(YES, _("Yes")), (NO, _("No"))]
        elif question.kind in {QuestionKind.SINGLE, QuestionKind.MULTIPLE, QuestionKind.MATRIX}:
            pairs = [(choice.code, choice.label.in_language(self.language)) for choice in question.choices]
        if question.may_be_unknown and question.kind != QuestionKind.NOTE:
            pairs.append((UNKNOWN, _("No data")))
        return tuple(
            Option(value, label, value in texts, f"v-{one.code}" if not number else f"v-{one.code}-{number}")
            for number, (value, label) in enumerate(pairs)
        )


def polish_day(text: str) -> str:
    """2024-02-03 as 3.02.2024."""
    year, month, day = text.split("-")
    return f"{int(day)}.{month}.{year}"


def words_of_value(one: Field, value: Value | None, language: str) -> str:
    """A value in words, for the summary before handing in; nothing is a dash."""
    if value is None:
        return "–"
    if value == UNKNOWN:
        return _("No data")
    if one.question.kind == QuestionKind.DATE:
        return polish_day(str(value))
    if one.question.kind == QuestionKind.YES_NO:
        return _("Yes") if value == YES else _("No")
    names = {choice.code: choice.label.in_language(language) for choice in one.question.choices}
    text = ", ".join(names.get(code, code) for code in texts_of(value))
    if one.question.kind == QuestionKind.DECIMAL:
        text = text.replace(".", ",")
    return f"{text} {one.question.unit}".strip()


def told_lines(content: Content, told: Values, language: str) -> list[tuple[str, str]]:
    """What the register has answered: questions and answers in words."""
    return [
        (label_of(one).in_language(language), words_of_value(one, told[one.code], language))
        for one in all_fields(content)
        if one.code in told
    ]


def raw_of(data: Any) -> dict[str, list[str]]:
    """What was sent for each field. data: a QueryDict; names of fields begin with "v."."""
    return {name[2:]: list(values) for name, values in data.lists() if name.startswith("v.")}


def _widget(kind: QuestionKind) -> str:
    if kind in {QuestionKind.SINGLE, QuestionKind.YES_NO, QuestionKind.MATRIX}:
        return "radios"
    if kind == QuestionKind.MULTIPLE:
        return "checkboxes"
    return "textarea" if kind == QuestionKind.LONG_TEXT else "input"
