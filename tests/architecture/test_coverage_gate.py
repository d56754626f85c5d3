"""What the gate over the coverage lets through."""

import pytest

from tools.coverage_gate import FileCoverage, is_deciding, verdict


def file(path: str, *, reached: int, of: int) -> FileCoverage:
    return FileCoverage(path=path, reached=reached, all=of, gaps="12, 14->16")


@pytest.mark.parametrize(
    ("path", "deciding"),
    [
        ("src/spoiwo/access/rules.py", True),
        ("src/spoiwo/access/policies.py", True),
        ("src/spoiwo/access/services/relations.py", True),
        ("src/spoiwo/access/queries.py", False),
        ("src/spoiwo/access/services_page.py", False),
    ],
)
def test_rules_policies_and_services_decide(path, deciding):
    assert is_deciding(path) is deciding


def test_one_gap_in_what_decides_is_named_with_its_lines():
    files = [file("src/spoiwo/access/rules.py", reached=99, of=100), file("src/x.py", reached=100, of=100)]

    assert list(verdict(files)) == [
        "src/spoiwo/access/rules.py decides and must be covered whole: 12, 14->16"
    ]


def test_the_rest_is_judged_together():
    files = [file("src/a.py", reached=60, of=100), file("src/b.py", reached=839, of=900)]

    assert list(verdict(files)) == ["The rest is covered to 89.9 %, below 90 %."]


def test_nine_tenths_of_the_rest_are_enough():
    files = [file("src/a.py", reached=0, of=10), file("src/b.py", reached=90, of=90)]

    assert list(verdict(files)) == []
