"""Whole registers that break careless matching: fillers, shelters, one name, clean numbers, any order of rows."""

from pathlib import Path
from random import Random

from tests.makers.registers_on_file import away, judged, person, pesel, town


def born(at: int) -> str:
    return f"19{40 + at % 60}-0{1 + at % 9}-1{at % 10}"


FILLERS = ("00000000000", "11111111111", "12345678901", "99999999999")


def test_ten_thousand_filler_numbers_pair_nobody(tmp_path: Path):
    left, right, truth = town(tmp_path)
    crowd = [
        person(f"{side}{at:05}", f"Im{at % 89}", f"Na{side}{at}", born(at), pesel=FILLERS[at % 4])
        for side in "XY"
        for at in range(5000)
    ]  # fmt: skip

    pairs = judged(tmp_path, [*left, *crowd[:5000]], [*right, *crowd[5000:]])

    assert [pair for pair in pairs if pair[0].startswith("X") and pair[1].startswith("Y")] == []
    assert len(truth - pairs.keys()) <= len(truth) * 0.02


def test_a_shelter_where_hundreds_live_joins_nobody_by_its_address(tmp_path: Path):
    left, right, _ = town(tmp_path)
    shelter = {"street": "Schronisko", "house": "1", "flat": "", "phone": "600100100"}
    first = [
        person(f"X{at}", "Jan", f"Bezdomny{'abcdefghij'[at % 10]}", f"1960-01-{1 + at % 28:02}", **shelter)
        for at in range(200)
    ]
    second = [
        person(f"Y{at}", "Jan", f"Tutejszy{'abcdefghij'[at % 10]}", f"1960-01-{1 + at % 28:02}", **shelter)
        for at in range(200)
    ]

    pairs = judged(tmp_path, [*left, *first], [*right, *second])

    assert [
        pair for pair, found in pairs.items() if pair[0].startswith("X") and found.decision == "auto"
    ] == []


def test_the_order_of_rows_and_a_second_run_change_nothing(tmp_path: Path):
    left, right, _ = town(tmp_path)
    once = judged(tmp_path, left, right)
    again = judged(tmp_path, left, right)

    Random(3).shuffle(left)
    Random(4).shuffle(right)
    shuffled = judged(tmp_path, left, right)

    assert once == again == shuffled
    assert len(once) > 250


def test_the_order_of_rows_changes_nothing_for_duplicates(tmp_path: Path):
    left, right, _ = town(tmp_path)
    rows = [*left, *right]

    once = judged(tmp_path, rows)
    turned = judged(tmp_path, rows[::-1])

    assert once == turned
    assert all(first < second for first, second in once)
    assert len(once) > 250


def test_which_register_comes_first_does_not_matter(tmp_path: Path):
    left, right, _ = town(tmp_path)

    one_way = judged(tmp_path, left, right)
    other_way = judged(tmp_path, right, left)

    assert {pair: found.decision for pair, found in one_way.items()} == {
        (second, first): found.decision for (first, second), found in other_way.items()
    }


def test_certain_pairs_of_a_realistic_town_are_right(tmp_path: Path):
    left, right, truth = town(tmp_path, seed=11)

    pairs = judged(tmp_path, left, right)

    certain = {pair for pair, found in pairs.items() if found.decision == "auto"}
    assert len(certain - truth) <= 1
    assert len(truth - certain) <= len(truth) * 0.04


def test_a_register_that_keeps_numbers_and_names_only_is_enough(tmp_path: Path):
    left, right, truth = town(tmp_path)
    kept = ("local_id", "pesel", "first_name", "last_name")

    pairs = judged(
        tmp_path,
        ({name: row[name] for name in kept} for row in left),
        ({name: row[name] for name in kept} for row in right),
    )

    certain = {pair for pair, found in pairs.items() if found.decision == "auto"}
    assert certain - truth == set()
    assert len(certain) > len(truth) * 0.85


def test_two_different_partners_of_one_record_are_not_both_certain(tmp_path: Path):
    left, right, _ = town(tmp_path)
    nameless = person("X", "Adela", "Podgrodzka", "1970-05-05")
    one = person("Y1", "Adela", "Podgrodzka", "1970-05-05", pesel=pesel("1970-05-05", "1122"))
    other = person("Y2", "Adela", "Podgrodzka", "1970-05-05", pesel=pesel("1970-05-05", "7744"), **away())

    pairs = judged(tmp_path, [*left, nameless], [*right, one, other])

    assert [pairs["X", target].decision for target in ("Y1", "Y2")].count("auto") <= 1
    assert pairs["X", "Y2"].decision == "review"
