"""XLSForm workbooks: out and in again without loss; what is not understood is named by sheet, row and column."""

import contextlib
import io
import zipfile
from decimal import Decimal
from typing import Any

import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from spoiwo.surveys.errors import FileTooLarge, NotAnXlsForm
from spoiwo.surveys.messages import refusal_sentence
from spoiwo.surveys.rules import workbook, workbook_out
from spoiwo.surveys.rules.conditions import holds
from spoiwo.surveys.rules.xpath import NotUnderstood, limits_of, to_condition, to_xpath
from spoiwo.surveys.services import workbooks
from spoiwo.surveys.types import Content, Pattern, QuestionKind, Refusal, Words
from spoiwo.toolkit.sheets import xlsx_book
from tests.makers import institutions as people
from tests.makers import surveys
from tests.makers.surveys import content, page, question

PATIENT = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])  # on a busy machine


K = QuestionKind


def sheets_of(asked: Content) -> dict[str, list[dict[str, str]]]:
    def named(header, rows):
        return [{key: cell for key, cell in zip(header, row, strict=True) if cell} for row in rows]

    return {
        "survey": named(workbook_out.SURVEY_HEADER, workbook_out.survey_rows(asked)),
        "choices": named(workbook_out.CHOICES_HEADER, workbook_out.choices_rows(asked)),
        "settings": [{"form_title": "Ankieta"}],
    }


EVERYTHING = content(
    page(
        "about",
        question("kind", K.SINGLE, choices=("cis", "ps"), required=True),
        question("name", K.TEXT, hint=Words("Pełna nazwa", "Full name"), pattern=Pattern.NIP),
        question("story", K.LONG_TEXT),
        question(
            "jobs", K.DECIMAL, unit="etat", minimum=Decimal(0), maximum=Decimal("99.5"), may_be_unknown=True
        ),
        question("people", K.INTEGER, minimum=Decimal(1)),
        question("since", K.DATE),
        question("sources", K.MULTIPLE),
        question("closed", K.YES_NO),
        question("read", K.NOTE),
    ),
    page(
        "more",
        question("marks", K.MATRIX, required=True),
        question("counts", K.NUMBERS, condition='"a" in sources and not (people > 5 or answered(name))'),
        question("why", K.TEXT, condition='closed == "yes" or marks.r1 in ("a", "b")'),
        condition='kind == "cis"',
    ),
)


def test_a_questionnaire_comes_back_as_it_went():
    taken = workbook.read_workbook(sheets_of(EVERYTHING))

    assert taken.refused == ()
    assert taken.title == "Ankieta"
    assert [one.code for one in taken.content.questions()] == [one.code for one in EVERYTHING.questions()]
    for before, after in zip(EVERYTHING.questions(), taken.content.questions(), strict=True):
        if before.code not in {"why", "counts"}:
            assert after == before
    again = workbook.read_workbook(sheets_of(taken.content))
    assert again.content == taken.content


@pytest.mark.parametrize(
    "condition",
    [
        'a == "x"',
        "a > 3 and b <= -2",
        '"x" in m',
        '"x" not in m',
        'm in ("x", "y")',
        'a in ("x", "y")',
        "answered(a)",
        "not answered(a)",
        "count(m) >= 2",
        "length(a) < 5",
        "answered(a) and a != 4",
        'a != "x" and "x" not in m',
        'not (a == "x" or b > 1)',
        'a == "it\'s"',
        "a.r1 != b",
    ],
)
def test_a_condition_means_the_same_after_a_round_trip(condition):
    back = to_condition(to_xpath(condition, frozenset({"m"})))

    cases: list[dict[str, Any]] = [
        {},
        {"a": "x", "b": 2, "m": ["x"]},
        {"a": 4, "b": -3, "m": ["y", "z"]},
        {"a": "it's", "a.r1": 1, "b": 1},
    ]
    for values in cases:
        assert holds(back, values) == holds(condition, values), (back, values)


def test_a_second_round_trip_changes_nothing():
    once = to_condition(to_xpath('a != "x" and "x" not in m', frozenset({"m"})))

    assert to_condition(to_xpath(once, frozenset({"m"}))) == once


@pytest.mark.parametrize(
    "expression",
    [
        "regex(., '^a')",
        "${a} + 1 = 2",
        "1",
        "${a} = ${b} = 1",
        "(((",
        "today() > 1",
        "${a}",
        "${a} =",
        "= 1",
        "${a} = 'x",
        "${a} and ${b}",
        "-",
        "not ${a}",
        "selected(${a})",
        "position(..) = 1",
        "${a} = 1 " + "or ${a} = 1 " * 200,
    ],
)
def test_other_expressions_are_refused(expression):
    with pytest.raises(NotUnderstood):
        to_condition(expression)


