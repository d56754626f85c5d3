"""A clerk types what is at hand, with slips, and finds the own client."""

import re
from dataclasses import replace
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from spoiwo.clients.queries import searching
from spoiwo.clients.rules import search_text
from spoiwo.institutions.models import Institution
from spoiwo.institutions.types import Role
from spoiwo.kernel.actor import Actor
from tests.makers.registers import bring_in, office, pesels, row, worker

NUMBER, OTHER_NUMBER = pesels(2)


def found(holder: Institution, text: str, *, by: Actor | None = None) -> list[str]:
    clerk = by or worker(holder, Role.CASE_WORKER)
    return [one.local_id for one in searching.find_own_clients(clerk, text, limit=10)]


def town() -> Institution:
    holder = office()
    bring_in(
        holder,
        row("1", first_name="Łucja", last_name="Grzegżółka", pesel=NUMBER),
        row("2", first_name="Józef", last_name="Wiśniewski-Nowak", birth_date=date(1971, 4, 2), sex="M"),
        row("3", first_name="Józefa", last_name="Wiśniewska", birth_date=date(1990, 11, 30)),
        row("4", first_name="Ewa", last_name="Lis", street="ul. 3 Maja", house="5", flat="2", place="Łagów"),
        row("5", first_name="Iwa", last_name="Las", street="Lipowa", house="15A", place="Łagów"),
        row("6", first_name="Anna Maria", last_name="Józefowicz", birth_date=date(1988, 2, 1)),
    )
    return holder


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("grzegzolka", ["1"]),
        ("Gżegżółka łucja", ["1"]),
        ("lucja grzegz", ["1"]),
        ("wisniewska", ["3", "2"]),
        ("nowak", ["2"]),
        ("józefa wiśnewska", ["3", "2"]),
        ("30.11.1990", ["3"]),
        ("1990-11-30", ["3"]),
        ("30 listopada 1990", ["3"]),
        ("wisniewska 30 November 1990", ["3"]),
        ("wisnieska 30.11.1990", ["3"]),
        ("józefowicz 2.01.1988", ["6"]),
        ("maria józefowicz", ["6"]),
        ("lipowa 15a", ["5"]),
        ("lipova 15", ["5"]),
        ("ul. 3 maja 5/2", ["4"]),
        ("3 maja 5 m. 2, Łagów", ["4"]),
        ("łagów 15", ["5"]),
        ("4", ["4"]),
        ("kowalczyk", []),
        ("lipowa 99", []),
        ("lis 30.11.1990", ["4", "5"]),
        (f"Grzegżółka {NUMBER}", ["1"]),
        (f"PESEL: {NUMBER} Łucja", ["1"]),
        (f"lis {OTHER_NUMBER}", ["4", "5"]),
        ("ewa łagów", ["4", "5"]),
        ("lagow las iwa", ["5", "4"]),
        ("ewa lis 3 maja 5", ["4"]),
        ("ul. Lipova 15 Iwa Las", ["5"]),
        ("nowak lipowa", []),
        ("lis łagów 99", []),
        ("lis 3 maja", ["4"]),
        ("12", []),
        ("-", []),
    ],
)
def test_what_is_typed_finds_whom_it_means(text: str, expected: list[str]) -> None:
    holder = town()

    assert found(holder, text) == expected


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("text", "is_close"),
    [("Las Iwa", False), ("Łagów Las", False), ("lipowa 15", False), ("Iwa Laz", True), ("lipova 15", True)],
)
def test_who_was_found_by_a_forgiven_slip_is_called_similar(text: str, is_close: bool) -> None:
    holder = town()

    first = searching.find_own_clients(worker(holder, Role.CASE_WORKER), text, limit=1)

    assert [(one.local_id, one.is_close) for one in first] == [("5", is_close)]


@pytest.mark.django_db
def test_of_several_who_fit_the_nearest_come_first() -> None:
    holder = office()
    names = ["Kowalczyk", "Kowal", "Kowalewski", "Kawal", "Kowol"]
    bring_in(holder, *(row(name, last_name=name) for name in names))

    assert found(holder, "kowal") == ["Kowal", "Kowalczyk", "Kowalewski", "Kawal", "Kowol"]


def slips(number: str) -> list[str]:
    wrong = str((int(number[4]) + 1) % 10)
    return [
        number[:4] + wrong + number[5:],
        number[:5] + number[6] + number[5] + number[7:],
        number[:3] + number[4:],
        number[:7] + number[7] + number[7:],
        f"{number[:6]} {number[6:]}",
    ]


