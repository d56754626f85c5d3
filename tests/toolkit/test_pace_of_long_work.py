"""How much long work writes at once."""

import pytest

from spoiwo.toolkit.pace import Pace


@pytest.mark.parametrize(
    ("size", "seconds", "after"),
    [
        pytest.param(500, 0.01, 626, id="quick portions grow"),
        pytest.param(500, 0.1, 500, id="good ones stay"),
        pytest.param(500, 0.2, 400, id="long ones shrink"),
        pytest.param(500, 0.5, 250, id="very long ones shrink at once"),
        pytest.param(120, 9.0, 100, id="never below the least"),
        pytest.param(1900, 0.0, 2000, id="never above the most"),
    ],
)
def test_portions_are_as_large_as_others_can_wait_for(size, seconds, after):
    pace = Pace(size, least=100, most=2000)

    pace.adapt(seconds)

    assert pace.size == after


def test_a_portion_that_failed_says_nothing_about_the_next():
    pace = Pace(500, least=100, most=2000)

    with pytest.raises(ZeroDivisionError), pace.kept():
        raise ZeroDivisionError

    assert pace.size == 500
