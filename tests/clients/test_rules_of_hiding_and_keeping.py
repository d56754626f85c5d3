"""Whom a restriction hides, until when data are kept: on paper, without a database."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spoiwo.clients.errors import NobodyNamed, ReasonMissing, UntilIsPast
from spoiwo.clients.rules import restrictions
from spoiwo.clients.rules.restrictions import Held
from spoiwo.clients.rules.retention import kept_from

TODAY = date(2026, 3, 10)
ANNA, EWA = UUID(int=1), UUID(int=2)
RECORDS = st.lists(st.tuples(st.integers(1, 2), st.sampled_from([ANNA, EWA])), min_size=1, max_size=6).map(
    lambda pairs: [Held(number, *pair) for number, pair in enumerate(pairs)]
)
READERS = st.frozensets(st.integers(1, 4), max_size=3)


@given(records=RECORDS, data=st.data())
def test_a_restriction_hides_all_that_its_institution_holds_of_the_person_and_nothing_else(records, data):
    restricted = {
        one.record: data.draw(READERS) for one in records if data.draw(st.booleans(), label="restricted")
    }

    hidden = restrictions.hidden_records(records, restricted)

    for one in records:
        covering = [
            restricted[other.record]
            for other in records
            if other.record in restricted
            and (other.institution, other.person) == (one.institution, one.person)
        ]
        assert (one.record in hidden) == bool(covering)
        assert (restrictions.covered_by(one, records, restricted) is not None) == bool(covering)
        if one.record in restricted:
            assert hidden[one.record] == restricted[one.record]
        elif covering:
            assert all(hidden[one.record] <= named for named in covering)


def test_a_restriction_says_why_names_somebody_and_ends_in_the_future():
    given_values: dict[str, Any] = {
        "reason": "sprawca pracuje u nas",
        "readers": [7],
        "until": TODAY,
        "day": TODAY,
    }
    restrictions.check_restriction(**given_values)
    refusals: tuple[tuple[dict[str, Any], type[Exception]], ...] = (
        ({"reason": "   krótko "}, ReasonMissing),
        ({"readers": []}, NobodyNamed),
        ({"until": TODAY - timedelta(days=1)}, UntilIsPast),
    )
    for values, error in refusals:
        with pytest.raises(error):
            restrictions.check_restriction(**(given_values | values))


@given(day=st.dates(date(2000, 1, 1), date(2060, 12, 31)), months=st.integers(1, 1200))
def test_no_month_is_cut_short(day, months):
    first_kept = kept_from(day, months)

    assert (day.year * 12 + day.month) - (first_kept.year * 12 + first_kept.month) == months
    assert first_kept.day <= day.day
    assert first_kept.day == day.day or (first_kept + timedelta(days=1)).day == 1
