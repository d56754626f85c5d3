"""A questionnaire as the three sheets of an XLSForm workbook."""

from collections.abc import Iterator
from decimal import Decimal

from spoiwo.surveys.rules.workbook import KIND, PATTERN, REGISTER, SIMPLE, TABLE, UNIT, UNKNOWN_COLUMN
from spoiwo.surveys.rules.xpath import to_xpath
from spoiwo.surveys.types import NO, WITH_ROWS, YES, Choice, Content, Page, Question, QuestionKind, Words

PL, EN = "Polski (pl)", "English (en)"
SURVEY_HEADER = (
    "type", "name", f"label::{PL}", f"label::{EN}", f"hint::{PL}", f"hint::{EN}", "required", "relevant",
    "constraint", "appearance", KIND, UNIT, PATTERN, UNKNOWN_COLUMN, REGISTER,
)  # fmt: skip
CHOICES_HEADER = ("list_name", "name", f"label::{PL}", f"label::{EN}")
SETTINGS_HEADER = ("form_title", "form_id", "version", "default_language")
_TYPES = {kind: name for name, kind in SIMPLE.items() if name not in {"string", "int"}}
YES_NO_LIST = "yes_no"
Line = tuple[str, ...]


def survey_rows(content: Content) -> Iterator[Line]:
    """Rows of the sheet survey."""
    multiple = frozenset(one.code for one in content.questions() if one.kind == QuestionKind.MULTIPLE)
    for page in content.pages:
        yield _group(page, multiple)
        for question in page.questions:
            yield from _question(question, multiple)
        yield _line("end_group", "")


def choices_rows(content: Content) -> Iterator[Line]:
    """Rows of the sheet choices: one list per question, so that lists never part ways by accident."""
    if any(one.kind == QuestionKind.YES_NO for one in content.questions()):
        yield (YES_NO_LIST, YES, "Tak", "Yes")
        yield (YES_NO_LIST, NO, "Nie", "No")
    for question in content.questions():
        if question.kind == QuestionKind.NUMBERS:
            yield from _list(f"{question.code}_rows", question.rows)
            yield from _list(f"{question.code}_columns", question.choices)
        else:
            yield from _list(question.code, question.choices)


def _list(name: str, choices: tuple[Choice, ...]) -> Iterator[Line]:
    yield from ((name, one.code, one.label.pl, one.label.en) for one in choices)


def _group(page: Page, multiple: frozenset[str]) -> Line:
    return _line("begin_group", page.code, label=page.title, relevant=to_xpath(page.condition, multiple))


def _question(question: Question, multiple: frozenset[str]) -> Iterator[Line]:
    relevant = to_xpath(question.condition, multiple)
    if question.kind in WITH_ROWS:
        numbers = question.kind == QuestionKind.NUMBERS
        more = {KIND: question.kind.value} if numbers else {"appearance": TABLE}
        yield _line(
            "begin_group", question.code, label=question.label, hint=question.hint,
            relevant=relevant, **_marks(question), **more,
        )  # fmt: skip
        for row in question.rows:
            if not numbers:
                yield _line(f"select_one {question.code}", f"{question.code}.{row.code}", label=row.label)
                continue
            for column in question.choices:
                both = Words(f"{row.label.pl} – {column.label.pl}")
                yield _line("integer", f"{question.code}.{row.code}.{column.code}", label=both)
        yield _line("end_group", "")
        return
    yield _line(
        _type(question), question.code, label=question.label, hint=question.hint, relevant=relevant,
        constraint=_constraint(question), **_marks(question),
        **({"appearance": "multiline"} if question.kind == QuestionKind.LONG_TEXT else {}),
    )  # fmt: skip


def _type(question: Question) -> str:
    if question.kind == QuestionKind.YES_NO:
        return f"select_one {YES_NO_LIST}"
    if question.kind == QuestionKind.SINGLE:
        return f"select_one {question.code}"
    if question.kind == QuestionKind.MULTIPLE:
        return f"select_multiple {question.code}"
    return "text" if question.kind == QuestionKind.LONG_TEXT else _TYPES[question.kind]


def _marks(question: Question) -> dict[str, str]:
    return {
        "required": "yes" if question.required else "",
        UNIT: question.unit,
        PATTERN: question.pattern.value,
        UNKNOWN_COLUMN: "yes" if question.may_be_unknown else "",
        REGISTER: "yes" if question.from_register else "",
    }


def _constraint(question: Question) -> str:
    bounds = ((">=", question.minimum), ("<=", question.maximum))
    return " and ".join(f". {sign} {_plain(bound)}" for sign, bound in bounds if bound is not None)


def _plain(number: Decimal) -> str:
    return f"{number:f}"


def _line(kind: str, name: str, *, label: Words = Words(), hint: Words = Words(), **more: str) -> Line:  # noqa: B008
    cells = {
        "type": kind,
        "name": name,
        f"label::{PL}": label.pl,
        f"label::{EN}": label.en,
        f"hint::{PL}": hint.pl,
        f"hint::{EN}": hint.en,
        **more,
    }
    return tuple(cells.get(header, "") for header in SURVEY_HEADER)
