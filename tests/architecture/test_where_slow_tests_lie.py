"""tools/test.sh looks for journeys and doors in their own places, so that none is written where nobody looks."""

import re
from pathlib import Path

import pytest

TESTS = Path(__file__).resolve().parent.parent
STEPS = (TESTS.parent / "tools" / "test.sh").read_text(encoding="utf-8")


@pytest.mark.parametrize(("marker", "place"), [("browser", "journeys"), ("doors", "access/test_matrix.py")])
def test_what_is_marked_lies_where_the_steps_of_the_test_look(marker, place):
    used = re.compile(rf"pytest\.mark\.{marker}\b")
    marked = [one for one in TESTS.rglob("*.py") if used.search(one.read_text(encoding="utf-8"))]

    assert f'="tests/{place}"' in STEPS
    assert marked
    assert [one for one in marked if not one.is_relative_to(TESTS / place)] == []
