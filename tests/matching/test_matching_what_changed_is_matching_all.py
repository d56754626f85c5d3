"""A changed record is judged by itself as the comparison of whole registers judges it."""

from datetime import date
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from spoiwo.clients.models import SourceRecord
from spoiwo.clients.types import RegisterRow
from spoiwo.institutions.models import Institution
from spoiwo.matching.models import (
    FoundPair,
    KeyedRecord,
    KeyedRegister,
    LearntRegisters,
    MatchRun,
    Proposal,
    StoredKey,
)
from spoiwo.matching.services import evidence, keys, knowing, runs
from spoiwo.matching.strategy import known
from spoiwo.toolkit import jobs
from tests.makers.matching import linked, partners
from tests.makers.registers import bring_in, pesels, row

NUMBERS = [*pesels(3), *pesels(2, born=date(1980, 3, 5)), "80050300000", "00000000000", ""]
PERSON = st.fixed_dictionaries(
    {
        "first_name": st.sampled_from(["Anna", "Hanna", "Anna Maria", "Jan", "Oleksandr"]),
        "last_name": st.sampled_from(["Nowak", "Nowak-Lis", "Nowek", "Lis", "Shevchenko", "Szewczenko"]),
        "birth_date": st.sampled_from([date(1980, 5, 3), date(1980, 3, 5), date(1980, 1, 1), None]),
        "sex": st.sampled_from(["K", "M", ""]),
        "pesel": st.sampled_from(NUMBERS),
        "phone": st.sampled_from(["", "601 000 111"]),
        "place": st.sampled_from(["", "Łagów"]),
        "house": st.sampled_from(["", "5"]),
    }
)
REGISTER = st.dictionaries(st.sampled_from("ABCDEF"), PERSON, min_size=1, max_size=5)
ROUNDS = st.lists(st.tuples(REGISTER, REGISTER), min_size=2, max_size=4)


def rows_of(prefix: str, register: dict[str, dict[str, Any]]) -> list[RegisterRow]:
    return [row(f"{prefix}{name}", **values) for name, values in sorted(register.items())]


def found() -> set[tuple[Any, ...]]:
    columns = ("left_record__local_id", "right_record__local_id", "is_sure", "rule", "code")
    return {(*one[:5], round(one[5], 9)) for one in FoundPair.objects.values_list(*columns, "odds")}


def stored() -> set[tuple[Any, ...]]:
    return set(StoredKey.objects.values_list("key", "institution_id", "record_id"))


def waiting() -> set[tuple[Any, ...]]:
    columns = ("left_record__local_id", "right_record__local_id", "rule")
    return set(Proposal.objects.filter(state="open").values_list(*columns))


def match_all(*offices: Institution) -> None:
    """Everything that can be worked out again is, by the same knowledge."""
    for derived in (FoundPair, StoredKey, KeyedRecord, KeyedRegister, MatchRun):
        derived.objects.all().delete()
    for office in offices:
        runs.match_now(office.pk)


