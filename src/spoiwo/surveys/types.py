"""Values of the context: questionnaires as documents, what is answered to them, how a round of asking went."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
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


class VersionState(StrEnum):
    """Where a version of a questionnaire stands."""

    DRAFT = "draft"
    PUBLISHED = "published"
    CLOSED = "closed"


class Step(StrEnum):
    """Where a survey stands; it only ever goes forward."""

    PLANNED = "planned"
    OPEN = "open"
    CLOSED = "closed"
    VERIFIED = "verified"
    PUBLISHED = "published"


class AnswerState(StrEnum):
    """Where an answer stands."""

    STARTED = "started"
    SUBMITTED = "submitted"
    QUERIED = "queried"  # a question about the answer waits for the respondent
    ACCEPTED = "accepted"


COUNTED = (AnswerState.SUBMITTED, AnswerState.QUERIED, AnswerState.ACCEPTED)


class Source(StrEnum):
    """How an answer came in."""

    LINK = "link"
    ACCOUNT = "account"
    PHONE = "phone"
    PAPER = "paper"


class Outcome(StrEnum):
    """What became of a unit of the frame."""

    WAITING = "waiting"
    PARTIAL = "partial"
    COMPLETED = "completed"
    REFUSED = "refused"
    UNREACHABLE = "unreachable"
    NOT_ELIGIBLE = "not_eligible"
    OUT_OF_BUSINESS = "out_of_business"


GIVEN_BY_STAFF = (Outcome.REFUSED, Outcome.UNREACHABLE, Outcome.NOT_ELIGIBLE, Outcome.OUT_OF_BUSINESS)
NOT_IN_SCOPE = (Outcome.NOT_ELIGIBLE, Outcome.OUT_OF_BUSINESS)


class Reason(StrEnum):
    """Why a unit did not answer."""

    NONE = ""
    NO_TIME = "no_time"
    NO_TRUST = "no_trust"
    TOO_LONG = "too_long"
    NO_CONTACT = "no_contact"
    WRONG_ADDRESS = "wrong_address"
    CLOSED = "closed"
    SUSPENDED = "suspended"
    LOST_STATUS = "lost_status"
    OTHER = "other"


REASONS: Mapping[Outcome, tuple[Reason, ...]] = {
    Outcome.REFUSED: (Reason.NO_TIME, Reason.NO_TRUST, Reason.TOO_LONG, Reason.OTHER),
    Outcome.UNREACHABLE: (Reason.NO_CONTACT, Reason.WRONG_ADDRESS, Reason.OTHER),
    Outcome.NOT_ELIGIBLE: (Reason.LOST_STATUS, Reason.OTHER),
    Outcome.OUT_OF_BUSINESS: (Reason.CLOSED, Reason.SUSPENDED, Reason.OTHER),
}


class Status(StrEnum):
    """What stands behind a value, for those who count: a missing answer is never zero."""

    OK = "ok"
    MISSING = "missing"
    ZERO_REPORTED = "zero_reported"
    NA = "na"


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

    may_be_unknown: "no data" may be answered, which counts as missing and never as zero.
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


class Refusal(StrEnum):
    """Why a part of an XLSForm workbook was not taken; the sentence says what to do."""

    TYPE = "type"
    EXPRESSION = "expression"
    REPEAT = "repeat"
    NESTED_GROUP = "nested_group"
    LIST_UNKNOWN = "list_unknown"
    OR_OTHER = "or_other"
    COLUMN = "column"
    NAME = "name"
    NAME_TWICE = "name_twice"
    LABEL = "label"
    CHOICE_TWICE = "choice_twice"
    CHOICE_NAME = "choice_name"
    TOO_MANY = "too_many"


@dataclass(frozen=True, slots=True)
class Refused:
    """A part of a workbook that was not taken: sheet, row as the spreadsheet numbers it, column, what it said."""

    sheet: str
    row: int
    column: str
    refusal: Refusal
    said: str = ""


@dataclass(frozen=True, slots=True)
class Taken:
    """What could be read from a workbook, and what could not."""

    title: str
    content: Content
    refused: tuple[Refused, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What is said of a questionnaire as a whole."""

    code: str
    title: Words
    subject: Subject = Subject.ENTITY
    minutes_budget: int = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """What is said of a survey: one round of asking. period: "2025" for an edition, empty for a simple survey.

    weight_question: code of a numeric question by which units weigh in the coverage.
    """

    title: str
    period: str = ""
    anonymous: bool = False
    open_link: bool = False
    opens_on: date | None = None
    closes_on: date | None = None
    weight_question: str = ""


