"""People who are easily taken for one another, or for two: what the platform makes of them."""

from datetime import date
from typing import Any

import pytest

from spoiwo.clients.models import IdentityDecision
from spoiwo.institutions.models import Institution
from spoiwo.matching.models import Proposal
from spoiwo.matching.services import deciding, runs
from tests.makers.matching import everything, linked, partners, proposals
from tests.makers.registers import bring_in, pesels, row, worker

pytestmark = pytest.mark.django_db
TWIN, OTHER_TWIN = pesels(2, born=date(1985, 6, 7))
MOTHER = pesels(1, born=date(1961, 11, 5))[0]
YOUNG = pesels(1, born=date(2003, 3, 9))[0]
OLD = "99890300008"  # born on 3 September 1899
HOME = {"place": "Łagów", "street": "Lipowa", "house": "7", "flat": "2"}
LINKED, ASKED, NOTHING = "linked", "asked", "nothing"

# Name of the trap, the left record, how the right one differs, and what has to come of it.
TRAPS: list[tuple[str, dict[str, Any], dict[str, Any], str]] = [
    (
        "twins at one address",
        {"first_name": "Anna", "last_name": "Sikora", "birth_date": date(1985, 6, 7), "pesel": TWIN, **HOME},
        {"first_name": "Hanna", "pesel": OTHER_TWIN},
        NOTHING,
    ),
    (
        "father and son of one name at one address",
        {"first_name": "Jan", "last_name": "Bednarz", "birth_date": date(1950, 4, 1), "sex": "M", **HOME},
        {"birth_date": date(1979, 9, 30)},
        NOTHING,
    ),
    (
        "a relative's number",
        {"first_name": "Maria", "last_name": "Gajda", "birth_date": date(1961, 11, 5), "pesel": MOTHER},
        {"first_name": "Wiktor", "sex": "M", "birth_date": date(1999, 2, 2)},
        ASKED,
    ),
    (
        "one part of a double name",
        {"first_name": "Beata", "last_name": "Lis-Wrona", "birth_date": date(1972, 8, 13), **HOME},
        {"last_name": "Wrona"},
        ASKED,
    ),
    (
        "names in each other's place",
        {"first_name": "Marek", "last_name": "Zięba", "birth_date": date(1968, 12, 24), "sex": "M"},
        {"first_name": "Zięba", "last_name": "Marek"},
        ASKED,
    ),
    (
        "two transliterations",
        {"first_name": "Oleksandr", "last_name": "Shevchenko", "birth_date": date(1991, 5, 19), "sex": "M"},
        {"first_name": "Ołeksandr", "last_name": "Szewczenko"},
        ASKED,
    ),
    (
        "lost letters",
        {"first_name": "Łukasz", "last_name": "Gąsior", "birth_date": date(1977, 10, 2), "sex": "M"},
        {"first_name": "ukasz", "last_name": "G?sior"},
        ASKED,
    ),
    (
        "an unknown day of birth",
        {"first_name": "Yusuf", "last_name": "Demir", "birth_date": date(1975, 1, 1), "sex": "M", "phone": "601000111"},
        {"birth_date": date(1975, 6, 17)},
        ASKED,
    ),
    (
        "born on 29 February",
        {"first_name": "Celina", "last_name": "Ptak", "birth_date": date(1984, 2, 29)},
        {},
        ASKED,
    ),
    (
        "born after 2000",
        {"first_name": "Lena", "last_name": "Mróz", "birth_date": date(2003, 3, 9), "pesel": YOUNG},
        {},
        LINKED,
    ),
    (
        "born before 1900",
        {"first_name": "Bronisława", "last_name": "Kulesza", "birth_date": date(1899, 9, 3), "pesel": OLD},
        {},
        LINKED,
    ),
    (
        "a filler for a number",
        {"first_name": "Igor", "last_name": "Struś", "birth_date": date(1990, 7, 7), "pesel": "11111111111"},
        {"first_name": "Olga", "last_name": "Czapla", "birth_date": date(1944, 3, 3)},
        NOTHING,
    ),
]  # fmt: skip


def trapped(*, backwards: bool = False) -> tuple[Institution, Institution]:
    """Two registers with all the traps, both matched."""
    labour, welfare = partners()
    mine = [row(f"L{at}", **left) for at, (_name, left, _right, _end) in enumerate(TRAPS)]
    theirs = [row(f"W{at}", **{**left, **right}) for at, (_name, left, right, _end) in enumerate(TRAPS)]
    both = [(labour, mine), (welfare, theirs)]
    for holder, rows in reversed(both) if backwards else both:
        bring_in(holder, *(reversed(rows) if backwards else rows))
        runs.match_now(holder.pk)
    return labour, welfare


def ends() -> dict[str, str]:
    """What came of each trap."""
    asked = {pair for pair, _rule, state in proposals() if state == "open"}
    together = linked()
    return {
        name: LINKED
        if {f"L{at}", f"W{at}"} in together
        else ASKED
        if {f"L{at}", f"W{at}"} in asked
        else NOTHING
        for at, (name, *_rest) in enumerate(TRAPS)
    }


@pytest.mark.parametrize("backwards", [False, True])
def test_traps_end_as_they_should_whatever_the_order_of_rows_and_registers(backwards: bool) -> None:
    trapped(backwards=backwards)

    assert ends() == {name: end for name, _left, _right, end in TRAPS}


def test_nobody_is_linked_with_a_stranger_and_running_again_changes_nothing() -> None:
    labour, welfare = trapped()
    before = everything()

    runs.match_now(welfare.pk)
    runs.match_now(labour.pk)

    assert everything() == before
    assert all(len({name[1:] for name in group}) == 1 for group in linked())


def test_a_pair_that_was_rejected_never_returns_and_a_link_can_be_undone() -> None:
    labour, welfare = trapped()
    at = next(place for place, trap in enumerate(TRAPS) if trap[0] == "born on 29 February")
    waiting = Proposal.objects.get(left_record__local_id=f"L{at}", right_record__local_id=f"W{at}")
    deciding.give_opinion(proposal=waiting.uuid, answer="different", by=worker(labour))
    link = IdentityDecision.objects.filter(kind="link").latest("decided_at")

    deciding.undo(decision=link.pk, by=worker(welfare))
    runs.match_now(labour.pk)
    runs.match_now(welfare.pk)

    waiting.refresh_from_db()
    assert waiting.state == "different"
    assert list(ends().values()).count(LINKED) == [trap[3] for trap in TRAPS].count(LINKED) - 1
