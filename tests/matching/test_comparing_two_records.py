"""What two records of two registers are to each other, decided without a database."""

from datetime import date

import pytest

from spoiwo.matching.rules.comparing import compare
from spoiwo.matching.rules.fields import (
    is_typing_error,
    mark_addresses,
    mark_birth_dates,
    mark_phones,
    mark_words,
)
from spoiwo.matching.types import Mark, Subject, Verdict

NUMBER, OTHER_NUMBER = b"number", b"another number"
BORN = date(1980, 5, 3)


def person(**values: object) -> Subject:
    """Anna Nowak, born 3 May 1980, without a PESEL unless told otherwise."""
    return Subject(**{"first_name": "Anna", "last_name": "Nowak", "birth_date": BORN, "sex": "K", **values})  # type: ignore[arg-type]


def outcome(left: Subject, right: Subject) -> tuple[str, str] | None:
    """Verdict and rule; the same from either side."""
    one, other = compare(left, right), compare(right, left)
    assert one == other
    return (one.verdict.value, one.rule) if one else None


AUTO = ("auto", "pesel_one_field")
CONTRADICTS = ("review", "pesel_contradicts")


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        pytest.param(person(), person(), AUTO, id="everything agrees"),
        pytest.param(person(), person(last_name="Zielińska"), AUTO, id="married since"),
        pytest.param(person(), person(birth_date=None, last_name=""), AUTO, id="the first name alone"),
        pytest.param(person(first_name=""), person(last_name="Kos"), AUTO, id="the birth date alone"),
        pytest.param(
            person(birth_date=None), person(first_name="", birth_date=None), AUTO, id="the last name alone"
        ),
        pytest.param(
            person(), person(first_name="Ana", birth_date=None), CONTRADICTS, id="short names have no typos"
        ),
        pytest.param(
            person(first_name="Katarzyna"),
            person(first_name="Katarzyan"),
            AUTO,
            id="letters of a name swapped",
        ),
        pytest.param(person(first_name="Anna Maria"), person(), AUTO, id="a second name in the same field"),
        pytest.param(
            person(second_name="Maria"), person(first_name="Maria"), AUTO, id="called by the second name"
        ),
        pytest.param(
            person(first_name="Nowak", last_name="Anna"), person(), AUTO, id="first and last name swapped"
        ),
        pytest.param(
            person(first_name="Nowak", last_name="Anna", birth_date=None),
            person(),
            ("review", "pesel_alone"),
            id="swapped and nothing else to hold on to",
        ),
        pytest.param(person(), person(first_name="Ewa"), CONTRADICTS, id="twins with one number"),
        pytest.param(
            person(first_name="Katarzyna"),
            person(first_name="Katarzynka", birth_date=date(1999, 8, 9)),
            CONTRADICTS,
            id="nearly the same name, another birth date",
        ),
        pytest.param(
            person(),
            person(birth_date=date(2004, 11, 20)),
            CONTRADICTS,
            id="father's number typed for his namesake",
        ),
        pytest.param(
            person(), person(birth_date=date(1979, 11, 20)), AUTO, id="a wrong birth date, same names"
        ),
        pytest.param(
            person(last_name="Kos", birth_date=None),
            person(first_name="", birth_date=None),
            ("review", "pesel_alone"),
            id="nothing to compare agrees",
        ),
    ],
)
def test_an_equal_number(left: Subject, right: Subject, expected: tuple[str, str]) -> None:
    def numbered(one: Subject) -> Subject:
        values = {name: getattr(one, name) for name in Subject.__slots__}
        return Subject(**{**values, "pesel": NUMBER})

    assert outcome(numbered(left), numbered(right)) == expected


@pytest.mark.parametrize(
    ("left", "right"),
    [
        pytest.param("Kowalski", "Kowalska", id="woman's ending"),
        pytest.param("Zawadzki", "Zawadzka", id="woman's ending after dz"),
        pytest.param("Nowak-Kowalska", "Kowalska", id="double-barrelled"),
        pytest.param("Wąs", "WAS", id="lost diacritics and capitals"),
        pytest.param("O'Neill", "ONeill", id="apostrophe"),
    ],
)
def test_last_names_that_are_one(left: str, right: str) -> None:
    evidence = compare(person(pesel=NUMBER, last_name=left), person(pesel=NUMBER, last_name=right))

    assert evidence is not None
    assert evidence.marks["last_name"] is Mark.AGREES


