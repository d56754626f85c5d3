from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
import time_machine
from django.core.paginator import Paginator
from django.utils import translation

from spoiwo.institutions.types import Kind
from spoiwo.kernel.money import Zloty
from spoiwo.toolkit.templatetags import spoiwo as tags

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("day", "style", "words"),
    [
        pytest.param(date(2024, 2, 3), "", "3 lutego 2024", id="month in the genitive"),
        pytest.param(date(2026, 11, 21), "short", "21 listopada", id="running year left out"),
        pytest.param(date(2025, 11, 21), "short", "21 listopada 2025", id="other year kept"),
        pytest.param(date(2026, 11, 22), "relative", "dziś", id="today"),
        pytest.param(date(2026, 11, 21), "relative", "wczoraj", id="yesterday"),
        pytest.param(date(2026, 11, 23), "relative", "jutro", id="tomorrow"),
        pytest.param(date(2026, 11, 24), "relative", "24 listopada", id="later this year"),
    ],
)
def test_days_are_said_as_people_say_them(day, style, words):
    with translation.override("pl"):
        said = tags.day_in_words(day, style=style, today=TODAY)

    assert said == words


def test_a_moment_is_told_by_the_polish_clock_not_by_greenwich():
    shortly_before_midnight_utc = datetime(2026, 11, 21, 23, 30, tzinfo=UTC)

    with (
        translation.override("pl"),
        time_machine.travel(datetime(2026, 11, 22, 9, 0, tzinfo=UTC), tick=False),
    ):
        said = tags.pl_date(shortly_before_midnight_utc, "relative")

    assert said == "dziś"


def test_a_missing_day_is_a_dash():
    assert tags.pl_date(None) == "–"


@pytest.mark.parametrize(
    ("value", "digits", "text"),
    [
        (0, 0, "0"),
        (1046, 0, "1046"),
        (12345, 0, "12\u00a0345"),
        (1234567, 0, "1\u00a0234\u00a0567"),
        (Decimal("3.145"), 2, "3,15"),
        (2.5, 0, "3"),
        (-7, 0, "−7"),
        (Decimal("-0.001"), 2, "0,00"),
        (None, 0, "–"),
    ],
)
def test_figures_have_a_comma_and_parted_thousands(value, digits, text):
    assert tags.number(value, digits) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (634, "634,00\u00a0zł"),
        (Decimal("1234.5"), "1\u00a0234,50\u00a0zł"),
        (Zloty(Decimal("1234.50")), "1\u00a0234,50\u00a0zł"),
        (Decimal(1000000), "1\u00a0000\u00a0000,00\u00a0zł"),
        (None, "–"),
    ],
)
def test_amounts_carry_two_places_and_the_currency(value, text):
    assert tags.zloty(value) == text


@pytest.mark.parametrize(
    ("ratio", "digits", "text"),
    [
        (0.394, 1, "39,4\u00a0%"),
        (Decimal("0.9333"), 0, "93\u00a0%"),
        (1, 1, "100,0\u00a0%"),
        (None, 1, "–"),
    ],
)
def test_ratios_are_shown_as_percent(ratio, digits, text):
    assert tags.percent(ratio, digits) == text


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        pytest.param("78031412378", "780314•••78", id="birth date and two last digits stay"),
        pytest.param("7803141237", "•••", id="too short is hidden whole"),
        pytest.param("7803141237X", "•••", id="not a number is hidden whole"),
        pytest.param("", "–", id="none"),
        pytest.param(None, "–", id="unknown"),
    ],
)
def test_a_pesel_is_never_shown_whole(value, shown):
    assert tags.mask_pesel(value) == shown


def test_every_kind_of_institution_gets_a_colour_that_the_theme_knows():
    known = {f"kind-{name}" for name in tags.KIND_COLOURS.values()} | {"kind-other"}

    given = {kind: tags.kind_colour(kind) for kind in Kind}

    assert set(given.values()) <= known
    assert given[Kind.PUP] == "kind-pup"
    assert given[Kind.CUS] == "kind-ops"
    assert given[Kind.SOCIAL_COOPERATIVE] == "kind-pes"
    assert given[Kind.SCHOOL] == "kind-other"


def test_long_lists_of_pages_are_cut_in_the_middle():
    page = Paginator(range(500), 10).page(20)

    numbers = list(tags.page_numbers(page))

    assert numbers == [1, "…", 18, 19, 20, 21, 22, "…", 50]


@pytest.mark.parametrize(
    ("host", "by_number"),
    [
        ("127.0.0.1:8000", True),
        ("[::1]:8000", True),
        ("10.0.0.7", True),
        ("localhost:8000", False),
        ("3miasto.example.pl", False),
    ],
)
def test_a_machine_reached_by_its_number_is_told_from_one_with_a_name(host, by_number):
    assert tags.is_by_number(host) is by_number
