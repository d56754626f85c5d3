from datetime import date

import pytest

from spoiwo.monitoring.errors import PairUnreadable
from spoiwo.monitoring.rules.aims import aims_of, is_reached, kept_aims, read_pairs, read_targets
from spoiwo.monitoring.rules.quality import end_of, quality_of
from spoiwo.monitoring.rules.releasing import card_hash, still_hidden, table_hash
from spoiwo.monitoring.types import Aims, Direction, Found, Level, Reach


def found(value: float | None, period: str = "2025", *, territory: str = "08", status: str = "ok") -> Found:
    return Found(territory, 2, period, (), value, None, value, 4, None, status)


def test_targets_are_read_as_offices_write_them():
    assert read_targets("2025: 42; 2026: 44,5\n2027:-3.25") == {"2025": 42.0, "2026": 44.5, "2027": -3.25}
    assert read_targets("") == {}


@pytest.mark.parametrize("text", ["2025", "2025: ", "rok: 4", "2025: 4; 2025: 5", "2025: cztery"])
def test_what_is_no_target_is_named(text):
    with pytest.raises(PairUnreadable):
        read_targets(text)


def test_breaks_keep_their_reason():
    assert read_pairs("2024-Q3: nowa ankieta") == {"2024-Q3": "nowa ankieta"}


def test_aims_come_back_as_they_were_kept():
    aims = Aims(
        level=Level.RESULT,
        direction=Direction.DOWN,
        baseline_period="2022",
        baseline=31.0,
        targets={"2026": 40.0, "2025": 42.0},
        breaks={"2024": "nowa ankieta"},
        due_days=90,
        correction_days=120,
        least_response=60,
        reach=Reach.PARTNERS,
    )

    assert aims_of(kept_aims(aims)) == aims
    assert aims_of({}) == Aims()


@pytest.mark.parametrize(
    ("direction", "value", "reached"),
    [
        (Direction.UP, 42.0, True),
        (Direction.UP, 41.9, False),
        (Direction.DOWN, 42.0, True),
        (Direction.DOWN, 42.1, False),
        (Direction.NONE, 50.0, None),
    ],
)
def test_a_target_is_reached_in_the_direction_wanted(direction, value, reached):
    aims = Aims(direction=direction, targets={"2025": 42.0})

    assert is_reached(aims, "2025", value) is reached
    assert is_reached(aims, "2024", value) is None


@pytest.mark.parametrize(
    ("period", "last"),
    [
        ("2024", date(2024, 12, 31)),
        ("2024-Q1", date(2024, 3, 31)),
        ("2024-Q4", date(2024, 12, 31)),
        ("2024-02", date(2024, 2, 29)),
        ("2024-12", date(2024, 12, 31)),
    ],
)
def test_a_period_ends_on_its_last_day(period, last):
    assert end_of(period) == last


def test_the_quality_box_is_worked_out_of_the_figures():
    figures = [
        found(1.0, "2023"),
        found(2.0, "2024"),
        found(None, "2024", territory="14", status="suppressed"),
        found(3.0, "2025"),
    ]
    aims = Aims(breaks={"2024": "nowa ankieta"}, due_days=60, least_response=75)

    box = quality_of(figures, aims, published_on=date(2026, 3, 1), asked=4, answered=3)

    assert (box.response, box.enough_response) == (0.75, True)
    assert (box.known, box.hidden) == (0.75, 0.25)
    assert (box.days, box.in_time) == (60, True)
    assert (box.comparable, box.periods) == (2, 3)


def test_without_figures_the_quality_box_says_nothing():
    box = quality_of(
        [], Aims(due_days=1, least_response=1), published_on=date(2026, 3, 1), asked=0, answered=0
    )

    assert (box.response, box.enough_response, box.known, box.hidden, box.days, box.in_time) == (None,) * 6


def test_what_was_hidden_once_stays_hidden():
    before = found(5.0)

    kept = still_hidden([before, found(7.0, "2024"), found(None, status="na")], {before.key})

    assert [(one.value, one.n_units, one.status) for one in kept] == [
        (None, None, "suppressed"),
        (7.0, 4, "ok"),
        (None, 4, "na"),
    ]


def test_the_digest_of_a_table_depends_on_every_figure_and_not_on_their_order():
    one, other = found(5.0), found(7.0, "2024")

    assert table_hash([one, other]) == table_hash([other, one])
    assert len({table_hash([one, other]), table_hash([one]), table_hash([one, found(7.5, "2024")])}) == 3


def test_the_hash_of_a_card_depends_on_what_it_computes_and_not_on_the_order_of_its_fields():
    entry = {"kind": "count", "numerator": "finished"}

    assert card_hash("a", entry, "SELECT 1") == card_hash("a", dict(reversed(entry.items())), "SELECT 1")
    others = [("b", entry, "SELECT 1"), ("a", entry | {"kind": "sum"}, "SELECT 1"), ("a", entry, "SELECT 2")]
    assert card_hash("a", entry, "SELECT 1") not in {card_hash(*other) for other in others}
