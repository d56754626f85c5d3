"""What equal tokens of two records mean, for pairs whose answer a careful clerk would give."""

from collections.abc import Mapping

import pytest

from spoiwo.matching.services.tokens import level, number_of, tokens_of
from tests.makers.offices import number

ANNA = {"first_name": "Anna", "last_name": "Nowak", "birth_date": "1980-05-03"}
OWN, OTHERS = number("8005031234"), number("8005031242")
HOME = {"place": "Deszczno", "street": "Polna", "house": "4"}
PHONE = {"phone": "601000111"}


def told(left: Mapping[str, str], right: Mapping[str, str]) -> str | None:
    """What the joining says of two records, as it sees them: kinds of tokens, and which are equal."""
    one, other = set(tokens_of(left)), set(tokens_of(right))
    shared, kinds = (
        {place for place, _ in one & other},
        [{place for place, _ in rows} for rows in (one, other)],
    )
    forth, back = level(shared, *kinds), level(shared, *kinds[::-1])
    assert forth == back
    return forth


@pytest.mark.parametrize(
    ("left", "right"),
    [
        pytest.param(ANNA, ANNA, id="names and day"),
        pytest.param(ANNA, ANNA | {"first_name": "Nowak", "last_name": "Anna"}, id="names swapped"),
        pytest.param(ANNA | HOME, ANNA | HOME | {"birth_date": "1980-05-08"}, id="slip in the day, one home"),
        pytest.param(
            ANNA | {"pesel": OWN},
            ANNA | {"pesel": OWN, "birth_date": "1980-03-05", "last_name": "Nowak"},
            id="number and names, day and month swapped",
        ),
        pytest.param(
            ANNA | PHONE | {"pesel": OWN},
            ANNA | PHONE | {"pesel": OWN, "birth_date": "1974-11-21"},
            id="number, names and phone, quite another day",
        ),
        pytest.param(
            ANNA | PHONE, ANNA | PHONE | {"last_name": "Wiśniewska"}, id="another surname, one phone and day"
        ),
    ],
)
def test_one_person_is_told(left: Mapping[str, str], right: Mapping[str, str]) -> None:
    assert told(left, right) == "sure"


@pytest.mark.parametrize(
    ("left", "right", "said"),
    [
        pytest.param(
            ANNA | HOME | PHONE, ANNA | HOME | PHONE | {"first_name": "Ewa"}, "possible", id="twins at home"
        ),
        pytest.param(
            ANNA | HOME | {"pesel": OWN},
            ANNA | HOME | {"pesel": OWN, "first_name": "Jan", "birth_date": "1978-09-14"},
            "possible",
            id="a husband with the number of his wife",
        ),
        pytest.param(
            ANNA | HOME,
            ANNA | HOME | {"birth_date": "2004-02-17"},
            None,
            id="mother and daughter of one name",
        ),
        pytest.param(
            ANNA | {"pesel": OWN}, ANNA | {"pesel": OTHERS}, "possible", id="two numbers, all else the same"
        ),
        pytest.param(
            ANNA | PHONE | {"pesel": OWN},
            ANNA | PHONE | {"pesel": OTHERS},
            "sure",
            id="two numbers, one phone",
        ),
        pytest.param(ANNA, ANNA | {"birth_date": "1980-05-08"}, None, id="namesakes of one month"),
        pytest.param(ANNA, {"first_name": "Jan", "last_name": "Lis"}, None, id="strangers"),
    ],
)
def test_relatives_and_namesakes_are_not_taken_for_one(
    left: Mapping[str, str], right: Mapping[str, str], said: str | None
) -> None:
    assert told(left, right) == said


@pytest.mark.parametrize("value", ["00000000000", "12345678901", f"{OWN[:-1]}{(int(OWN[-1]) + 1) % 10}", ""])
def test_fillers_and_wrong_numbers_are_no_tokens(value: str) -> None:
    assert number_of(ANNA | {"pesel": value}) is None
    assert set(tokens_of(ANNA | {"pesel": value})) == set(tokens_of(ANNA))
