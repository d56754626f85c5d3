"""Periods of days, closed on both sides."""

from datetime import date

import pytest

from spoiwo.kernel.periods import EndBeforeStart, Period

MAY = Period(date(2025, 5, 1), date(2025, 5, 31))
FROM_JUNE = Period(date(2025, 6, 1))


@pytest.mark.parametrize(
    ("day", "answer"),
    [
        (date(2025, 4, 30), False),
        (date(2025, 5, 1), True),
        (date(2025, 5, 31), True),
        (date(2025, 6, 1), False),
    ],
)
def test_the_first_and_the_last_day_belong_to_the_period(day, answer):
    assert MAY.contains(day) is answer


def test_a_period_without_an_end_goes_on():
    assert FROM_JUNE.contains(date(2099, 1, 1))
    assert not FROM_JUNE.contains(date(2025, 5, 31))


@pytest.mark.parametrize(
    ("one", "other", "answer"),
    [
        pytest.param(MAY, FROM_JUNE, False, id="one ends the day before the other starts"),
        pytest.param(MAY, Period(date(2025, 5, 31), date(2025, 7, 1)), True, id="a shared last day"),
        pytest.param(MAY, Period(date(2025, 1, 1), date(2025, 12, 31)), True, id="one within the other"),
        pytest.param(MAY, Period(date(2025, 1, 1)), True, id="the other has no end"),
        pytest.param(Period(date(2020, 1, 1)), FROM_JUNE, True, id="neither has an end"),
    ],
)
def test_overlap_needs_a_common_day_and_goes_both_ways(one, other, answer):
    assert one.overlaps(other) is answer
    assert other.overlaps(one) is answer


def test_an_end_before_the_start_is_refused():
    with pytest.raises(EndBeforeStart) as refusal:
        Period(date(2025, 5, 2), date(2025, 5, 1))

    assert (refusal.value.starts_on, refusal.value.ends_on) == (date(2025, 5, 2), date(2025, 5, 1))


def test_one_day_is_a_period():
    assert Period(date(2025, 5, 2), date(2025, 5, 2)).contains(date(2025, 5, 2))


@pytest.mark.parametrize(
    ("day", "days"),
    [(date(2025, 5, 1), 0), (date(2025, 5, 31), 30), (date(2026, 5, 1), 365), (date(2025, 4, 30), -1)],
)
def test_days_are_counted_from_the_start(day, days):
    assert MAY.days_since(day) == days
