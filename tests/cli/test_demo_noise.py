"""Distortions: each hits as often as its rate says, and does what its name says."""

from dataclasses import fields
from datetime import date
from functools import cache
from random import Random

import pytest

from spoiwo.cli.demo.communes import GORZOW_SUBREGION
from spoiwo.cli.demo.noise import DUMMY_PESELS, PRESETS, NoiseRates, distort, typo
from spoiwo.cli.demo.people import population
from spoiwo.cli.demo.registers import Client, keep_register, unique_people
from spoiwo.cli.demo.types import Household, Row

DAY = date(2026, 11, 2)
KINDS = [rate.name for rate in fields(NoiseRates) if rate.name != "duplicate"]


@cache
def town() -> list[Household]:
    """One small population for all tests, since none of them changes it."""
    return population(21, 5000, communes=GORZOW_SUBREGION, day=DAY)


def clients() -> list[Client]:
    """Everybody whom a welfare centre serves there."""
    return [(person, household) for household in town() for person in household.members if person.welfare]


@cache
def undistorted() -> dict[int, Row]:
    """The row of each client by the number of the person, as without noise."""
    served = clients()
    register = keep_register(Random(1), "OPS", served, rows=len(served), rates=NoiseRates(), day=DAY)
    return dict(zip(register.people, register.rows, strict=True))


def rows_of(served: list[Client], rates: NoiseRates) -> list[Row]:
    """The rows of these clients, in their order, distorted at these rates."""
    rng = Random(4)
    rows: list[Row] = []
    for person, household in served:
        rows.append(dict(undistorted()[person.number]))
        distort(rng, rows[-1], person, household, rates)
    return rows


@pytest.mark.parametrize("kind", KINDS)
def test_an_error_hits_as_many_rows_as_its_rate_says(kind: str):
    served = clients()
    clean = rows_of(served, NoiseRates())

    always = rows_of(served, NoiseRates(**{kind: 1.0}))
    sometimes = rows_of(served, NoiseRates(**{kind: 0.3}))

    possible = sum(row != told for row, told in zip(always, clean, strict=True))
    happened = sum(row != told for row, told in zip(sometimes, clean, strict=True))
    assert possible > 60
    assert abs(happened / possible - 0.3) < (0.05 if possible > 500 else 0.1)


def test_without_noise_a_row_tells_what_the_person_told():
    served = clients()

    rows = rows_of(served, PRESETS["clean"]["OPS"])

    for (person, household), row in zip(served, rows, strict=True):
        assert (row["first_name"], row["last_name"], row["pesel"]) == (
            person.given,
            person.surname,
            person.pesel,
        )
        assert row["birth_date"] == person.birth_date.isoformat()
        assert (row["teryt"], row["street"]) == (household.address.teryt, household.address.street)


def test_the_four_errors_of_pesel_exclude_each_other_and_add_up():
    served = [client for client in clients() if client[0].pesel]
    rates = NoiseRates(missing_pesel=0.4, dummy_pesel=0.3, relatives_pesel=0.2, one_digit_in_pesel=0.1)

    pesels = [row["pesel"] for row in rows_of(served, rates)]

    assert abs(pesels.count("") / len(pesels) - 0.4) < 0.04
    assert abs(sum(pesel in DUMMY_PESELS for pesel in pesels) / len(pesels) - 0.3) < 0.04
    alone = sum(len(household.members) == 1 for _, household in served) / len(served)
    true = sum(pesel == person.pesel for pesel, (person, _) in zip(pesels, served, strict=True))
    assert true / len(pesels) < 0.2 * alone + 0.04


def test_a_relatives_pesel_belongs_to_somebody_else_of_the_household():
    served = clients()

    rows = rows_of(served, NoiseRates(relatives_pesel=1.0))

    for (person, household), row in zip(served, rows, strict=True):
        others = {member.pesel for member in household.members if member.pesel} - {person.pesel}
        assert row["pesel"] in others if person.pesel and others else row["pesel"] == person.pesel


def test_one_wrong_digit_is_exactly_one():
    served = [client for client in clients() if client[0].pesel]

    rows = rows_of(served, NoiseRates(one_digit_in_pesel=1.0))

    for (person, _), row in zip(served, rows, strict=True):
        assert sum(left != right for left, right in zip(person.pesel, row["pesel"], strict=True)) == 1


def test_day_and_month_change_places_only_when_the_result_is_a_date():
    served = clients()

    rows = rows_of(served, NoiseRates(swapped_day_and_month=1.0))

    for (person, _), row in zip(served, rows, strict=True):
        born, written = person.birth_date, date.fromisoformat(row["birth_date"])
        assert (written.day, written.month) == (
            (born.month, born.day) if born.day <= 12 else (born.day, born.month)
        )


def test_the_maiden_name_stands_for_the_married_one():
    served = clients()

    rows = rows_of(served, NoiseRates(maiden_name=1.0))

    assert all(row["last_name"] == person.family_name for (person, _), row in zip(served, rows, strict=True))


def test_the_old_address_is_where_the_household_lived_before():
    served = [client for client in clients() if client[1].former]

    rows = rows_of(served, NoiseRates(old_address=1.0))

    for (_, household), row in zip(served, rows, strict=True):
        assert household.former is not None
        assert (row["place"], row["house"]) == (household.former.place, household.former.house)


def test_a_foreign_name_is_written_in_a_spelling_of_that_name():
    served = [client for client in clients() if client[0].citizenship != "PL"]

    rows = rows_of(served, NoiseRates(transliteration=1.0))

    for (person, _), row in zip(served, rows, strict=True):
        assert row["first_name"] in person.given_spellings
        assert row["last_name"] in person.surname_spellings


def test_a_typo_keeps_the_first_letter_and_changes_little():
    rng = Random(3)

    slips = [typo(rng, "Wiśniewska") for _ in range(500)]

    assert all(slip[0] == "W" and abs(len(slip) - 10) <= 1 for slip in slips)
    assert len(set(slips)) > 20
    assert sum(slip != "Wiśniewska" for slip in slips) > 350


def test_a_typo_leaves_words_under_three_letters_alone():
    assert typo(Random(1), "Le") == "Le"


@pytest.mark.parametrize("rate", [-0.1, 1.1])
def test_a_rate_outside_nought_to_one_is_refused(rate: float):
    with pytest.raises(ValueError, match="capitals"):
        NoiseRates(capitals=rate)


def test_a_hostile_office_errs_more_than_a_realistic_one_in_everything():
    for office in ("PUP", "OPS"):
        for kind in KINDS:
            assert getattr(PRESETS["hostile"][office], kind) > getattr(PRESETS["realistic"][office], kind)


def test_a_register_refuses_somebody_whom_the_office_does_not_serve():
    stranger = next(
        (person, household) for household in town() for person in household.members if not person.labour
    )

    with pytest.raises(ValueError, match="no client of PUP"):
        keep_register(Random(1), "PUP", [stranger], rows=1, rates=NoiseRates(), day=DAY)


def test_duplicates_take_their_share_of_the_rows():
    assert unique_people(1000, NoiseRates(duplicate=0.06)) == 940
