"""Which district an address lies in: addresses as people write them, ranges, the closest one, gaps and overlaps."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from spoiwo.districts.rules import addresses, cells, ranges
from spoiwo.districts.rules.ranges import Register
from spoiwo.districts.types import (
    ELSEWHERE,
    Cell,
    House,
    Level,
    Parity,
    Range,
)
from spoiwo.kernel.periods import Period
from tests.makers.districts import GORZOW, at, stretch

DAY = date(2026, 3, 2)
LUBISZYN = "0801052"


def district_at(known: list[Range], spot, day: date = DAY) -> int | None:
    found = Register(known).find(spot, day).range
    return found.district if found else None


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("ul. Polna", "polna"),
        ("Ulica  POLNA", "polna"),
        ("al. Niepodległości", "niepodleglosci"),
        ("Aleje 11 Listopada", "11 listopada"),
        ("Osiedle Słoneczne", "os sloneczne"),
        ("pl. Wolności", "pl wolnosci"),
        ("Plac", "plac"),
        ("ul", "ul"),
        ("", ""),
    ],
)
def test_streets_are_the_same_however_they_are_written(written: str, key: str):
    assert addresses.street_key(written) == key


@pytest.mark.parametrize(
    ("written", "house"),
    [
        ("12", House(12)),
        ("12A", House(12, 1)),
        ("12 a", House(12, 1)),
        ("12b/4", House(12, 2)),
        ("12-14", House(12)),
        ("12/3", House(12)),
        ("dz. 45", None),
        ("", None),
    ],
)
def test_a_house_number_is_its_number_and_letter(written: str, house: House | None):
    assert addresses.house_of(written) == house


def test_a_house_number_at_the_end_of_the_street_is_found():
    spot = at(street="ul. Polna 12A/3")

    assert (spot.streets, spot.house) == (("polna",), House(12, 1))
    assert at(street="3 Maja").streets == ("3 maja",)
    assert at(street="Jana Pawła II 7").house == House(7)


def test_a_part_of_a_commune_belongs_to_the_commune_and_the_county():
    assert addresses.units_of("0801074") == ("0801074", "0801073", "0801")
    assert addresses.units_of("0861") == ("0861",)
    assert addresses.units_of("08") == ()
    assert addresses.units_of("nic") == ()


def test_house_numbers_are_said_as_people_say_them():
    assert [addresses.in_words(one) for one in (House(12, 1), House(7), House(9, 63), None)] == [
        "12A",
        "7",
        "9",
        "",
    ]


def test_the_closest_range_wins():
    known = [
        stretch(1, teryt="0861"),
        stretch(2),
        stretch(3, place="Gorzów Wielkopolski"),
        stretch(4, street="Polna"),
        stretch(5, street="Polna", parity=Parity.ODD),
        stretch(6, street="Polna", first="1", last="99"),
        stretch(7, street="Polna", first="20", last="30"),
        stretch(8, street="Polna", first="25", last="25"),
    ]

    assert [ranges.level_of(one) for one in known] == [
        Level.COUNTY,
        Level.COMMUNE,
        Level.PLACE,
        Level.STREET,
        Level.SIDE,
        Level.NUMBERS,
        Level.NUMBERS,
        Level.HOUSE,
    ]
    for size in range(len(known), 0, -1):
        assert district_at(known[:size], at("25")) == size


@pytest.mark.parametrize(
    ("house", "inside"),
    [
        ("11", False),
        ("12", False),
        ("12A", True),
        ("12B", True),
        ("13", True),
        ("20", True),
        ("20F", True),
        ("21", False),
    ],
)
def test_a_range_with_letters_takes_what_it_says(house: str, inside: bool):
    assert ranges.covers(stretch(street="Polna", first="12A", last="20"), at(house)) is inside


def test_a_last_letter_ends_the_range():
    one = stretch(street="Polna", first="2", last="12A")

    assert [ranges.covers(one, at(house)) for house in ("12", "12A", "12B")] == [True, True, False]


def test_sides_of_a_street_and_addresses_without_a_number():
    odd = stretch(street="Polna", parity=Parity.ODD)

    assert [ranges.covers(odd, at(house)) for house in ("7", "7A", "8", "")] == [True, True, False, False]
    assert ranges.covers(stretch(street="Polna"), at(""))


def test_numbers_of_a_village_are_no_numbers_of_its_streets():
    village = stretch(teryt=LUBISZYN, place="Lubiszyn", first="1", last="40")
    spot = {"place": "Lubiszyn", "teryt": LUBISZYN}

    assert ranges.covers(village, at("7", street="", **spot))
    assert not ranges.covers(village, at("7", street="Polna", **spot))
    assert not ranges.covers(village, at("", street="", **spot))


def test_a_square_named_without_its_word_is_found_when_nothing_names_it_better():
    bare = stretch(1, street="Wolności")
    named = stretch(2, street="Plac Wolności")

    assert district_at([bare], at(street="pl. Wolności")) == 1
    assert district_at([bare, named], at(street="pl. Wolności")) == 2
    assert district_at([bare, named], at(street="ul. Wolności")) == 1


def test_an_address_without_a_place_is_taken_by_its_street_or_its_town():
    town, street = stretch(1, place="Gorzów Wielkopolski"), stretch(2, place="Inne", street="Polna")
    village = stretch(3, place="Lubiszyn", teryt=LUBISZYN)

    assert district_at([town], at("3", place="")) == 1
    assert district_at([town, street], at("3", place="")) == 2
    assert district_at([street], at("3", place="Gorzów Wielkopolski")) is None
    assert district_at([village], at("3", street="", place="", teryt=LUBISZYN)) is None


def test_a_range_holds_on_its_days_only():
    known = [
        stretch(1, period=Period(date(2020, 1, 1), date(2025, 12, 31))),
        stretch(2, period=Period(date(2026, 1, 1))),
    ]

    assert district_at(known, at(), date(2025, 12, 31)) == 1
    assert district_at(known, at(), date(2026, 1, 1)) == 2
    assert district_at(known, at(), date(2019, 12, 31)) is None


def test_equals_are_told_as_rivals_and_the_older_row_wins():
    known = [stretch(1, street="Polna"), stretch(2, street="Polna"), stretch(1, street="Polna")]

    found = Register(reversed(known)).find(at("3"), DAY)

    assert found.range == known[0]
    assert found.rivals == (known[1],)


HOUSES = st.integers(1, 12).map(str) | st.sampled_from(["3A", "3B", "7A"])
STREETS = ["Polna", "Leśna"]


@st.composite
def some_range(draw: st.DrawFn) -> Range:
    street = draw(st.sampled_from(["", *STREETS]))
    numbered = bool(street) and draw(st.booleans())
    first, last = sorted([draw(HOUSES), draw(HOUSES)], key=lambda text: addresses.house_of(text) or House(0))
    return stretch(
        draw(st.integers(1, 3)),
        teryt=draw(st.sampled_from([GORZOW, "0861"])),
        street=street,
        parity=draw(st.sampled_from(list(Parity))) if street else Parity.ALL,
        first=first if numbered else "",
        last=last if numbered else "",
    )


ADDRESSES = st.builds(at, HOUSES, st.sampled_from([*STREETS, "Inna"]))


@settings(max_examples=100, deadline=None)
@given(st.lists(some_range(), max_size=8), ADDRESSES)
def test_looking_up_finds_what_reading_every_range_would(known: list[Range], spot):
    inside = sorted((one for one in known if ranges.covers(one, spot)), key=lambda one: one.id)
    best = max((ranges.closeness(one) for one in inside), default=None)
    equals = [one for one in inside if ranges.closeness(one) == best]

    found = Register(known).find(spot, DAY)

    assert found.range == (equals[0] if equals else None)
    own = {found.range.district} if found.range else set()
    assert {one.district for one in found.rivals} >= {one.district for one in equals} - own
    assert {ranges.level_of(one) for one in found.rivals} <= {ranges.level_of(one) for one in equals}
    assert own.isdisjoint(one.district for one in found.rivals)


def cell_of(ground: list[Cell], spot):
    """The cell of the ground that an address lies in."""
    street = spot.streets[0] if any(cell.street == spot.streets[0] for cell in ground) else ELSEWHERE
    (found,) = [
        cell
        for cell in ground
        if cell.street == street
        and (cell.parity is Parity.ALL or (spot.house.number % 2 == 1) is (cell.parity is Parity.ODD))
        and (cell.first is None or spot.house >= cell.first)
        and (cell.last is None or spot.house <= cell.last)
    ]
    return found


@settings(max_examples=100, deadline=None)
@given(st.lists(some_range(), max_size=8), ADDRESSES)
def test_every_address_is_treated_like_the_sample_of_its_cell(known: list[Range], spot):
    register = Register(known)
    ground = list(cells.cells_of(known, [GORZOW]))

    cell = cell_of(ground, spot)

    assert register.find(spot, DAY) == register.find(cell.sample, DAY)


def test_gaps_are_told_by_side_and_number():
    known = [
        stretch(1, street="Polna", parity=Parity.ODD, first="1", last="19"),
        stretch(2, street="Polna", parity=Parity.EVEN),
    ]

    answered = cells.answers(cells.cells_of(known), Register(known), DAY)

    missing = cells.gaps(answered)
    assert [(one.street, one.parity, one.first, one.last) for one in missing] == [
        (ELSEWHERE, Parity.ALL, None, None),
        ("polna", Parity.ODD, House(21), None),
    ]


def test_a_commune_without_any_range_is_a_gap_and_one_range_fills_it():
    assert len(cells.gaps(cells.answers(cells.cells_of([], [GORZOW]), Register([]), DAY))) == 1
    whole = [stretch()]
    assert cells.gaps(cells.answers(cells.cells_of(whole, [GORZOW]), Register(whole), DAY)) == []


def test_overlaps_name_all_that_claim_the_ground():
    known = [
        stretch(1, street="Polna", first="1", last="10"),
        stretch(2, street="Polna", first="6", last="15"),
    ]

    answered = cells.answers(cells.cells_of(known), Register(known), DAY)

    claimed = cells.overlaps(answered)
    assert {(cell.first, cell.last) for cell, _ in claimed} == {
        (House(7), House(9, 63)),
        (House(6), House(10, 63)),
    }
    assert all([one.district for one in both] == [1, 2] for _, both in claimed)


def test_a_part_cut_out_of_a_range_is_no_overlap_but_crossing_ranges_are():
    whole = stretch(1, street="Polna", first="1", last="40")
    part = stretch(2, street="Polna", first="11", last="20")
    across = stretch(3, street="Polna", first="31", last="60")
    known = [whole, part, across]

    assert Register(known).find(at("15"), DAY).rivals == ()
    assert Register(known).find(at("35"), DAY).range == across
    assert Register(known).find(at("35"), DAY).rivals == (whole,)


def test_a_town_whose_place_is_named_has_no_ground_elsewhere():
    whole = [stretch(place="Gorzów Wielkopolski")]

    assert cells.gaps(cells.answers(cells.cells_of(whole), Register(whole), DAY)) == []


def test_a_single_house_is_a_cell_of_its_own_side_only():
    known = [stretch(1, street="Polna", first="25", last="25"), stretch(2, street="Polna")]

    ground = [cell for cell in cells.cells_of(known) if cell.street == "polna"]

    assert [(cell.first, cell.last) for cell in ground if cell.first == House(25)] == [
        (House(25), House(25, 63))
    ]
    assert all(cell.last != House(25, 63) for cell in ground if cell.parity is Parity.EVEN)


def test_stretches_that_follow_each_other_are_one_gap():
    known = [
        stretch(1, street="Polna", parity=Parity.ODD, first="1", last="3"),
        stretch(2, street="Polna", parity=Parity.EVEN, first="6", last="8"),
    ]

    missing = cells.gaps(cells.answers(cells.cells_of(known), Register(known), DAY))

    assert [(one.parity, one.first, one.last) for one in missing if one.street == "polna"] == [
        (Parity.ODD, House(5), None),
        (Parity.EVEN, House(2), House(4, 63)),
        (Parity.EVEN, House(10), None),
    ]


def test_a_square_that_nothing_names_lies_in_its_town():
    assert district_at([stretch(1, place="Gorzów Wielkopolski")], at(street="pl. Wolności")) == 1


def test_gaps_of_villages_follow_house_numbers():
    known = [stretch(1, teryt=LUBISZYN, place="Lubiszyn", first="1", last="10")]

    missing = cells.gaps(cells.answers(cells.cells_of(known), Register(known), DAY))

    assert ("lubiszyn", "", Parity.EVEN, House(12)) in [
        (one.place, one.street, one.parity, one.first) for one in missing
    ]


def test_districts_that_meet_one_another_only_are_no_difference():
    own = [stretch(1, street="Polna"), stretch(2, street="Leśna")]
    same = [stretch(11, street="Polna"), stretch(12, street="Leśna")]

    assert cells.differences([*own, *same], Register(own), Register(same), DAY) == []


def test_where_two_divisions_differ_the_shared_ground_is_listed():
    own = [stretch(1, street="Polna"), stretch(2, street="Leśna")]
    other = [stretch(11, street="Polna", first="1", last="20"), stretch(12)]

    found = dict(cells.differences([*own, *other], Register(own), Register(other), DAY))

    assert set(found) == {(1, 11), (1, 12), (2, 12), (None, 12)}
    assert [(one.parity, one.first, one.last) for one in found[1, 12]] == [
        (Parity.ODD, House(21), None),
        (Parity.EVEN, House(22), None),
    ]