@PATIENT
@given(st.text(max_size=80))
def test_no_expression_does_more_than_be_refused(text):
    with contextlib.suppress(NotUnderstood):
        to_condition(text)


@pytest.mark.parametrize(
    ("constraint", "limits"),
    [(". >= 0 and . <= 100", ("0", "100")), (". >= 1", ("1", None)), (". <= -5", (None, "-5"))],
)
def test_limits_are_read_from_constraints(constraint, limits):
    assert limits_of(constraint) == limits


@pytest.mark.parametrize(
    "constraint", [". > 0", ". >= 0 or . <= 5", "${a} >= 0", ". >= 0 and . >= 1", ". = 3", "true()"]
)
def test_other_constraints_are_not_limits(constraint):
    with pytest.raises(NotUnderstood):
        limits_of(constraint)


def refusals(survey, choices=()):
    taken = workbook.read_workbook({"survey": survey, "choices": list(choices)})
    for one in taken.refused:
        assert refusal_sentence(one)
    return taken, [(one.sheet, one.row, one.column, one.refusal) for one in taken.refused]


YES_NO = ({"list_name": "yn", "name": "t", "label": "Tak"}, {"list_name": "yn", "name": "n", "label": "Nie"})


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ({"type": "geopoint", "name": "gps", "label": "Gdzie"}, ("survey", 2, "type", Refusal.TYPE)),
        ({"type": "select_one", "name": "a", "label": "A"}, ("survey", 2, "type", Refusal.TYPE)),
        (
            {"type": "select_one nowhere", "name": "a", "label": "A"},
            ("survey", 2, "type", Refusal.LIST_UNKNOWN),
        ),
        (
            {"type": "select_one yn or_other", "name": "a", "label": "A"},
            ("survey", 2, "type", Refusal.OR_OTHER),
        ),
        ({"type": "text", "name": "1a", "label": "A"}, ("survey", 2, "name", Refusal.NAME)),
        ({"type": "text", "name": "a"}, ("survey", 2, "label", Refusal.LABEL)),
        (
            {"type": "text", "name": "a", "label": "A", "calculation": "1+1"},
            ("survey", 2, "calculation", Refusal.COLUMN),
        ),
        (
            {"type": "text", "name": "a", "label": "A", "label::Deutsch (de)": "A"},
            ("survey", 2, "label::Deutsch (de)", Refusal.COLUMN),
        ),
        (
            {"type": "text", "name": "a", "label": "A", "relevant": "once(1)"},
            ("survey", 2, "relevant", Refusal.EXPRESSION),
        ),
        (
            {"type": "text", "name": "a", "label": "A", "constraint": ". >= 1"},
            ("survey", 2, "constraint", Refusal.EXPRESSION),
        ),
        (
            {"type": "integer", "name": "a", "label": "A", "constraint": ". > 1"},
            ("survey", 2, "constraint", Refusal.EXPRESSION),
        ),
        (
            {"type": "integer", "name": "a", "label": "A", "constraint": ". >= 'x'"},
            ("survey", 2, "constraint", Refusal.EXPRESSION),
        ),
        ({"type": "begin repeat", "name": "r"}, ("survey", 2, "type", Refusal.REPEAT)),
    ],
)
def test_what_is_not_taken_is_named_by_its_place(row, expected):
    _taken, found = refusals([row], YES_NO)

    assert expected in found


def test_names_are_taken_once_and_conditions_follow_them():
    survey = [
        {"type": "select_one yn", "name": "Czy-Dziala", "label": "Czy?"},
        {"type": "text", "name": "czy_dziala", "label": "Drugi raz"},
        {},
        {
            "type": "text",
            "name": "why",
            "label": "Dlaczego?",
            "relevant": "${Czy-Dziala} = 'n'",
            "required": "true()",
        },
    ]

    taken, found = refusals(survey, YES_NO)

    assert found == [("survey", 3, "name", Refusal.NAME_TWICE)]
    assert [(one.code, one.condition, one.required) for one in taken.content.questions()] == [
        ("czy_dziala", "", False),
        ("why", 'czy_dziala == "n"', True),
    ]


def test_groups_inside_groups_and_repeats_are_flattened_or_left_out():
    survey = [
        {"type": "begin_group", "name": "g", "label": "G"},
        {"type": "begin group", "name": "inner", "label": "W"},
        {"type": "note", "name": "n", "label": "N"},
        {"type": "end group"},
        {"type": "begin_repeat", "name": "r"},
        {"type": "text", "name": "lost", "label": "L"},
        {"type": "end_repeat"},
        {"type": "end_group"},
        {"type": "end_group"},
    ]

    taken, found = refusals(survey)

    assert [(row, refusal) for _sheet, row, _column, refusal in found] == [
        (3, Refusal.NESTED_GROUP),
        (6, Refusal.REPEAT),
    ]
    assert [one.code for one in taken.content.questions()] == ["n"]