@dataclass(frozen=True, slots=True)
class Unit:
    """Somebody to be asked, as the frame freezes them."""

    name: str
    kind: str = ""
    territory: str = ""
    email: str = ""
    institution_id: int | None = None
    key: str = ""  # the same in every edition


@dataclass(frozen=True, slots=True)
class Observation:
    """One value for those who count: monitoring reads nothing else of a survey.

    question: field code (a cell of a matrix is question.row.column). unit_of_measure: as the question says.
    """

    questionnaire: str
    question: str
    unit: str
    kind: str
    territory: str
    period: str
    value: Decimal | None
    status: Status
    unit_of_measure: str = ""
    choice: str = ""


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar of a picture: what it says, how many, of how many; None when too few to be shown."""

    label: str
    count: int | None
    share: Decimal | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """What was answered to one field. asked: to how many it applied; missing: unanswered or without data."""

    code: str
    label: Words
    kind: QuestionKind
    asked: int = 0
    answered: int = 0
    unknown: int = 0
    counts: Mapping[str, int] = field(default_factory=dict)  # choice code -> answers
    numbers: tuple[Decimal, ...] = ()
    texts: tuple[str, ...] = ()

    @property
    def missing(self) -> int:
        """Asked but not answered, or answered with "no data"."""
        return self.asked - self.answered


@dataclass(frozen=True, slots=True)
class Figures:
    """What is told of the numbers answered to a field."""

    n: int
    total: Decimal
    mean: Decimal
    median: Decimal
    lowest: Decimal
    highest: Decimal


@dataclass(frozen=True, slots=True)
class Funnel:
    """How many units came how far."""

    frame: int
    invited: int
    opened: int
    started: int
    submitted: int
    accepted: int


@dataclass(frozen=True, slots=True)
class Coverage:
    """Response of one stratum: units in scope, those that answered, and the same by weight."""

    stratum: str
    in_scope: int
    answered: int
    weight_in_scope: Decimal
    weight_answered: Decimal

    @property
    def rate(self) -> Decimal | None:
        """Response rate by units, None without units."""
        return Decimal(self.answered) / self.in_scope if self.in_scope else None

    @property
    def weighted(self) -> Decimal | None:
        """Response rate by weight, None without weight."""
        return self.weight_answered / self.weight_in_scope if self.weight_in_scope else None


@dataclass(frozen=True, slots=True)
class Panel:
    """Change of a number between two editions: among those who answered both, and of the totals."""

    code: str
    units: int
    matched_before: Decimal
    matched_now: Decimal
    gross_before: Decimal
    gross_now: Decimal

    @property
    def matched_change(self) -> Decimal | None:
        """Relative change in the matched panel, None without a base."""
        if not self.matched_before:
            return None
        return (self.matched_now - self.matched_before) / self.matched_before


class BreakKind(StrEnum):
    """Why a series does not go on from the edition before."""

    NEW = "new"
    KIND = "kind"
    UNIT = "unit"
    CHOICES = "choices"
    WORDING = "wording"


@dataclass(frozen=True, slots=True)
class Break:
    """A question whose answers cannot simply be compared with the edition before."""

    code: str
    kind: BreakKind