def test_a_family_name_counts_as_a_last_name() -> None:
    evidence = compare(
        person(pesel=NUMBER, last_name="Nowak"), person(pesel=NUMBER, last_name="Kos", family_name="Nowak")
    )

    assert evidence is not None
    assert evidence.marks["last_name"] is Mark.AGREES


def test_two_different_numbers_are_two_people_whatever_else_agrees() -> None:
    assert outcome(person(pesel=NUMBER), person(pesel=OTHER_NUMBER)) is None


@pytest.mark.parametrize("theirs", [None, NUMBER])
def test_same_names_and_birth_date_without_a_number_are_for_people(theirs: bytes | None) -> None:
    assert outcome(person(), person(pesel=theirs)) == ("review", "names_birth_date")


@pytest.mark.parametrize(
    "other",
    [
        pytest.param(person(first_name="Ewa"), id="sister"),
        pytest.param(person(last_name="Kos"), id="namesake"),
        pytest.param(person(birth_date=date(1980, 5, 4)), id="born a day later"),
        pytest.param(person(birth_date=None), id="birth date unknown"),
    ],
)
def test_without_a_number_anything_less_is_nothing(other: Subject) -> None:
    assert outcome(person(), other) is None


def test_every_field_has_its_mark() -> None:
    left = person(
        pesel=NUMBER,
        second_name="Maria",
        teryt="0861011",
        street="Lipowa",
        house="4",
        flat="12",
        phone="+48 600 100 200",
    )
    right = person(
        pesel=NUMBER,
        first_name="Anna",
        second_name="Marta",
        last_name="Nowok",
        teryt="0861011",
        street="Lipowa",
        house="4",
        phone="600100200",
        sex="M",
    )

    evidence = compare(left, right)

    assert evidence is not None
    assert evidence.verdict is Verdict.AUTO
    assert evidence.marks == {
        "pesel": Mark.AGREES,
        "first_name": Mark.AGREES,
        "second_name": Mark.SIMILAR,
        "last_name": Mark.SIMILAR,
        "birth_date": Mark.AGREES,
        "sex": Mark.CONTRADICTS,
        "address": Mark.SIMILAR,
        "phone": Mark.AGREES,
    }


@pytest.mark.parametrize(
    ("other", "mark"),
    [
        (date(1980, 5, 3), Mark.AGREES),
        (date(1980, 3, 5), Mark.SIMILAR),
        (date(1990, 5, 3), Mark.SIMILAR),
        (date(1980, 1, 1), Mark.SIMILAR),
        (date(1981, 6, 3), Mark.CONTRADICTS),
        (date(1880, 5, 3), Mark.SIMILAR),
        (date(2004, 2, 29), Mark.CONTRADICTS),
        (None, Mark.MISSING),
    ],
)
def test_birth_dates(other: date | None, mark: Mark) -> None:
    assert mark_birth_dates(BORN, other) is mark
    assert mark_birth_dates(other, BORN) is mark


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("kowalski", "kowalsk", True),
        ("kowalski", "kowlaski", True),
        ("kowalski", "kowolski", True),
        ("kowalski", "xkowalski", True),
        ("kowalski", "kowalskii", True),
        ("kowalski", "kowalski", False),
        ("kowalski", "kowolsky", False),
        ("kowalski", "nowalska", False),
        ("jan", "jon", False),
        ("kowalski", "kowal", False),
    ],
)
def test_typing_errors(one: str, other: str, expected: bool) -> None:
    assert is_typing_error(one, other) is expected
    assert is_typing_error(other, one) is expected


def test_texts_in_another_script_are_compared_in_their_letters() -> None:
    assert mark_words("Олена", "олена") is Mark.AGREES
    assert mark_words("Олена", "Ірина") is Mark.CONTRADICTS


def test_addresses() -> None:
    home = person(teryt="0861011", street="Lipowa", house="4")

    assert mark_addresses(home, home) is Mark.AGREES
    assert mark_addresses(home, person(teryt="0861011", street="Dębowa", house="4")) is Mark.SIMILAR
    assert mark_addresses(home, person(teryt="0862011", street="Dębowa", house="4")) is Mark.CONTRADICTS
    assert mark_addresses(home, person()) is Mark.MISSING


def test_phones_are_compared_without_the_country_and_only_when_whole() -> None:
    assert mark_phones("+48 600-100-200", "600100200") is Mark.AGREES
    assert mark_phones("600100200", "600100201") is Mark.CONTRADICTS
    assert mark_phones("100 200", "600100200") is Mark.MISSING