def test_tables_refuse_rows_that_are_no_list():
    survey = [
        {"type": "begin_group", "name": "t", "label": "T", "appearance": "table-list"},
        {"type": "select_one yn", "name": "first", "label": "Pierwszy"},
        {"type": "integer", "name": "second", "label": "Drugi"},
        {"type": "end_group"},
        {"type": "begin_group", "label": "Bez nazwy"},
        {"type": "text", "name": "last", "label": "L"},
        {"type": "end_group"},
    ]

    taken, found = refusals(survey, YES_NO)

    assert ("survey", 4, "type", Refusal.TYPE) in found
    assert taken.content.questions()[0].kind == K.MATRIX
    assert [one.code for one in taken.content.questions()[0].rows] == ["first"]


def test_choices_are_named_once_and_with_letters():
    choices = [
        *YES_NO,
        {"list_name": "yn", "name": "t", "label": "Znów"},
        {"list_name": "yn", "name": "ż!"},
        {"name": "x"},
    ]

    taken, found = refusals([{"type": "select_multiple yn", "name": "a", "label": "A"}], choices)

    assert [(row, refusal) for _s, row, _c, refusal in found] == [
        (4, Refusal.CHOICE_TWICE),
        (5, Refusal.CHOICE_NAME),
    ]
    assert [one.code for one in taken.content.questions()[0].choices] == ["t", "n"]


def test_a_sheet_longer_than_any_questionnaire_is_cut(monkeypatch):
    monkeypatch.setattr(workbook, "MOST_ROWS", 3)

    taken, found = refusals([{"type": "text", "name": f"q{n}", "label": "Q"} for n in range(9)])

    assert found == [("survey", 4, "type", Refusal.TOO_MANY)]
    assert len(taken.content.questions()) == 2


def test_questions_of_english_forms_are_taken_with_their_language():
    taken, _found = refusals([{"type": "text", "name": "a", "label::English (en)": "Name"}])

    assert taken.content.questions()[0].label == Words("Name")


def test_hints_in_other_languages_are_left_out_without_a_word():
    taken, found = refusals([{"type": "text", "name": "a", "label": "A", "hint::Deutsch (de)": "Hinweis"}])

    assert (taken.content.questions()[0].hint, found) == (Words(), [])


def book(*parts: tuple[str, list[list[str]]]) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as made:
        for title, rows in parts:
            sheet = made.add_worksheet(title)
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
    return out.getvalue()


@pytest.mark.django_db
def test_a_file_comes_back_as_it_went():
    version = surveys.version(people.institution(), EVERYTHING, title=Words("Sektor"))

    taken = workbooks.read_xlsform(workbooks.write_xlsform(version))

    assert taken.refused == ()
    assert taken.title == "Sektor"
    assert [one.code for one in taken.content.questions()] == [one.code for one in EVERYTHING.questions()]


def test_a_questionnaire_without_yes_and_no_has_no_list_of_them():
    assert list(workbook_out.choices_rows(content(page("p", question("q", QuestionKind.TEXT))))) == []


def test_rows_keep_their_numbers_in_the_file():
    made = book(
        ("survey", [["Type", "name", "label::Polski (pl)"], ["text", "a", "A"], [], ["audio", "b", "B"]])
    )

    taken = workbooks.read_xlsform(made)

    assert [(one.row, one.refusal) for one in taken.refused] == [(4, Refusal.TYPE)]


def test_a_formula_in_a_text_is_disarmed_and_read_back():
    asked = content(page("p", question("a", label=Words("=1+1"))))
    rows = [list(workbook_out.SURVEY_HEADER), *map(list, workbook_out.survey_rows(asked))]

    made = xlsx_book([("survey", rows)])

    assert b"<f>" not in zipfile.ZipFile(io.BytesIO(made)).read("xl/worksheets/sheet1.xml")
    assert workbooks.read_xlsform(made).content.questions()[0].label.pl == "=1+1"
    assert workbook.clean("'-5") == "-5"


@pytest.mark.parametrize("broken", [b"not a workbook", b"", book(("other", [["type"]]))])
def test_other_files_are_refused(broken):
    with pytest.raises(NotAnXlsForm):
        workbooks.read_xlsform(broken)


def test_an_archive_without_a_workbook_is_refused():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("x.txt", "x")

    with pytest.raises(NotAnXlsForm):
        workbooks.read_xlsform(out.getvalue())


def test_files_that_swell_are_refused(monkeypatch):
    with pytest.raises(FileTooLarge):
        workbooks.read_xlsform(b"x" * (workbooks.LARGEST + 1))
    monkeypatch.setattr(workbooks, "LARGEST_UNPACKED", 100)
    with pytest.raises(FileTooLarge):
        workbooks.read_xlsform(book(("survey", [["type"]])))
