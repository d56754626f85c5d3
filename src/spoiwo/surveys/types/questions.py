"""Questionnaires as documents, and what is wrong with one or with an answer."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum


class QuestionKind(StrEnum):
    """What kind of answer a question takes; the codes never change."""

    TEXT = "text"
    LONG_TEXT = "long_text"
    INTEGER = "integer"
    DECIMAL = "decimal"
    DATE = "date"
    SINGLE = "single"
    MULTIPLE = "multiple"
    YES_NO = "yes_no"
    MATRIX = "matrix"  # one choice per row
    NUMBERS = "numbers"  # a whole number per row and column
    NOTE = "note"  # a text to read, without an answer


NUMERIC = frozenset({QuestionKind.INTEGER, QuestionKind.DECIMAL, QuestionKind.NUMBERS})
WITH_CHOICES = frozenset(
    {QuestionKind.SINGLE, QuestionKind.MULTIPLE, QuestionKind.MATRIX, QuestionKind.NUMBERS}
)
WITH_ROWS = frozenset({QuestionKind.MATRIX, QuestionKind.NUMBERS})
YES, NO = "yes", "no"


class Pattern(StrEnum):
    """What a short text must look like."""

    ANY = ""
    NIP = "nip"
    REGON = "regon"
    KRS = "krs"
    POSTAL_CODE = "postal_code"
    EMAIL = "email"
    TERYT = "teryt"


class Subject(StrEnum):
    """Whom a questionnaire is about; answers about a person are read by fewer people."""

    ENTITY = "entity"
    PERSON = "person"


@dataclass(frozen=True, slots=True)
class Words:
    """A text in both languages; the Polish one stands in for a missing English one."""

    pl: str = ""
    en: str = ""

    def in_language(self, language: str) -> str:
        """The text for a language code."""
        return self.en if language.startswith("en") and self.en else self.pl


@dataclass(frozen=True, slots=True)
class Choice:
    """An answer to choose, or a row of a matrix."""

    code: str
    label: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One question. minimum, maximum: numbers, or years of a date; condition: in the language of rules.conditions.

    may_be_unknown: "no data" may be answered, which counts as missing and never as zero; from_register: of a question
    with one answer, whether the kind of institution in the register answers it, by the code of the choice.
    """

    code: str
    kind: QuestionKind
    label: Words
    hint: Words = Words()
    required: bool = False
    may_be_unknown: bool = False
    unit: str = ""
    minimum: Decimal | None = None
    maximum: Decimal | None = None
    pattern: Pattern = Pattern.ANY
    choices: tuple[Choice, ...] = ()
    rows: tuple[Choice, ...] = ()
    condition: str = ""
    from_register: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """Questions asked together on one screen."""

    code: str
    title: Words
    condition: str = ""
    questions: tuple[Question, ...] = ()


@dataclass(frozen=True, slots=True)
class Removed:
    """What was taken out while building, and where it stood: of a page (page code empty) or a question."""

    page: str
    place: int
    item: Page | Question


@dataclass(frozen=True, slots=True)
class Content:
    """A whole questionnaire; removed: what can be put back, the latest last."""

    pages: tuple[Page, ...] = ()
    removed: tuple[Removed, ...] = ()

    def questions(self) -> tuple[Question, ...]:
        """All questions in their order."""
        return tuple(question for page in self.pages for question in page.questions)

    def find(self, code: str) -> Question | None:
        """The question with this code."""
        return next((one for one in self.questions() if one.code == code), None)


class Fault(StrEnum):
    """What is wrong with a questionnaire or with an answer."""

    REQUIRED = "required"
    NOT_A_NUMBER = "not_a_number"
    NOT_WHOLE = "not_whole"
    NOT_A_DATE = "not_a_date"
    TOO_SMALL = "too_small"
    TOO_LARGE = "too_large"
    TOO_LONG = "too_long"
    PATTERN = "pattern"
    NOT_A_CHOICE = "not_a_choice"
    CODE_SHAPE = "code_shape"
    CODE_TWICE = "code_twice"
    CODE_CHANGED_KIND = "code_changed_kind"
    NO_LABEL = "no_label"
    NO_CHOICES = "no_choices"
    NO_ROWS = "no_rows"
    EMPTY_PAGE = "empty_page"
    NO_PAGES = "no_pages"
    RANGE = "range"
    CONDITION = "condition"
    CONDITION_UNKNOWN = "condition_unknown"
    CONDITION_LATER = "condition_later"
    CONDITION_CHOICE = "condition_choice"
    CONDITION_COMPARISON = "condition_comparison"
    NOT_IN_REGISTER = "not_in_register"


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong: where (question, page or field code), what, and the detail the sentence needs."""

    place: str
    fault: Fault
    detail: str = ""


Value = (
    str | int | list[str]
)  # as stored in JSON: numbers of whole people as int, other numbers as decimal text
Values = Mapping[str, Value]  # field code -> value; absent: not answered
UNKNOWN = "?"  # "no data", kept as an answer of its own


@dataclass(frozen=True, slots=True)
class Field:
    """A place for one value: a question, or a cell of a matrix (its code is question.row or question.row.column)."""

    code: str
    question: Question
    row: Choice | None = None
    column: Choice | None = None
