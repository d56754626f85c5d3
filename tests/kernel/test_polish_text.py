"""Folding, search keys, the alphabet and plurals."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spoiwo.kernel.text import fold, plural_pl, polish_sort_key, search_key

ALPHABET = "aąbcćdeęfghijklłmnńoópqrsśtuvwxyzźż"
DIGITS = "0123456789"


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("ZAŻÓŁĆ GĘŚLĄ JAŹŃ", "zazolc gesla jazn"),
        ("  Łódź\t\u00a0Śródmieście ", "lodz srodmiescie"),
        ("Müller-Ørsted", "muller-orsted"),
        ("Straße", "strasse"),
        ("Z\u0307o\u0301łw", "zolw"),
        ("İstanbul", "istanbul"),
        ("O'Neill, 3/4", "o'neill, 3/4"),
        ("Київ", "киів"),
        ("", ""),
    ],
)
def test_folding_takes_case_and_marks_away_and_leaves_the_rest(text, folded):
    assert fold(text) == folded


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Gorzów Wlkp., ul. Łokietka 23/4", "gorzow wlkp ul lokietka 23 4"),
        ("Nowak-Śliwińska", "nowak sliwinska"),
        ("O’Neill", "oneill"),
        ("D'Artagnan", "dartagnan"),
        (" -- ", ""),
        ("Żaneta\n\nBÓR", "zaneta bor"),
        ("Z\u0307ak", "zak"),
        ("½ etatu", "1 2 etatu"),
        ("Київ", ""),
    ],
)
def test_a_search_key_keeps_letters_digits_and_single_spaces(text, key):
    assert search_key(text) == key


@given(text=st.text(max_size=40))
def test_keys_hold_only_what_they_promise_and_stay_when_made_twice(text):
    key = search_key(text)

    assert set(key) <= set("abcdefghijklmnopqrstuvwxyz0123456789 ")
    assert key == " ".join(key.split())
    assert search_key(key) == key
    assert fold(fold(text)) == fold(text)
    assert set(polish_sort_key(text)) <= set("abcdefghijklmnopqrstuvwxyz0123456789")


def test_polish_names_stand_in_the_order_of_the_alphabet():
    ordered = [
        "Lach",
        "Lubicz",
        "Łach",
        "Łubicz",
        "Maj",
        "Sowa",
        "Szary",
        "Śliwa",
        "Świt",
        "Tur",
        "Zając",
        "Zych",
        "Źrebiec",
        "Żak",
        "Żyto",
    ]
    shuffled = ordered.copy()
    random.Random(7).shuffle(shuffled)

    assert sorted(shuffled, key=polish_sort_key) == ordered


def test_every_letter_has_its_own_place_and_digits_come_first():
    characters = " " + DIGITS + ALPHABET
    keys = [polish_sort_key(f"a{character}a") for character in characters]

    assert keys == sorted(keys)
    assert len(set(keys)) == len(characters)


@given(one=st.text(ALPHABET + DIGITS, max_size=8), other=st.text(ALPHABET + DIGITS, max_size=8))
def test_keys_compare_as_the_words_would_letter_by_letter(one, other):
    places = DIGITS + ALPHABET

    expected = [places.index(letter) for letter in one] < [places.index(letter) for letter in other]

    assert (polish_sort_key(one) < polish_sort_key(other)) is expected


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("ŁÓDŹ", "łódź", id="case"),
        pytest.param("Nowak-Sowa", "Nowak  Sowa", id="hyphen like space"),
        pytest.param("Müller", "Muller", id="foreign marks"),
        pytest.param("Z\u0307ak", "Żak", id="letter and mark apart"),
        pytest.param(" Maj. ", "Maj", id="ends and punctuation"),
    ],
)
def test_what_does_not_matter_for_order_is_left_out(one, other):
    assert polish_sort_key(one) == polish_sort_key(other)


def test_a_shorter_name_and_a_space_go_before_longer_words():
    ordered = ["Nowa", "Nowa Sól", "Nowa Wieś", "Nowak", "Nowe Miasteczko", "Nowogród"]
    shuffled = [*ordered[3:], *ordered[:3]]

    assert sorted(shuffled, key=polish_sort_key) == ordered
    assert len(polish_sort_key("Żółw")) == 8


@pytest.mark.parametrize(
    ("n", "form"),
    [
        (0, "planów"),
        (1, "plan"),
        (2, "plany"),
        (4, "plany"),
        (5, "planów"),
        (11, "planów"),
        (12, "planów"),
        (14, "planów"),
        (21, "planów"),
        (22, "plany"),
        (101, "planów"),
        (102, "plany"),
        (112, "planów"),
        (113, "planów"),
        (122, "plany"),
        (-1, "plan"),
        (-2, "plany"),
    ],
)
def test_numbers_take_their_polish_form(n, form):
    assert plural_pl(n, "plan", "plany", "planów") == form