@pytest.mark.django_db
@pytest.mark.parametrize("place", range(5))
def test_a_pesel_with_one_slip_still_finds_its_client(place: int) -> None:
    holder = office()
    (number,) = pesels(1, born=date(1962, 7, 15))
    bring_in(holder, row("1", pesel=number), row("2"))

    assert found(holder, slips(number)[place]) == ["1"]


@pytest.mark.django_db
def test_a_right_number_does_not_bring_its_neighbours_along() -> None:
    holder = office()
    swapped = next(one for one in search_text.neighbours(NUMBER) if one != NUMBER)
    bring_in(holder, row("1", pesel=NUMBER), row("2", pesel=swapped, birth_date=None))

    found_now = searching.find_own_clients(worker(holder, Role.CASE_WORKER), NUMBER, limit=10)

    assert [(one.local_id, one.is_close) for one in found_now] == [("1", False)]


def test_another_house_of_the_street_does_not_fit() -> None:
    typed = search_text.Typed(text="lipowa 1", words=("lipowa",), house="1")
    lives = search_text.Names(last="nowak", first="anna", street="lipowa", place="lubiszyn", house="12")

    assert search_text.fit(typed, lives) is None
    assert search_text.fit(replace(typed, house="12"), lives) is not None


@pytest.mark.django_db
def test_nobody_is_found_outside_the_area_or_the_own_register() -> None:
    holder, other = office(), office()
    bring_in(holder, row("here", teryt="0862011", pesel=NUMBER), row("there", teryt="0863011"))
    bring_in(other, row("elsewhere"))
    inside = Actor(
        user_id=1,
        institution_id=holder.pk,
        roles=frozenset({Role.CASE_WORKER}),
        territories=frozenset({"0862"}),
    )
    registrar = worker(holder, Role.REGISTRAR)

    assert found(holder, "nowak", by=inside) == ["here"]
    assert found(holder, "3.05.1980", by=inside) == ["here"]
    assert found(holder, "nowak") == ["here", "there"]
    assert found(holder, "nowak", by=registrar) == []


@pytest.mark.django_db
def test_a_new_extract_is_searched_at_once() -> None:
    holder = office()
    bring_in(holder, row("1"))
    before = found(holder, "zabłocka")
    bring_in(holder, row("1", last_name="Zabłocka"))

    assert (before, found(holder, "zablocka"), found(holder, "nowak")) == ([], ["1"], [])


def test_neighbours_are_the_valid_numbers_one_slip_away() -> None:
    near = search_text.neighbours(NUMBER)
    wrong = NUMBER[:-1] + str((int(NUMBER[-1]) + 1) % 10)

    assert near[0] == NUMBER
    assert all(sum(a != b for a, b in zip(NUMBER, one, strict=True)) in {0, 2} for one in near)
    assert NUMBER in search_text.neighbours(wrong)
    assert wrong not in search_text.neighbours(wrong)


@pytest.mark.parametrize(
    ("text", "words", "days", "house"),
    [
        ("  Żak ", ("zak",), (), ""),
        ("nowak 1.2.1990", ("nowak",), (date(1990, 2, 1), date(1990, 1, 2)), ""),
        ("nowak 31.12.1990", ("nowak",), (date(1990, 12, 31),), ""),
        ("nowak 31.02.1990", ("nowak",), (), "31 02 1990"),
        ("os. Leśne 12B/3", ("lesne",), (), "12b 3"),
        ("3 maja 7", ("3", "maja"), (), "7"),
        ("żak 3 maja 7", ("zak", "3", "maja"), (), "7"),
        ("żak lipowa 3", ("zak", "lipowa"), (), "3"),
        ("5 października 1990 żak", ("zak",), (date(1990, 10, 5),), ""),
        ("żak 31 lutego 1990", ("zak", "31", "lutego"), (), "1990"),
        ("żak 3 maja 12", ("zak", "3", "maja"), (), "12"),
        ("nowak 123456789", ("nowak",), (), "123456789"),
    ],
)
def test_a_text_is_taken_apart(text: str, words: tuple[str, ...], days: tuple[date, ...], house: str) -> None:
    typed = search_text.read(text)

    assert (typed.words, typed.days, typed.house, typed.number) == (words, days, house, "")


@pytest.mark.parametrize("text", [" 44051401359", "44051 401359", "żak 44051401359", "44051401359 żak"])
def test_a_pesel_is_told_anywhere_in_a_text(text: str) -> None:
    assert search_text.read(text).number == "44051401359"


@pytest.mark.django_db
def test_nothing_is_asked_again_of_each_who_is_found() -> None:
    holder = town()

    with CaptureQueriesContext(connection) as asked:
        assert len(found(holder, "józef")) == 3

    assert [one["sql"] for one in asked if re.search(r'recordversion"\."id" = \d', one["sql"])] == []
