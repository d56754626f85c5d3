"""How long internships last, what is paid twice, how people go through a project, who works with them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spoiwo.kernel.actor import Actor
from spoiwo.projects.errors import ReasonMissing, WrongStep
from spoiwo.projects.rules import roles, taking_part
from spoiwo.projects.types import LeavingReason, Paid, ParticipantState, SupportKind

State = ParticipantState


@pytest.mark.parametrize(
    ("starts_on", "ends_on"),
    [
        (date(2025, 1, 15), date(2025, 7, 14)),
        (date(2025, 8, 31), date(2026, 2, 27)),
        (date(2025, 12, 1), date(2026, 5, 31)),
    ],
)
def test_an_internship_lasts_six_months(starts_on: date, ends_on: date):
    assert taking_part.end_of_internship(starts_on) == ends_on


DAYS = st.dates(date(2025, 1, 1), date(2025, 12, 31))


@st.composite
def paid(draw: st.DrawFn) -> Paid:
    first, last = sorted([draw(DAYS), draw(DAYS)])
    return Paid(
        key=draw(st.integers(1, 999)),
        project=draw(st.integers(1, 3)),
        kind=draw(st.sampled_from([SupportKind.TRAINING, SupportKind.INTERNSHIP])),
        starts_on=first,
        ends_on=draw(st.sampled_from([last, None])),
    )


@given(st.lists(paid(), max_size=6))
def test_what_is_paid_twice_shares_a_day_and_a_kind_but_not_the_project(support: list[Paid]):
    last = date(2026, 1, 1)
    days = [date.fromordinal(n) for n in range(date(2025, 1, 1).toordinal(), last.toordinal(), 1)]

    twice = {frozenset(map(id, pair)) for pair in taking_part.paid_twice(support)}

    for place, one in enumerate(support):
        for other in support[place + 1 :]:
            both = any(
                one.starts_on <= day <= (one.ends_on or last)
                and other.starts_on <= day <= (other.ends_on or last)
                for day in days
            )
            expected = both and one.kind is other.kind and one.project != other.project
            assert (frozenset({id(one), id(other)}) in twice) is expected


def test_everybody_ends_somewhere_and_leaving_needs_a_reason():
    for state, following in taking_part.NEXT.items():
        for to in State:
            if to not in following:
                with pytest.raises(WrongStep):
                    taking_part.check_step(state, to, LeavingReason.OTHER)
            elif to in taking_part.LEAVING:
                with pytest.raises(ReasonMissing):
                    taking_part.check_step(state, to, None)
                taking_part.check_step(state, to, LeavingReason.OTHER)
            else:
                taking_part.check_step(state, to, None)


def test_roles():
    def held(role: str):
        return Actor(user_id=1, institution_id=1, roles=frozenset({role}))

    assert [roles.keeps_projects(held(role)) for role in ("case_worker", "director", "iod")] == [
        True,
        False,
        False,
    ]
    assert [roles.reads_projects(held(role)) for role in ("case_worker", "director", "iod")] == [
        True,
        True,
        False,
    ]
    assert [roles.asks_clients(held(role)) for role in ("case_worker", "support_adviser")] == [True, False]
    assert not roles.asks_clients(None)
    assert not roles.keeps_projects(None)
    assert not roles.reads_projects(None)
