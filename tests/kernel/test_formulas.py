import string

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from spoiwo.kernel.expressions.nodes import FormulaError, Operand, Window, measures, operands
from spoiwo.kernel.expressions.parsing import parse
from spoiwo.kernel.expressions.printing import canonical


def only_operand(text: str) -> Operand:
    (operand,) = operands(parse(text))
    return operand


@pytest.mark.parametrize(
    ("text", "operand"),
    [
        ("m", Operand("m")),
        ("liczba_osób", Operand("liczba_osób")),
        ('measure("CAS-02/5")', Operand("CAS-02/5")),
        ('only(m, sex="K", age="60+")', Operand("m", (("age", "60+"), ("sex", "K")))),
        ('only(only(m, sex="K"), age="60+")', Operand("m", (("age", "60+"), ("sex", "K")))),
        ("shift(m, years=-1)", Operand("m", lag=12)),
        ("shift(m, quarters=2)", Operand("m", lag=-6)),
        ("shift(shift(m, years=-1), months=-1)", Operand("m", lag=13)),
        ("edition(m, -2)", Operand("m", editions=2)),
        ("rolling(m, quarters=4)", Operand("m", window=Window.ROLLING, window_months=12)),
        ("cumulative(m)", Operand("m", window=Window.YEAR_TO_DATE)),
        ('cumulative(m, since="start")', Operand("m", window=Window.SINCE_START)),
        (
            'shift(rolling(only(m, sex="K"), months=3), years=-1)',
            Operand("m", (("sex", "K"),), lag=12, window=Window.ROLLING, window_months=3),
        ),
    ],
)
def test_functions_say_which_cells_and_periods_of_a_measure_are_meant(text, operand):
    assert only_operand(text) == operand


def test_the_measures_of_a_formula_stand_in_the_order_of_the_text():
    assert measures(parse("(b + a) / shift(b, years=-1) * 2")) == ("b", "a")


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("a-(b-c)", "a - (b - c)"),
        ("(a-b)-c", "a - b - c"),
        ("a/(b*c)", "a / (b * c)"),
        ("-(a+b)*2", "(-(a + b)) * 2"),
        ("+a", "a"),
        ("100 * a", "100 * a"),
        ("0.25 * a", "0.25 * a"),
        ("rolling(m, months=12)", "rolling(m, years=1)"),
        ("institutions(kind='CIS')", 'institutions(kind="CIS")'),
        ("""only(m, name='"A"')""", """only(m, name='"A"')"""),
        ("cumulative(m)", "cumulative(m)"),
        ('cumulative(m, since="start")', 'cumulative(m, since="start")'),
        ("shift(m, months=-5)", "shift(m, months=-5)"),
        ("edition(a, -1) / response_rate()", "edition(a, -1) / response_rate()"),
    ],
)
def test_a_formula_has_one_way_of_being_written(text, written):
    assert canonical(parse(text)) == written
    assert parse(written) == parse(text)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "empty"),
        ("   ", "empty"),
        ("a + " * 200 + "a", "long"),
        ("(" * 90 + "a", "syntax"),
        ("-" * 150 + "a", "deep"),
        ("a +", "syntax"),
        ("a b", "syntax"),
        ("a.b", "character"),
        ("a[0]", "character"),
        ("1or 2", "character"),
        ("a; b", "character"),
        ('"a\\"', "character"),
        ("a ** 2", "construct"),
        ("a // 2", "construct"),
        ('"text"', "construct"),
        ("True", "construct"),
        ("a if b else c", "construct"),
        ("a and b", "construct"),
        ('__import__("os")', "function"),
        ('eval("1")', "function"),
        ("sum(a)", "function"),
        ("measure(a)", "text"),
        ('measure("a", "b")', "arguments"),
        ("only(m)", "arguments"),
        ('only(only(m, sex="K"), sex="M")', "arguments"),
        ("only(m, sex=K)", "text"),
        ("only(a + b, sex='K')", "not_a_measure"),
        ("shift(m)", "arguments"),
        ("shift(m, weeks=1)", "arguments"),
        ("shift(m, years=0)", "arguments"),
        ("shift(m, years=1.5)", "whole"),
        ("shift(m, years=-101)", "arguments"),
        ("shift(m, years=5000)", "whole"),
        ("shift(edition(m, -1), years=-1)", "arguments"),
        ("rolling(m, quarters=-4)", "arguments"),
        ("rolling(cumulative(m), quarters=4)", "arguments"),
        ('cumulative(m, since="ever")', "arguments"),
        ("edition(m, 1)", "arguments"),
        ("edition(m)", "arguments"),
        ("edition(shift(m, years=-1), -1)", "arguments"),
        ("shift()", "arguments"),
        ("shift(m, **a)", "arguments"),
        ("response_rate(a)", "arguments"),
        ("9999999999999 * a", "number"),
    ],
)
def test_anything_else_is_refused_with_its_reason(text, reason):
    with pytest.raises(FormulaError) as refused:
        parse(text)

    assert refused.value.reason == reason


WORDS = ["a", "m", "only", "shift", "rolling", "cumulative", "edition", "institutions", "response_rate",
         "measure", "sex=", "years=", "quarters=", "lambda", "if", "else", "not", "None", "__class__", "f",
         '"K"', "'", '"', "1", "2.5", "-1", "0", "(", ")", ",", "+", "-", "*", "/", "**", "=", ":", "[", "\\",
         "\x00", "ż", "ﬁ", "\n", "#", "e5", " "]  # fmt: skip


@settings(max_examples=600, deadline=None)
@given(st.one_of(st.text(max_size=80), st.lists(st.sampled_from(WORDS), max_size=60).map("".join)))
def test_no_text_crashes_the_reader(text):
    try:
        node = parse(text)
    except FormulaError:
        return

    assert parse(canonical(node)) == node


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet="()-+" + string.ascii_lowercase, max_size=2000))
def test_no_depth_or_length_makes_it_hang(text):
    reason = ""
    try:
        parse(text)
    except FormulaError as refused:
        reason = refused.reason

    assert reason in {"", "empty", "long", "deep", "syntax", "construct", "function", "arguments"} | {
        "not_a_measure", "character",
    }  # fmt: skip
