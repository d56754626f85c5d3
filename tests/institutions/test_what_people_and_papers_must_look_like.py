from datetime import date

import pytest

from spoiwo.institutions import rules
from spoiwo.institutions.errors import BadDetails
from spoiwo.institutions.types import Fault, NewPost, Role
from tests.makers import institutions as make

DAY = date(2024, 5, 1)


def problems(call, *args, **kwargs):
    with pytest.raises(BadDetails) as refusal:
        call(*args, **kwargs)
    return [(problem.field, problem.fault) for problem in refusal.value.problems]


def test_an_address_is_kept_in_small_letters_and_a_name_with_single_spaces():
    assert rules.checked_person(email=" Anna@Example.PL ", full_name=" Anna   Próbna ") == (
        "anna@example.pl",
        "Anna Próbna",
    )


@pytest.mark.parametrize(
    ("email", "full_name", "expected"),
    [
        ("anna", "Anna Próbna", [("email", Fault.EMAIL)]),
        ("a" * 250 + "@example.pl", "Anna Próbna", [("email", Fault.EMAIL)]),
        ("anna@example.pl", "  ", [("full_name", Fault.MISSING)]),
        ("anna@example.pl", "A" * 121, [("full_name", Fault.TOO_LONG)]),
        ("anna@example.pl", "Anna\x07", [("full_name", Fault.CHARACTERS)]),
    ],
)
def test_a_person_without_a_usable_address_or_name_is_refused(email, full_name, expected):
    assert problems(rules.checked_person, email=email, full_name=full_name) == expected


def test_the_number_of_an_authorisation_is_tidied():
    (kept,) = rules.checked_authorisations([make.new_authorisation(number="  UP / 7 ")])

    assert kept.number == "UP / 7"


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ([], [("roles", Fault.MISSING)]),
        ([make.new_authorisation(Role.IOD, number=" ")], [("number_iod", Fault.MISSING)]),
        ([make.new_authorisation(Role.IOD, number="7" * 61)], [("number_iod", Fault.TOO_LONG)]),
        (
            [make.new_authorisation(Role.IOD, valid_from=DAY, valid_to=date(2024, 4, 30))],
            [("valid_to_iod", Fault.ENDS_BEFORE_START)],
        ),
        ([make.new_authorisation(), make.new_authorisation()], [("roles", Fault.ROLE_TWICE)]),
    ],
    ids=["none", "no number", "long number", "backwards", "role twice"],
)
def test_authorisations_that_no_register_would_take_are_refused(given, expected):
    assert problems(rules.checked_authorisations, given) == expected


def test_an_authorisation_may_hold_for_one_day():
    one_day = make.new_authorisation(valid_from=DAY, valid_to=DAY)

    assert rules.checked_authorisations([one_day]) == (one_day,)


def test_territories_are_counties_and_communes_each_once():
    assert rules.checked_territories(["0861", "0801022", "08 61"]) == ["0801022", "0861"]


@pytest.mark.parametrize("code", ["08", "xx", "08010"])
def test_a_voivodeship_is_no_territory_of_a_worker_nor_is_anything_else(code):
    assert problems(rules.checked_territories, [code]) == [("territories", Fault.TERYT)]


def test_a_post_is_tidied():
    post = rules.checked_post(
        NewPost(holder_name=" Jan  Wzór ", function="kierownik", email="Jan@Example.pl", valid_from=DAY)
    )

    assert (post.holder_name, post.email) == ("Jan Wzór", "jan@example.pl")


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"holder_name": ""}, [("holder_name", Fault.MISSING)]),
        ({"function": " "}, [("function", Fault.MISSING)]),
        ({"function": "x" * 161}, [("function", Fault.TOO_LONG)]),
        ({"phone": "\x01"}, [("phone", Fault.CHARACTERS)]),
        ({"email": "jan"}, [("email", Fault.EMAIL)]),
    ],
)
def test_a_post_needs_a_person_and_a_function(values, expected):
    given = {"holder_name": "Jan Wzór", "function": "kierownik", "valid_from": DAY, **values}

    assert problems(rules.checked_post, NewPost(**given)) == expected


def test_nothing_ends_before_it_began():
    rules.check_last_day(DAY, not_before=DAY)

    assert problems(rules.check_last_day, date(2024, 4, 30), not_before=DAY) == [
        ("last_day", Fault.ENDS_BEFORE_START)
    ]
