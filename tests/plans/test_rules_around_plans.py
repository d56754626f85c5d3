"""What stands around a plan: employment afterwards, criteria of choice, scans, templates."""

from datetime import date

import pytest

from spoiwo.plans.rules import (
    criteria,
    employment,
    scans,
    templates,
)
from spoiwo.plans.types import (
    Candidate,
    Criterion,
    Employment,
)
from tests.makers import plans as made


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2026, 11, 30), 3, date(2027, 2, 28)),
        (date(2026, 5, 15), -3, date(2026, 2, 15)),
    ],
)
def test_months_are_counted_as_people_do(day, months, later):
    assert employment.months_later(day, months) == later


def test_employment_is_asked_for_after_three_six_and_twelve_months():
    assert employment.due_days(date(2026, 1, 15)) == {
        3: date(2026, 4, 15),
        6: date(2026, 7, 15),
        12: date(2027, 1, 15),
    }


def test_what_is_not_known_counts_neither_way():
    found = [Employment.EMPLOYED, Employment.SOCIAL_ENTERPRISE, Employment.NOT_EMPLOYED, Employment.UNKNOWN]

    assert employment.effectiveness(found) == (2, 3)


@pytest.mark.parametrize(
    ("status", "since", "facts", "reasons"),
    [
        ("unemployed_without_benefit", date(2025, 5, 10), (), (Criterion.LONG_TERM_UNEMPLOYED,)),
        ("unemployed_without_benefit", date(2025, 5, 11), (), ()),
        ("unemployed_without_benefit", None, (), ()),
        ("temporary_benefit", None, (), (Criterion.ON_BENEFITS,)),
        ("jobseeker", None, (("periodic_allowance", "634"),), (Criterion.ON_BENEFITS,)),
        ("jobseeker", None, (("disability", "tak"),), (Criterion.DISABILITY,)),
        ("jobseeker", None, (("disability", "nie"),), ()),
        ("jobseeker", None, (("education", "Podstawowe"),), (Criterion.LOW_QUALIFICATIONS,)),
        ("jobseeker", None, (("education", "wyższe"),), ()),
        (
            "jobseeker",
            None,
            (("care_duties", "dziecko"), ("homelessness", "tak")),
            (Criterion.CARE_DUTIES, Criterion.HOMELESSNESS),
        ),
    ],
)
def test_criteria_follow_the_own_register(status, since, facts, reasons):
    candidate = Candidate(record=1, status=status, status_from=since, facts=facts)

    assert criteria.reasons(candidate, list(Criterion), today=date(2026, 5, 10)) == reasons
    assert criteria.reasons(candidate, [], today=date(2026, 5, 10)) == ()


@pytest.mark.parametrize(
    ("start", "kind"),
    [
        (b"%PDF-1.7", "application/pdf"),
        (b"\xff\xd8\xff", "image/jpeg"),
        (b"\x89PNG\r\n\x1a\n", "image/png"),
        (b"MZ", None),
    ],
)
def test_a_scan_is_told_by_its_first_bytes(start, kind):
    assert scans.kind_of_scan(start) == kind
    assert scans.kind_of_scan(start + b"0" * scans.MOST_BYTES) is None


def test_a_template_without_the_other_kind_gives_its_actions_to_the_first_party():
    template = templates.as_template(
        made.content(made.goal("Praca", made.action(owner=2))), {1: "pup", 2: "ops"}
    )

    drafted = templates.drafted(
        template, starts_on=made.START, parties=(1, 2), owner_of={"pup": 1}, new_key=lambda: "k"
    )

    assert template["goals"][0]["actions"][0]["owner"] == "ops"
    assert drafted.goals[0].actions[0].owner == 1
