"""What two registers say of one person, put side by side: the rules on paper."""

from datetime import date

import pytest

from spoiwo.access.types import Category, Grant
from spoiwo.clients.rules import facts, sharing, situation
from spoiwo.clients.rules.situation import Shown, Value

DAY = date(2026, 11, 22)


def value(institution_id, text, *, key=None, field="birth_date", old_days=0):
    return Value(
        field=field,
        label=field,
        text=text,
        key=text if key is None else key,
        category=Category.IDENTITY,
        institution_id=institution_id,
        as_of=DAY,
        old_days=old_days,
    )


def grant(giver_id, *categories, stale_after_days=30):
    return Grant(
        giver_id=giver_id,
        receiver_id=1,
        agreement_id=giver_id,
        agreement_number=f"P/{giver_id}",
        categories=frozenset(categories),
        purposes=(),
        stale_after_days=stale_after_days,
        link_rules=frozenset(),
    )


@pytest.mark.parametrize(
    ("as_of", "expected"),
    [
        pytest.param(date(2026, 10, 23), 0, id="thirty days are still fresh"),
        pytest.param(date(2026, 10, 22), 31, id="the thirty-first day is old"),
        pytest.param(date(2026, 8, 20), 94, id="the age is in days"),
        pytest.param(date(2026, 11, 23), 0, id="a day ahead of ours is fresh"),
        pytest.param(None, 0, id="no day is no age"),
    ],
)
def test_data_are_old_one_day_after_the_limit(as_of, expected):
    assert situation.days_old(as_of, DAY, 30) == expected


def test_equal_values_of_two_institutions_become_one_line_with_two_sources():
    (line,) = situation.side_by_side(
        [value(1, "Zofia Żak", key="zofia zak"), value(2, "ZOFIA ZAK", key="zofia zak")]
    )

    assert [spot.text for spot in line.spots] == ["Zofia Żak"]
    assert line.agreed_by == 2
    assert not line.differs


def test_unequal_values_stand_under_each_other_and_are_marked():
    (line,) = situation.side_by_side([value(1, "3.05.1980"), value(2, "5.03.1980")])

    assert [spot.text for spot in line.spots] == ["3.05.1980", "5.03.1980"]
    assert line.differs
    assert line.agreed_by == 0


def test_statuses_of_two_institutions_do_not_contradict_each_other():
    (line,) = situation.side_by_side(
        [value(1, "Jobseeker", key="", field="status"), value(2, "Meals", key="", field="status")]
    )

    assert len(line.spots) == 2
    assert not line.differs


def test_a_value_is_grey_only_when_every_source_is_old():
    (fresh,) = situation.side_by_side([value(1, "x", old_days=94), value(2, "x")])
    (old,) = situation.side_by_side([value(1, "x", old_days=94), value(2, "x", old_days=40)])

    assert not fresh.spots[0].is_old
    assert old.spots[0].is_old


def test_the_digest_tells_every_difference_in_what_was_shown():
    shown = [Shown(1, Category.STATUS, "ab"), Shown(2, Category.STATUS, "c")]
    moved = [Shown(1, Category.STATUS, "a"), Shown(2, Category.STATUS, "bc")]

    assert situation.digest_of(shown) == situation.digest_of(list(shown))
    assert situation.digest_of(shown) != situation.digest_of(moved)
    assert situation.digest_of(shown) != situation.digest_of(shown[::-1])
    assert len(situation.digest_of([])) == 32


def test_categories_on_record_are_named_once_in_a_fixed_order():
    shown = [Shown(1, Category.STATUS, "a"), Shown(1, Category.CONTACT, "b"), Shown(1, Category.STATUS, "c")]

    assert situation.categories_of(shown) == ("contact", "status")


def test_nothing_is_given_without_identity_and_sensitive_data_never():
    grants = [
        grant(2, Category.IDENTITY, Category.SENSITIVE),
        grant(2, Category.BENEFITS),
        grant(3, Category.BENEFITS),
    ]

    assert sharing.identifying(grants) == {2}
    assert sharing.categories_given(grants) == {2: {Category.IDENTITY, Category.BENEFITS}}


def test_the_strictest_agreement_decides_when_data_are_old():
    assert sharing.stale_limits(
        [grant(2, Category.IDENTITY, stale_after_days=90), grant(2, Category.STATUS, stale_after_days=14)]
    ) == {2: 14}


class Period:
    def __init__(self, valid_from, valid_to):
        self.valid_from, self.valid_to = valid_from, valid_to


def test_current_facts_hide_ended_ones():
    ended, current = Period(date(2025, 1, 1), date(2025, 6, 1)), Period(date(2026, 1, 1), None)

    assert facts.newest([ended, current], DAY) == [current]


def test_when_nothing_holds_any_more_the_fact_that_ended_last_is_shown():
    older, newer = Period(None, date(2024, 1, 1)), Period(date(2025, 1, 1), date(2025, 6, 1))

    assert facts.newest([older, newer], DAY) == [newer]
    assert facts.newest([], DAY) == []
    assert facts.holds_on(Period(date(2025, 1, 1), DAY), DAY)
