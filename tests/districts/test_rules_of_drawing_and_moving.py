"""What a range may say, why a client is handed over, who has to do with districts."""

from datetime import date

import pytest

from spoiwo.districts.rules import drawing, moving, roles
from spoiwo.districts.types import (
    Care,
    Fault,
    HandOverReason,
    HandOverState,
    RangeDetails,
    Worker,
)
from spoiwo.kernel.actor import Actor
from tests.makers.districts import GORZOW, at, stretch

DAY = date(2026, 3, 2)


@pytest.mark.parametrize(
    ("said", "faults"),
    [
        ({}, []),
        ({"teryt": "08"}, [("teryt", Fault.TERYT)]),
        ({"teryt": "0000"}, [("teryt", Fault.TERYT)]),
        ({"first_house": "1"}, [("parity", Fault.NUMBERS_NOWHERE)]),
        ({"street": "Polna", "first_house": "x"}, [("first_house", Fault.NUMBER)]),
        ({"street": "Polna", "first_house": "9", "last_house": "7"}, [("last_house", Fault.ORDER)]),
        ({"street": "Polna", "first_house": "7A", "last_house": "7"}, []),
        ({"valid_to": date(2019, 1, 1)}, [("valid_to", Fault.DATES)]),
    ],
)
def test_a_range_says_what_can_be(said: dict[str, object], faults: list[object]):
    one = RangeDetails(**{"teryt": GORZOW, "valid_from": date(2020, 1, 1), **said})  # type: ignore[arg-type]

    assert drawing.faults_of(one) == faults


def test_ranges_are_the_same_ground_however_they_are_spelled():
    one = RangeDetails(teryt=GORZOW, street="ul. Polna", last_house="12", valid_from=DAY)
    same = RangeDetails(teryt=GORZOW, street="POLNA", last_house=" 12 ", valid_from=DAY)

    assert drawing.key_of(one) == drawing.key_of(same)
    assert drawing.key_of(one) != drawing.key_of(RangeDetails(teryt=GORZOW, street="Polna", valid_from=DAY))


@pytest.mark.parametrize(
    ("first", "second", "shared"),
    [
        ((1, None), (5, None), True),
        ((1, 4), (5, None), False),
        ((1, 5), (5, 9), True),
        ((6, None), (1, 5), False),
    ],
)
def test_periods_that_share_a_day(
    first: tuple[int, int | None], second: tuple[int, int | None], shared: bool
):
    days = [date(2026, 1, one) if one else None for one in (*first, *second)]

    assert drawing.is_same_time(*days) is shared  # type: ignore[arg-type]


ANNA, JAN, NOBODY = Worker("Anna", 7), Worker("Jan", 8), Worker("")


@pytest.mark.parametrize(
    ("before", "now", "old_range", "reason"),
    [
        pytest.param((1, ANNA), (2, ANNA), None, None, id="same worker"),
        pytest.param((1, NOBODY), (2, ANNA), None, None, id="nobody before"),
        pytest.param((1, ANNA), (1, JAN), None, HandOverReason.WORKER, id="another worker"),
        pytest.param((1, Worker("Ewa")), (1, Worker("Ewa")), None, None, id="same name without accounts"),
        pytest.param((1, Worker("Ewa")), (1, Worker("Iga")), None, HandOverReason.WORKER, id="other name"),
        pytest.param((1, ANNA), (2, JAN), "Polna", HandOverReason.BORDERS, id="the old range still fits"),
        pytest.param((1, ANNA), (2, JAN), "Leśna", HandOverReason.MOVED, id="the old range fits no more"),
        pytest.param((1, ANNA), (2, JAN), None, HandOverReason.MOVED, id="the old range is unknown"),
        pytest.param((1, ANNA), (2, NOBODY), None, HandOverReason.MOVED, id="nobody yet"),
    ],
)
def test_why_a_client_is_handed_over(before, now, old_range, reason):
    was, becomes = (Care(district=one, range_id=None, worker=worker) for one, worker in (before, now))

    assert (
        moving.reason_of(
            was, becomes, old_range=stretch(street=old_range) if old_range else None, spot=at("3")
        )
        == reason
    )


def test_a_hand_over_goes_forward_only():
    assert moving.next_states(HandOverState.OPEN) == {HandOverState.HANDED, HandOverState.TAKEN}
    assert moving.next_states(HandOverState.HANDED) == {HandOverState.TAKEN}
    assert moving.next_states(HandOverState.TAKEN) == moving.next_states(HandOverState.CANCELLED) == set()


@pytest.mark.parametrize(
    ("role", "sees", "keeps", "serves"),
    [
        ("case_worker", True, False, True),
        ("supervisor", True, True, False),
        ("director", True, False, False),
        ("analyst", False, False, False),
    ],
)
def test_roles(role: str, sees: bool, keeps: bool, serves: bool):
    actor = Actor(user_id=1, institution_id=1, roles=frozenset({role}))
    rules = (roles.sees_districts, roles.keeps_districts, roles.serves_clients, roles.works_off)

    assert [rule(actor) for rule in rules] == [sees, keeps, serves, keeps or serves]
    assert not any(rule(None) for rule in rules)
    assert not any(rule(Actor(user_id=1, institution_id=0, roles=frozenset({role}))) for rule in rules)