@pytest.mark.slow
@pytest.mark.django_db
def test_changes_one_after_another_end_as_one_comparison_of_everything(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(knowing, "GROWN", 1000)

    @settings(max_examples=12, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
    @given(ROUNDS)
    def check(rounds: list[tuple[dict[str, Any], dict[str, Any]]]) -> None:
        with transaction.atomic():
            labour, welfare = partners(link_rules=())
            for mine, theirs in rounds:
                bring_in(labour, *rows_of("L", mine))
                runs.match_now(labour.pk)
                bring_in(welfare, *rows_of("W", theirs))
                runs.match_now(welfare.pk)
            step_by_step = found(), stored(), waiting()

            match_all(labour, welfare)

            assert step_by_step == (found(), stored(), waiting())
            transaction.set_rollback(True)

    check()


PEOPLE = [
    ("Anna", "Nowak", date(1980, 5, 3), NUMBERS[0]),
    ("Jan", "Wiśniewski", date(1975, 2, 11), ""),
    ("Oleksandr", "Shevchenko", date(1990, 12, 1), ""),
    ("Ewa", "Zając", date(1961, 7, 30), pesels(1, born=date(1961, 7, 30))[0]),
    ("Zofia", "Lis", date(2001, 3, 4), pesels(1, born=date(2001, 3, 4))[0]),
    ("Piotr", "Mazur", date(1988, 8, 8), ""),
]


def people() -> list[dict[str, Any]]:
    return [
        {"first_name": first, "last_name": last, "birth_date": born, "pesel": pesel, "sex": "K"}
        for first, last, born, pesel in PEOPLE
    ]


def rows_of_welfare(*, place: str = "") -> list[RegisterRow]:
    theirs = people()
    theirs[1]["last_name"] = "Wisniewski"
    theirs[2]["last_name"] = "Szewczenko"
    theirs[3]["first_name"] = "Kazimiera"
    theirs[3]["birth_date"] = date(1999, 1, 9)
    theirs[4]["place"] = place
    return [row(f"W{at}", **one) for at, one in enumerate(theirs)]


def whole_registers() -> tuple[Institution, Institution]:
    labour, welfare = partners()
    bring_in(labour, *(row(f"L{at}", **one) for at, one in enumerate(people())), row("L9", pesel=NUMBERS[0]))
    bring_in(welfare, *rows_of_welfare())
    return labour, welfare


@pytest.mark.django_db
def test_records_one_by_one_are_judged_as_in_the_engine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(knowing, "SMALL", 2)
    labour, welfare = whole_registers()
    runs.match_now(labour.pk)
    runs.match_now(welfare.pk)
    in_the_engine = found()

    LearntRegisters.objects.update(left_generation=-1, right_generation=-1)
    match_all(labour, welfare)

    assert found() == in_the_engine
    assert ("L0", "W0", True, "pesel") in {one[:4] for one in in_the_engine}
    assert ("L3", "W3", False, "pesel_contradicts") in {one[:4] for one in in_the_engine}
    assert frozenset({"L0", "W0"}) <= next(group for group in linked() if "L0" in group)


@pytest.mark.django_db
def test_a_new_way_of_comparing_begins_anew_and_finds_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(knowing, "SMALL", 2)
    labour, welfare = whole_registers()
    runs.match_now(labour.pk)
    runs.match_now(welfare.pk)
    before, kept = found(), stored()

    LearntRegisters.objects.update(strategy="earlier")
    KeyedRegister.objects.update(strategy="earlier")
    runs.match_now(welfare.pk)

    assert (found(), stored()) == (before, kept)
    LearntRegisters.objects.update(left_size=1)  # too few to learn from then, enough now
    assert knowing.is_outdated(labour.pk, welfare.pk)


@pytest.mark.django_db
def test_registers_compared_as_a_whole_leave_their_keys_for_later(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(knowing, "SMALL", 2)
    left: list[tuple[str, dict[str, Any]]] = []
    monkeypatch.setattr(jobs, "enqueue", lambda name, **arguments: left.append((name, arguments)))
    labour, welfare = whole_registers()
    for office in (labour, welfare):
        runs.match_now(office.pk)
    assert stored() == set()

    for name, arguments in left:
        jobs.perform(name, **arguments)

    assert left == [("matching.keep_keys", {"institution_id": office.pk}) for office in (labour, welfare)]
    assert keys.are_kept(labour.pk)
    assert {institution for _key, institution, _record in stored()} == {labour.pk, welfare.pk}
    runs.match_now(welfare.pk)
    assert len(left) == 2


@pytest.mark.django_db
def test_a_register_that_comes_in_during_a_run_takes_no_pair_away(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(knowing, "SMALL", 2)
    monkeypatch.setattr(runs, "PARTS", (2, 1, 2))
    labour, welfare = whole_registers()
    runs.match_now(welfare.pk)
    before = found()
    came: list[Institution] = []

    def bring_in_meanwhile(_counts: object) -> None:
        if not came:
            came.append(welfare)
            bring_in(welfare, *rows_of_welfare(place="Łagów"))

    runs.match_now(labour.pk, progress=bring_in_meanwhile)
    assert came
    assert before <= found()
    runs.match_now(welfare.pk)

    step_by_step = found(), waiting()
    LearntRegisters.objects.update(left_generation=-1, right_generation=-1)
    match_all(labour, welfare)
    assert step_by_step == (found(), waiting())


@pytest.mark.django_db
def test_pairs_stand_in_the_order_of_records_whoever_came_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(knowing, "SMALL", 2)
    monkeypatch.setattr(knowing, "of_one_number", lambda *_records: None)
    labour, welfare = partners()
    theirs = [row(f"W{at}", pesel=number, last_name="Lis") for at, number in enumerate(NUMBERS[:3])]
    bring_in(welfare, *theirs)
    bring_in(
        labour,
        *(row(f"L{at}", pesel=number, last_name="Lis") for at, number in enumerate(NUMBERS[:2])),
        row("L2", pesel=NUMBERS[2], first_name="Kazimierz", birth_date=date(1999, 1, 9), sex="M"),
    )

    runs.match_now(labour.pk)

    assert {one[:3] for one in found() if one[2]} == {("W0", "L0", True), ("W1", "L1", True)}
    assert not any(one[3] == "pesel_contradicts" for one in found())


@pytest.mark.django_db
def test_a_record_that_went_while_it_was_sought_is_no_candidate(monkeypatch: pytest.MonkeyPatch) -> None:
    labour, welfare = partners()
    bring_in(welfare, row("W1"), row("W2", last_name="Lis"))
    bring_in(labour, row("L1"))
    runs.match_now(labour.pk)
    assert len(found()) == 1
    taught = knowing.learnt(labour.pk, [welfare.pk])[welfare.pk]
    bring_in(welfare, row("W2", last_name="Lis"))

    own = SourceRecord.objects.get(local_id="L1").pk
    with transaction.atomic():
        evidence.search([own], labour.pk, {welfare.pk: taught.judge})

    assert found() == set()


@pytest.mark.django_db
def test_a_register_that_has_grown_is_compared_as_a_whole_again(monkeypatch: pytest.MonkeyPatch) -> None:
    labour, welfare = partners()
    bring_in(welfare, row("W1"))
    bring_in(labour, row("L1"))
    runs.match_now(labour.pk)
    learnt: list[tuple[int, ...]] = []
    monkeypatch.setattr(knowing, "learn", lambda *registers: learnt.append(registers))

    bring_in(labour, row("L1"), row("L2", last_name="Lis"))
    runs.match_now(labour.pk)
    in_between = list(learnt)
    bring_in(labour, *(row(f"L{at}", last_name=f"Lis{at}") for at in range(4)))
    runs.match_now(labour.pk)

    assert in_between == []
    assert learnt == [(labour.pk, labour.pk, welfare.pk)]


@pytest.mark.django_db
def test_a_spouses_number_with_everything_else_different_is_for_people_to_see() -> None:
    labour, welfare = partners()
    bring_in(labour, row("L1", pesel=NUMBERS[0]))
    bring_in(welfare, row("W1", pesel=NUMBERS[0], first_name="Jan", birth_date=date(1955, 1, 9), sex="M"))

    runs.match_now(welfare.pk)

    assert Proposal.objects.values_list("rule", "state").get() == ("pesel_contradicts", "open")


def test_keys_are_blind_and_tell_their_kind() -> None:
    one = known({"first_name": "Anna", "last_name": "Nowak", "birth_date": "1980-05-03", "pesel": NUMBERS[0]})

    made = keys.keys_sought(one)

    assert made == keys.keys_sought(one)
    assert len(made) > 5
    assert all(-(2**63) <= key < 2**63 for key in made)
    assert {keys.most_pairs(key) for key in made} <= {400, 4000}


@pytest.mark.django_db
def test_keys_of_a_record_that_is_gone_are_gone_too() -> None:
    labour, _welfare = partners()
    bring_in(labour, row("L1"), row("L2", last_name="Lis"))
    runs.match_now(labour.pk)
    bring_in(labour, row("L2", last_name="Lis"))

    runs.match_now(labour.pk)

    held = SourceRecord.objects.get(local_id="L2").pk
    assert set(StoredKey.objects.values_list("record_id", flat=True)) == {held}
    assert set(KeyedRecord.objects.values_list("record_id", flat=True)) == {held}
