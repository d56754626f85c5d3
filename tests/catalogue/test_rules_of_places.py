"""When an entry can be trusted, how many places are free, whom they serve."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spoiwo.catalogue.errors import NotAFigure
from spoiwo.catalogue.policies import keeps, may_keep_for_others
from spoiwo.catalogue.rules import roles
from spoiwo.catalogue.rules.corrections import value_of
from spoiwo.catalogue.rules.freshness import freshness, oldest_trusted
from spoiwo.catalogue.rules.places import free_places, reach_of, serves
from spoiwo.catalogue.types import Freshness
from spoiwo.kernel.actor import Actor

CONFIRMED = date(2026, 1, 1)


def actor(*held: str, institution_id: int = 5) -> Actor:
    return Actor(user_id=1, institution_id=institution_id, roles=frozenset(held))


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        (date(2026, 1, 1), Freshness.FRESH),
        (date(2026, 1, 25), Freshness.FRESH),
        (date(2026, 1, 26), Freshness.DUE),
        (date(2026, 2, 1), Freshness.DUE),
        (date(2026, 2, 2), Freshness.STALE),
    ],
)
def test_an_entry_turns_grey_a_month_after_it_was_confirmed(today, expected):
    assert freshness(CONFIRMED, today) is expected


@given(st.dates(date(2020, 1, 1), date(2030, 1, 1)), st.integers(0, 100))
def test_the_filter_and_the_colour_agree(confirmed, days):
    today = confirmed + timedelta(days=days)

    assert (confirmed >= oldest_trusted(today)) is (freshness(confirmed, today) is not Freshness.STALE)


@pytest.mark.parametrize(
    ("total", "elsewhere", "referred", "free"),
    [(None, 5, 5, None), (10, 3, 2, 5), (3, 3, 0, 0), (3, 3, 1, 0)],
)
def test_free_places_are_what_nobody_takes(total, elsewhere, referred, free):
    assert free_places(total=total, elsewhere=elsewhere, referred=referred) == free


@pytest.mark.parametrize(
    ("areas", "where", "expected"),
    [
        ((), "0801022", True),
        (("0801",), "0801022", True),
        (("0801022",), "0801", True),
        (("08",), "0861011", True),
        (("0861",), "0801022", False),
        (("0861",), "", True),
    ],
)
def test_a_place_serves_where_it_says(areas, where, expected):
    assert serves(areas, where) is expected


def test_a_commune_lies_in_its_county_and_voivodeship():
    assert reach_of("0801022") == ("08", "0801", "0801022")
    assert reach_of("0801") == ("08", "0801")


def test_a_suggested_number_of_places_is_a_number():
    assert value_of("places_total", " 12 ") == 12
    assert value_of("places_total", "") is None
    assert value_of("name", " Nowa nazwa ") == "Nowa nazwa"
    with pytest.raises(NotAFigure):
        value_of("places_total", "dwa")


def test_the_operator_reads_and_keeps_nothing_by_running_the_platform():
    operator = Actor(user_id=1, institution_id=0, is_operator=True)

    assert not any(rule(operator) for rule in (roles.reads, roles.keeps_places, roles.refers))
    assert not any(rule(None) for rule in (roles.reads, roles.keeps_places, roles.refers))
    assert roles.reads(actor("iod"))
    assert not roles.keeps_places(actor("iod"))
    assert roles.refers(actor("support_adviser"))


def test_an_entry_belongs_to_its_institution_and_to_whoever_keeps_it():
    assert keeps(actor("director"), institution_id=5, keeper_id=9)
    assert keeps(actor("director"), institution_id=9, keeper_id=5)
    assert not keeps(actor("director"), institution_id=8, keeper_id=9)
    assert not keeps(actor("iod"), institution_id=5, keeper_id=5)
    assert not keeps(None, institution_id=5, keeper_id=5)


def test_support_centres_and_the_secretariat_keep_entries_for_others():
    assert may_keep_for_others(actor("support_adviser"))
    assert may_keep_for_others(actor("secretary"))
    assert not may_keep_for_others(actor("case_worker"))
    assert not may_keep_for_others(None)
