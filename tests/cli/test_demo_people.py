"""Invented people: numbers, families and standings hang together."""

from collections import Counter
from collections.abc import Iterator
from datetime import date
from functools import cache
from itertools import pairwise

import pytest

from spoiwo.cli.demo.communes import GORZOW_SUBREGION, communes_of
from spoiwo.cli.demo.foreign_names import CITIZENSHIPS
from spoiwo.cli.demo.identity import compose_pesel
from spoiwo.cli.demo.names import plain_letters, surname
from spoiwo.cli.demo.people import households, population
from spoiwo.cli.demo.types import Household, Person
from spoiwo.clients.types import FACT_CATEGORIES, FactKind, Status

DAY = date(2026, 11, 2)
SIZE = 15_000


@cache
def region() -> list[Household]:
    """One population for all tests, since none of them changes it."""
    return population(11, SIZE, communes=GORZOW_SUBREGION, day=DAY)


def people() -> list[Person]:
    return [member for household in region() for member in household.members]


def parents_and_children() -> Iterator[tuple[Person, Person]]:
    for household in region():
        by_number = {member.number: member for member in household.members}
        for child in household.members:
            for parent in (child.mother, child.father):
                if parent is not None:
                    yield by_number[parent], child


def age_at(birth: date, day: date) -> int:
    return day.year - birth.year - ((day.month, day.day) < (birth.month, birth.day))


def checksum_holds(pesel: str) -> bool:
    weights = (1, 3, 7, 9, 1, 3, 7, 9, 1, 3, 1)
    return sum(weight * int(digit) for weight, digit in zip(weights, pesel, strict=True)) % 10 == 0


