"""What people type becomes a value or a sentence about what is wrong."""

from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from spoiwo.surveys.messages import problem_sentence
from spoiwo.surveys.rules.answering import (
    fitting,
    parsed_number,
    read_page,
    read_value,
    shown_fields,
    shown_pages,
    unanswered,
    without_what_does_not_apply,
)
from spoiwo.surveys.rules.documents import fields_of
from spoiwo.surveys.types import Fault, Pattern, QuestionKind, Value
from tests.makers import surveys
from tests.makers.surveys import content, page, question

PATIENT = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])  # on a busy machine


K = QuestionKind


def read(asked, *texts):
    value, problem = read_value(next(fields_of(asked)), texts)
    return value if problem is None else problem.fault


@pytest.mark.parametrize(
    ("asked", "text", "expected"),
    [
        (question(kind=K.TEXT), " Anna ", "Anna"),
        (question(kind=K.TEXT), "x" * 501, Fault.TOO_LONG),
        (question(kind=K.LONG_TEXT), "x" * 501, "x" * 501),
        (question(kind=K.LONG_TEXT), "x" * 10_001, Fault.TOO_LONG),
        (question(kind=K.TEXT, pattern=Pattern.NIP), "526-000-12-46", "5260001246"),
        (question(kind=K.TEXT, pattern=Pattern.NIP), "526-000-12-47", Fault.PATTERN),
        (question(kind=K.TEXT, pattern=Pattern.POSTAL_CODE), "66-400", "66-400"),
        (question(kind=K.TEXT, pattern=Pattern.POSTAL_CODE), "66400", Fault.PATTERN),
        (question(kind=K.TEXT, pattern=Pattern.EMAIL), "a@b.pl", "a@b.pl"),
        (question(kind=K.TEXT, pattern=Pattern.TERYT), "0861", "0861"),
        (question(kind=K.INTEGER), "1 234", 1234),
        (question(kind=K.INTEGER), "1 234,0", 1234),
        (question(kind=K.INTEGER), "12,5", Fault.NOT_WHOLE),
        (question(kind=K.INTEGER), "dużo", Fault.NOT_A_NUMBER),
        (question(kind=K.INTEGER), "9" * 20, Fault.NOT_A_NUMBER),
        (question(kind=K.INTEGER, minimum=Decimal(0)), "-1", Fault.TOO_SMALL),
        (question(kind=K.INTEGER, maximum=Decimal(10)), "11", Fault.TOO_LARGE),
        (question(kind=K.DECIMAL), "12,50", "12.50"),
        (question(kind=K.NUMBERS), "-1", Fault.TOO_SMALL),
        (question(kind=K.NUMBERS, minimum=Decimal(-5)), "-1", -1),
        (question(kind=K.DATE), "3.02.2024", "2024-02-03"),
        (question(kind=K.DATE), "3 . 2 . 2024 r.", "2024-02-03"),
        (question(kind=K.DATE), "2024-02-03", "2024-02-03"),
        (question(kind=K.DATE), "31.02.2024", Fault.NOT_A_DATE),
        (question(kind=K.DATE, minimum=Decimal(2000)), "1.01.1999", Fault.TOO_SMALL),
        (question(kind=K.DATE, maximum=Decimal(2025)), "1.01.2026", Fault.TOO_LARGE),
        (question(kind=K.SINGLE), "b", "b"),
        (question(kind=K.SINGLE), "z", Fault.NOT_A_CHOICE),
        (question(kind=K.YES_NO), "yes", "yes"),
        (question(kind=K.YES_NO), "maybe", Fault.NOT_A_CHOICE),
        (question(kind=K.MATRIX), "a", "a"),
        (question(kind=K.MULTIPLE), "a", ["a"]),
        (question(kind=K.MULTIPLE), "z", Fault.NOT_A_CHOICE),
        (question(kind=K.INTEGER, may_be_unknown=True), "?", "?"),
        (question(kind=K.INTEGER), "?", Fault.NOT_A_NUMBER),
        (question(required=True), "  ", Fault.REQUIRED),
        (question(), "", None),
    ],
)  # fmt: skip
def test_a_text_is_read_as_its_kind_asks(asked, text, expected):
    assert read(asked, text) == expected


def test_several_answers_come_in_the_order_of_the_questionnaire():
    assert read(question(kind=K.MULTIPLE), "c", "a") == ["a", "c"]


@PATIENT
@given(st.text(max_size=60), st.sampled_from([kind for kind in K if kind != K.NOTE]))
def test_whatever_is_typed_gives_a_value_or_a_sentence(text, kind):
    value, problem = read_value(next(fields_of(question(kind=kind))), [text])

    assert problem is None or problem_sentence(problem)
    assert value is None or problem is None


@PATIENT
@given(st.decimals(min_value=-(10**9), max_value=10**9, places=2))
def test_numbers_are_read_as_they_are_written_in_poland(number):
    assert parsed_number(f"{number:,f}".replace(",", " ").replace(".", ",")) == number


def test_a_page_keeps_what_is_right_and_names_what_is_not():
    asked = page("p", question("a"), question("b"), question("c", required=True))

    values, problems = read_page(asked, {"a": ["1"], "b": ["x"]}, {"b": 5, "z": 1})

    assert values == {"a": 1, "z": 1}
    assert [(one.place, one.fault) for one in problems] == [("b", Fault.NOT_A_NUMBER), ("c", Fault.REQUIRED)]


def test_what_does_not_apply_loses_its_answer():
    asked = surveys.sector()
    values: dict[str, Value] = {
        "kind": "ps",
        "jobs": "2",
        "participants.started.women": 3,
        "closed": "yes",
        "why": "remont",
    }

    kept = without_what_does_not_apply(asked, values)

    assert kept == {"kind": "ps", "jobs": "2"}
    assert [one.code for one in shown_pages(asked, kept)] == ["about"]
    assert [one.code for one in shown_fields(asked, {"kind": "cis", "closed": "yes"})][-1] == "why"


def test_a_chain_of_conditions_falls_away_as_a_whole():
    asked = content(
        page("p", question("a"), question("b", condition="a > 1"), question("c", condition="b > 1")),
    )

    assert without_what_does_not_apply(asked, {"a": 1, "b": 2, "c": 3}) == {"a": 1}


def test_a_page_without_any_question_that_applies_is_left_out():
    asked = content(page("p"), page("q", question("x", condition="jobs > 5")))

    assert [one.code for one in shown_pages(asked, {"jobs": 1})] == ["p"]


def test_required_questions_without_an_answer_are_named():
    assert [one.place for one in unanswered(surveys.sector(), {"kind": "ps"})] == ["jobs"]


def test_earlier_answers_are_taken_over_as_far_as_they_are_still_answers():
    before: dict[str, Value] = {
        "kind": "cis",
        "jobs": "4",
        "closed": "perhaps",
        "gone": "x",
        "participants.started.women": 3,
    }

    assert fitting(surveys.sector(), before) == {"kind": "cis", "jobs": "4", "participants.started.women": 3}
