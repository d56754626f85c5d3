from datetime import date

import pytest
from django.template.loader import render_to_string
from django.utils import translation

from spoiwo.toolkit.timeline import NARROWEST, Stay, draw_timeline

FROM, TO = date(2025, 1, 1), date(2025, 4, 11)  # one hundred days, so a day is a percent


def stay(starts_on, ends_on=None, **changes):
    return Stay(label="zasiłek", words="zasiłek od marca", starts_on=starts_on, ends_on=ends_on, **changes)


def bars(*stays):
    return draw_timeline([("OPS", "OPS", stays)], starts_on=FROM, ends_on=TO).lanes[0].bars


def test_a_stay_lies_where_its_days_are():
    [bar] = bars(stay(date(2025, 1, 11), date(2025, 1, 31)))

    assert (bar.x, bar.width) == (10, 20)


def test_a_stay_that_lasts_runs_to_the_edge():
    [bar] = bars(stay(date(2025, 1, 11)))

    assert (bar.x, bar.width) == (10, 90)


def test_a_longer_stay_is_cut_at_both_edges():
    [bar] = bars(stay(date(2020, 1, 1), date(2030, 1, 1)))

    assert (bar.x, bar.width) == (0, 100)


@pytest.mark.parametrize(
    "outside",
    [
        pytest.param(stay(date(2024, 1, 1), date(2024, 12, 31)), id="over before"),
        pytest.param(stay(date(2025, 4, 12)), id="begins after"),
        pytest.param(stay(date(2025, 4, 12), point=True), id="a day after"),
    ],
)
def test_what_lies_outside_is_left_out(outside):
    assert bars(outside) == ()


def test_a_single_day_can_still_be_seen_and_stays_inside():
    [first] = bars(stay(date(2025, 1, 11), date(2025, 1, 11)))
    [last] = bars(stay(TO, TO))

    assert first.width == NARROWEST
    assert last.x + last.width == 100


def test_years_are_marked_at_their_first_day():
    timeline = draw_timeline([], starts_on=date(2023, 7, 2), ends_on=date(2025, 7, 1))

    assert [(tick.label, tick.x) for tick in timeline.ticks] == [("2024", 25.07), ("2025", 75.21)]


def test_a_picture_of_one_day_is_no_division_by_zero():
    timeline = draw_timeline([("PUP", "PUP", [stay(FROM)])], starts_on=FROM, ends_on=FROM)

    assert (timeline.lanes[0].bars[0].x, timeline.lanes[0].bars[0].width) == (0, NARROWEST)


def test_the_picture_is_also_a_list_and_keeps_points_in_positions():
    timeline = draw_timeline(
        [("OPS", "OPS", [stay(date(2025, 1, 11), date(2025, 1, 12))])], starts_on=FROM, ends_on=TO
    )

    with translation.override("pl"):
        html = render_to_string("components/timeline.html", {"timeline": timeline, "summary": "Oś czasu"})

    assert 'role="img" aria-label="Oś czasu"' in html
    assert "<li>OPS: zasiłek od marca</li>" in html
    assert 'x="10.0%"' in html  # a Polish comma would break the picture
