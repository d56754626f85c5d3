import pytest

from spoiwo.kernel.expressions.parsing import parse
from spoiwo.kernel.expressions.units import UnitsDiffer, unit_of

UNITS = {"people": "person", "women": "person", "money": "pln", "rate": ""}


@pytest.mark.parametrize(
    ("formula", "unit"),
    [
        ("people + women", (("person", 1),)),
        ("-people", (("person", 1),)),
        ("women / people", ()),
        ("women / people * 100", ()),
        ("money / people", (("person", -1), ("pln", 1))),
        ("money / people * people", (("pln", 1),)),
        ("people * people", (("person", 2),)),
        ('institutions(kind="CIS")', (("entity", 1),)),
        ("response_rate() + rate - 1", ()),
    ],
)
def test_units_are_reckoned_with_the_figures(formula, unit):
    assert unit_of(parse(formula), UNITS) == unit


@pytest.mark.parametrize(
    ("formula", "left", "right"),
    [
        ("people + money", "people", "money"),
        ("people - 5", "people", "5"),
        ("money / people + money", "money / people", "money"),
        ("people + institutions()", "people", "institutions()"),
    ],
)
def test_different_things_are_not_added(formula, left, right):
    with pytest.raises(UnitsDiffer) as refused:
        unit_of(parse(formula), UNITS)

    assert (refused.value.left, refused.value.right) == (left, right)


def test_a_measure_nobody_knows_has_no_unit():
    with pytest.raises(KeyError):
        unit_of(parse("nobody"), UNITS)
