"""PESEL: reading it, what it says of a person, what speaks against it."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.pl import pesel as reference

from spoiwo.kernel import pesel
from spoiwo.kernel.pesel import NotPesel, Pesel, PeselProblem

WEIGHTS = (1, 3, 7, 9, 1, 3, 7, 9, 1, 3)
MONTH_SHIFT = {18: 80, 19: 0, 20: 20, 21: 40, 22: 60}


def composed(born: date, serial: int) -> str:
    """A PESEL put together from the published rule, apart from the library the product uses."""
    month = born.month + MONTH_SHIFT[born.year // 100]
    ten = f"{born.year % 100:02d}{month:02d}{born.day:02d}{serial:04d}"
    total = sum(weight * int(digit) for weight, digit in zip(WEIGHTS, ten, strict=True))
    return ten + str(-total % 10)


def test_the_published_example_is_read_whole():
    person = pesel.parse("44051401458")

    assert person.checksum_ok
    assert person.birth_date == date(1944, 5, 14)
    assert person.sex == "M"
    assert pesel.problems(person, date(1944, 5, 14), "M") == ()


def test_one_wrong_digit_breaks_the_checksum_and_only_warns():
    person = pesel.parse("44051401358")

    assert not person.checksum_ok
    assert pesel.problems(person) == (PeselProblem.CHECKSUM,)


@pytest.mark.parametrize(
    "text", ["440514 01458", " 44051401458\n", "44051401458\u00a0", "4 4 0 5 1 4 0 1 4 5 8"]
)
def test_spaces_of_any_kind_are_dropped(text):
    assert pesel.parse(text) == Pesel("44051401458")


@pytest.mark.parametrize(
    ("text", "digits", "other"),
    [
        ("", 0, False),
        ("4405140145", 10, False),
        ("440514014588", 12, False),
        ("44051401A58", 10, True),
        ("440514-01458", 11, True),
        ("brak", 0, True),
        ("٤٤٠٥١٤٠١٤٥٨", 0, True),
    ],
)
def test_anything_but_eleven_digits_is_refused_with_the_reason(text, digits, other):
    with pytest.raises(NotPesel) as refusal:
        pesel.parse(text)

    assert (refusal.value.digits, refusal.value.other_characters) == (digits, other)


def test_a_number_never_reaches_a_log_through_repr_or_a_refusal():
    with pytest.raises(NotPesel) as refusal:
        pesel.parse("4405140145X")

    assert "44051401458" not in f"{Pesel('44051401458')!r} {Pesel('44051401458')}"
    assert "4405" not in str(refusal.value)


@pytest.mark.parametrize(
    ("number", "born"),
    [
        ("96811502112", date(1896, 1, 15)),
        ("00010100008", date(1900, 1, 1)),
        ("99123199994", date(1999, 12, 31)),
        ("00222912349", date(2000, 2, 29)),
        ("05450712303", date(2105, 5, 7)),
        ("10711198707", date(2210, 11, 11)),
    ],
)
def test_the_month_tells_the_century(number, born):
    assert Pesel(number).birth_date == born


@pytest.mark.parametrize(
    "number", ["01022912345", "99133112345", "90000112345", "90010012345", "90043112345"]
)
def test_a_day_that_does_not_exist_gives_no_birth_date(number):
    person = Pesel(number)

    assert person.birth_date is None
    assert PeselProblem.IMPOSSIBLE_DATE in pesel.problems(person, date(1990, 1, 1))
    assert PeselProblem.CONTRADICTS_BIRTH_DATE not in pesel.problems(person, date(1990, 1, 1))


@given(born=st.dates(date(1800, 1, 1), date(2299, 12, 31)), serial=st.integers(0, 9999))
def test_every_number_made_by_the_published_rule_says_when_and_whom(born, serial):
    person = Pesel(composed(born, serial))

    assert person.checksum_ok
    assert person.birth_date == born
    assert person.sex == ("M" if serial % 2 else "K")


@given(born=st.dates(date(1900, 1, 1), date(2099, 12, 31)), place=st.integers(0, 10), shift=st.integers(1, 9))
def test_any_single_changed_digit_is_noticed(born, place, shift):
    number = composed(born, 1234)
    changed = number[:place] + str((int(number[place]) + shift) % 10) + number[place + 1 :]

    assert not Pesel(changed).checksum_ok


@pytest.mark.parametrize(
    "number",
    [
        "00000000000",
        "11111111111",
        "22222222222",
        "99999999999",
        "00000000001",
        "11111111116",
        "12345678901",
        "01234567890",
        "12345678910",
        "98765432109",
    ],
)
def test_fillers_are_known_even_where_the_checksum_agrees(number):
    assert Pesel(number).is_dummy
    assert pesel.problems(Pesel(number), date(1950, 1, 1), "K") == (PeselProblem.DUMMY,)


@pytest.mark.parametrize("number", ["44051401458", "00010100008", "11111100006", "12345678011"])
def test_an_unusual_number_is_not_taken_for_a_filler(number):
    assert not Pesel(number).is_dummy


def test_contradictions_with_the_register_are_listed_in_a_fixed_order():
    person = Pesel("44051401358")

    found = pesel.problems(person, date(1944, 5, 15), "K")

    assert found == (
        PeselProblem.CHECKSUM,
        PeselProblem.CONTRADICTS_BIRTH_DATE,
        PeselProblem.CONTRADICTS_SEX,
    )


def test_what_the_register_leaves_out_is_not_compared():
    assert pesel.problems(Pesel("44051401458"), birth_date=None, sex=None) == ()
    assert pesel.problems(Pesel("44051401458"), sex="K") == (PeselProblem.CONTRADICTS_SEX,)


@given(digits=st.text("0123456789", min_size=11, max_size=11))
def test_the_checksum_is_the_one_of_the_reference(digits: str) -> None:
    assert Pesel(digits).checksum_ok == (digits[-1] == reference.calc_check_digit(digits[:-1]))
