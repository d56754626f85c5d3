"""Amounts in zlotys: reading, writing, adding."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spoiwo.kernel.money import NotMoney, Zloty, format_pl


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("1 234,50", "1234.50"),
        ("1234.50 zł", "1234.50"),
        ("1\u00a0234,50\u00a0zł", "1234.50"),
        ("1\u202f234,5", "1234.50"),
        ("1.234,50", "1234.50"),
        ("12 345 678,09 ZŁ", "12345678.09"),
        ("15 PLN", "15.00"),
        ("15zł.", "15.00"),
        ("0", "0.00"),
        ("-12,30 zł", "-12.30"),
        ("\u2212 12", "-12.00"),
    ],
)
def test_amounts_are_read_as_offices_write_them(text, amount):
    assert Zloty.parse(text) == Zloty(Decimal(amount))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "zł",
        "abc",
        "1.234",
        "1,234",
        "12 34",
        "1 2345",
        "1,2,3",
        "1.23,45",
        "12,345",
        "--5",
        "5-",
        "1e3",
        "NaN",
        "١٢",
        "5 EUR",
        "10000000000000",
    ],
)
def test_what_is_no_amount_or_could_be_two_is_refused(text):
    with pytest.raises(NotMoney):
        Zloty.parse(text)


@pytest.mark.parametrize("amount", ["0.001", "1.005", "NaN", "Infinity", "10000000000000", "1E+30"])
def test_nothing_is_rounded_or_cut(amount):
    with pytest.raises(NotMoney):
        Zloty(Decimal(amount))


def test_amounts_always_have_two_places_and_no_minus_zero():
    assert str(Zloty(Decimal(5)).amount) == "5.00"
    assert str(Zloty(Decimal("-0")).amount) == "0.00"


def test_amounts_add_up_to_the_grosz_and_compare():
    tenth = Zloty.parse("0,10")

    assert tenth + tenth + tenth == Zloty.parse("0,30")
    assert tenth - Zloty.parse("1") == Zloty.parse("-0,90")
    assert tenth < Zloty.parse("0,11")


@pytest.mark.parametrize(
    ("amount", "text"),
    [
        ("1234.5", "1\u00a0234,50\u00a0zł"),
        ("0", "0,00\u00a0zł"),
        ("-1234567.89", "-1\u00a0234\u00a0567,89\u00a0zł"),
        ("999", "999,00\u00a0zł"),
    ],
)
def test_amounts_are_written_the_polish_way_without_line_breaks_inside(amount, text):
    assert format_pl(Zloty(Decimal(amount))) == text


@given(grosze=st.integers(-(10**15) + 1, 10**15 - 1))
def test_what_was_written_is_read_back_the_same(grosze):
    amount = Zloty(Decimal(grosze) / 100)

    assert Zloty.parse(format_pl(amount)) == amount