def birth_date_in(pesel: str) -> date:
    century = {4: 1800, 0: 1900, 1: 2000, 2: 2100, 3: 2200}[int(pesel[2:4]) // 20]
    return date(century + int(pesel[:2]), int(pesel[2:4]) % 20, int(pesel[4:6]))


def test_a_population_has_the_size_asked_for_and_keeps_its_last_household_whole():
    found = people()

    assert SIZE <= len(found) < SIZE + len(region()[-1].members)
    assert len({person.number for person in found}) == len(found)


def test_the_same_seed_gives_the_same_people_and_another_seed_others():
    first = population(5, 400, communes=GORZOW_SUBREGION, day=DAY)

    assert population(5, 400, communes=GORZOW_SUBREGION, day=DAY) == first
    assert population(6, 400, communes=GORZOW_SUBREGION, day=DAY) != first


def test_people_need_a_commune_to_live_in():
    with pytest.raises(ValueError, match="at least one commune"):
        next(households(1, communes=(), day=DAY))


@pytest.mark.parametrize(
    ("born", "sex", "serial", "pesel"),
    [
        pytest.param(date(1944, 5, 14), "M", 72, "44051401458", id="the published example"),
        pytest.param(date(1899, 1, 1), "K", 0, "99810100006", id="nineteenth century"),
        pytest.param(date(2002, 7, 8), "K", 0, "02270800003", id="after 2000"),
    ],
)
def test_a_pesel_is_composed_from_birth_date_sex_and_serial(born: date, sex: str, serial: int, pesel: str):
    composed = compose_pesel(born, sex, serial)

    assert composed == pesel
    assert checksum_holds(composed)


@pytest.mark.parametrize("serial", [-1, 5000])
def test_a_serial_that_does_not_fit_is_refused(serial: int):
    with pytest.raises(ValueError, match="outside"):
        compose_pesel(date(1980, 1, 1), "K", serial)


def test_every_pesel_is_unique_and_agrees_with_checksum_birth_date_and_sex():
    with_pesel = [person for person in people() if person.pesel]

    assert len({person.pesel for person in with_pesel}) == len(with_pesel)
    for person in with_pesel:
        assert checksum_holds(person.pesel)
        assert birth_date_in(person.pesel) == person.birth_date
        assert "KM"[int(person.pesel[9]) % 2] == person.sex


def test_about_three_in_a_hundred_have_no_pesel_and_carry_a_document_instead():
    without = [person for person in people() if not person.pesel]

    assert 0.02 < len(without) / len(people()) < 0.04
    assert {person.citizenship for person in without} >= {"PL", "UA"}
    assert all(person.document_kind and person.document_no for person in without)


def test_mothers_and_fathers_are_of_an_age_to_have_their_children():
    pairs = list(parents_and_children())

    assert len(pairs) > 5000
    for parent, child in pairs:
        assert 16 <= age_at(parent.birth_date, child.birth_date) <= (48 if parent.sex == "K" else 65)


def test_brothers_and_sisters_are_twins_or_at_least_ten_months_apart_and_differ_in_name():
    for household in region():
        children = [member for member in household.members if member.relation == "child"]
        births = sorted(child.birth_date for child in children)

        assert len({child.given for child in children}) == len(children)
        for elder, younger in pairwise(births):
            assert elder == younger or (younger - elder).days > 300


def test_eight_births_in_a_thousand_are_of_twins():
    births = Counter(
        (household.number, member.birth_date)
        for household in region()
        for member in household.members
        if member.relation == "child"
    )

    assert 0.004 < sum(size == 2 for size in births.values()) / len(births) < 0.013


def test_some_sons_are_named_after_their_fathers():
    sons = [(father, son) for father, son in parents_and_children() if father.sex == son.sex == "M"]

    assert 0.02 < sum(father.given == son.given for father, son in sons) / len(sons) < 0.08


def test_spouses_point_at_each_other_and_are_adults():
    for household in region():
        by_number = {member.number: member for member in household.members}
        for member in household.members:
            if member.spouse is not None:
                assert by_number[member.spouse].spouse == member.number
                assert member.age_on(DAY) >= 18


def test_most_married_women_bear_another_name_than_at_birth_and_no_man_does():
    wives = [person for person in people() if person.relation == "spouse"]

    assert 0.8 < sum(wife.surname != wife.family_name for wife in wives) / len(wives) < 0.97
    assert any("-" in wife.surname for wife in wives)
    assert all(man.surname == man.family_name for man in people() if man.sex == "M")


def test_children_bear_the_family_name_in_the_form_of_their_sex():
    daughters = [
        child
        for parent, child in parents_and_children()
        if child.relation == "child" and child.sex == "K" and child.citizenship == "PL"
        if parent.sex == "M" and parent.surname.endswith("ski")
    ]

    assert len(daughters) > 100
    assert all(daughter.surname.endswith("ska") for daughter in daughters)


@pytest.mark.parametrize(
    ("man", "woman"),
    [
        ("Kowalski", "Kowalska"),
        ("Nowicki", "Nowicka"),
        ("Konieczny", "Konieczna"),
        ("Cichy", "Cicha"),
        ("Nowak", "Nowak"),
    ],
)
def test_surnames_change_with_sex_as_polish_demands(man: str, woman: str):
    assert surname(man) == ((man,), (woman,))


def test_a_labour_office_serves_adults_below_retirement_only():
    served = [person for person in people() if person.labour]

    assert len(served) > 5000
    for person in served:
        assert 18 <= person.age_on(DAY) < (60 if person.sex == "K" else 65)
        assert person.labour is not None
        assert age_at(person.birth_date, person.labour.since) >= 18
        assert person.labour.since <= DAY


def test_a_right_to_benefit_has_not_run_out():
    ends = [
        person.labour.until
        for person in people()
        if person.labour and person.labour.code == Status.UNEMPLOYED_WITH_BENEFIT
    ]

    assert ends
    assert all(end is not None and end >= DAY for end in ends)


def test_a_family_assistant_goes_to_families_with_children_only():
    for household in region():
        assisted = [m for m in household.members if m.welfare and m.welfare.code == Status.FAMILY_ASSISTANT]
        children = [m for m in household.members if m.age_on(DAY) < 18]

        assert children or not assisted
        assert all(parent.age_on(DAY) >= 18 for parent in assisted)


def test_every_standing_and_fact_is_in_the_vocabulary_of_clients():
    standings = {s.code for person in people() for s in (person.labour, person.welfare) if s}
    facts = [fact for person in people() for fact in person.facts]

    assert standings <= set(Status)
    assert len({fact.kind for fact in facts}) > 15
    assert all(fact.category == FACT_CATEGORIES[FactKind(fact.kind)] for fact in facts)
    assert all(fact.until is None or fact.since <= fact.until for fact in facts)


def test_facts_come_only_from_an_office_that_serves_the_person():
    for person in people():
        holders = {fact.holder for fact in person.facts}

        assert "PUP" not in holders or person.labour is not None
        assert "OPS" not in holders or person.welfare is not None


def test_nobody_can_be_called_or_written_to():
    phones = {person.phone for person in people() if person.phone}
    mailboxes = [person.email for person in people() if person.email]

    assert all(len(phone) == 9 and phone.startswith("99") and phone.isdigit() for phone in phones)
    assert all(mailbox.endswith(("@example.pl", "@example.org")) for mailbox in mailboxes)
    assert all(mailbox.isascii() for mailbox in mailboxes)
    assert len(set(mailboxes)) == len(mailboxes)


def test_addresses_lie_in_the_communes_given_and_villages_have_no_streets():
    gorzow_county = communes_of(["0801"])
    places = {(c.teryt, p.name): p.has_streets for c in gorzow_county for p in c.places}

    addresses = [h.address for h in population(3, 3000, communes=gorzow_county, day=DAY)]

    assert {address.teryt for address in addresses} == {commune.teryt for commune in gorzow_county}
    assert all(places[address.teryt, address.place] or not address.street for address in addresses)
    assert any(not places[address.teryt, address.place] for address in addresses)


def test_some_households_have_moved_and_remember_where_from():
    moved = [household for household in region() if household.former]

    assert 0.1 < len(moved) / len(region()) < 0.18
    assert all(household.moved_on is not None and household.moved_on < DAY for household in moved)


def test_people_from_abroad_come_with_the_spellings_of_their_names():
    foreigners = [person for person in people() if person.citizenship != "PL"]

    assert {person.citizenship for person in foreigners} == set(CITIZENSHIPS.values)
    assert any(len(person.surname_spellings) > 2 for person in foreigners)


@pytest.mark.parametrize(
    ("written", "plain"), [("Łódź", "Lodz"), ("Nguyễn", "Nguyen"), ("Đặng", "Dang"), ("Jan", "Jan")]
)
def test_plain_letters_carry_no_marks(written: str, plain: str):
    assert plain_letters(written) == plain
