"""Sums, small counts, coverage, change: figures worked out by hand."""

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from spoiwo.surveys.rules import editions
from spoiwo.surveys.rules.anonymity import HANDFUL, how_many_come_out
from spoiwo.surveys.rules.documents import all_fields
from spoiwo.surveys.rules.editions import Standing
from spoiwo.surveys.rules.summaries import (
    TEXTS_SHOWN,
    bars,
    choices_of,
    figures,
    hidden_codes,
    status_of,
    summaries,
)
from spoiwo.surveys.tables.results import result_pages
from spoiwo.surveys.types import BreakKind, Outcome, QuestionKind, Status, Values, Words
from tests.makers import surveys
from tests.makers.surveys import content, page, question

PATIENT = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])  # on a busy machine


K = QuestionKind
ASKED = content(
    page(
        "p1",
        question("kind", K.SINGLE, choices=("a", "b", "c")),
        question("jobs", K.INTEGER),
        question("sources", K.MULTIPLE, choices=("x", "y")),
        question("closed", K.YES_NO, condition='kind == "a"'),
        question("why", K.TEXT),
    )
)
ANSWERS: list[Values] = [
    {"kind": "a", "jobs": 2, "sources": ["x", "y"], "closed": "yes", "why": "bo tak"},
    {"kind": "a", "jobs": 4, "sources": ["x"]},
    {"kind": "b", "jobs": "?", "sources": []},
    {"kind": "b"},
]


def test_each_field_is_summed_up_among_those_it_applied_to():
    found = {one.code: one for one in summaries(ASKED, ANSWERS)}

    assert (found["jobs"].asked, found["jobs"].answered, found["jobs"].unknown, found["jobs"].missing) == (
        4,
        2,
        1,
        2,
    )
    assert found["jobs"].numbers == (Decimal(2), Decimal(4))
    assert found["kind"].counts == {"a": 2, "b": 2}
    assert found["sources"].counts == {"x": 2, "y": 1}
    assert (found["closed"].asked, found["closed"].answered) == (2, 1)
    assert found["why"].texts == ("bo tak",)


def test_of_many_words_the_first_hundred_are_shown():
    many: list[Values] = [{"why": f"powód {number}"} for number in range(TEXTS_SHOWN + 2)]

    found = next(one for one in summaries(ASKED, many) if one.code == "why")

    assert (found.answered, len(found.texts)) == (TEXTS_SHOWN + 2, TEXTS_SHOWN)


def test_figures_of_numbers():
    found = figures([Decimal(1), Decimal(2), Decimal(9)])

    assert (found.total, found.mean, found.median, found.lowest, found.highest) == (12, 4, 2, 1, 9)
    assert figures([]) is None


def test_bars_show_shares_of_those_who_answered():
    summary = next(one for one in summaries(ASKED, ANSWERS) if one.code == "sources")

    shown = bars(summary, [("x", "X"), ("y", "Y")])

    assert [(one.label, one.count, one.share) for one in shown] == [
        ("X", 2, Decimal(2) / 3),
        ("Y", 1, Decimal(1) / 3),
    ]


@pytest.mark.parametrize(
    ("counts", "hidden"),
    [
        ({"a": 10, "b": 20}, set()),
        ({"a": 1, "b": 10, "c": 20}, {"a", "b"}),
        ({"a": 1, "b": 2, "c": 20}, {"a", "b"}),
        ({"a": 0, "b": 0, "c": 9}, {"a", "b", "c"}),
        ({"a": 2}, {"a"}),
        ({}, set()),
    ],
)
def test_a_small_count_hides_another_so_that_it_cannot_be_worked_out(counts, hidden):
    assert hidden_codes(counts, 3) == hidden
    assert hidden_codes(counts, 0) == set()


@PATIENT
@given(st.dictionaries(st.sampled_from("abcdef"), st.integers(0, 40), min_size=2))
def test_subtraction_from_the_total_gives_no_small_count(counts):
    hidden = hidden_codes(counts, 3)

    rest = sum(counts.values()) - sum(count for code, count in counts.items() if code not in hidden)
    assert len(hidden) != 1
    assert not hidden or rest >= 3 or len(hidden) == len(counts)


def test_others_read_no_texts_and_no_small_counts():
    many: list[Any] = [{"kind": "a", "jobs": n, "why": "x"} for n in range(10)] + [{"kind": "b", "jobs": 1}]
    pages = result_pages(ASKED, summaries(ASKED, many), language="pl", fewest=3)
    found = {one.code: one for one in pages[0].results}

    assert [one.count for one in found["kind"].bars] == [None, None, None]
    assert found["why"].texts == ()
    assert found["jobs"].figures.total == 46
    assert [one.count for one in found["closed"].bars] == [None, None]
    own = {one.code: one for one in result_pages(ASKED, summaries(ASKED, many), language="pl")[0].results}
    assert [one.count for one in own["kind"].bars] == [10, 1, 0]


def test_a_total_that_one_unit_dominates_is_hidden_from_others():
    many: list[Any] = [{"kind": "a", "jobs": 1}] * 3 + [{"kind": "a", "jobs": 97}]
    pages = result_pages(ASKED, summaries(ASKED, many), language="pl", fewest=3)

    assert next(one for one in pages[0].results if one.code == "jobs").figures is None


@pytest.mark.parametrize(
    ("value", "applies", "expected"),
    [
        (None, False, (None, Status.NA)),
        (None, True, (None, Status.MISSING)),
        ("?", True, (None, Status.MISSING)),
        (0, True, (Decimal(0), Status.ZERO_REPORTED)),
        (3, True, (Decimal(3), Status.OK)),
    ],
)
def test_a_missing_answer_is_never_zero(value, applies, expected):
    field = all_fields(content(page("p", question("jobs"))))[0]

    assert status_of(field, value, applies=applies) == expected


def test_a_choice_counts_as_one_and_yes_no_has_its_choices():
    fields = {one.code: one for one in all_fields(ASKED)}

    assert status_of(fields["kind"], "a", applies=True) == (Decimal(1), Status.OK)
    assert choices_of(fields["closed"], "pl") == [("yes", "yes"), ("no", "no")]
    assert choices_of(fields["jobs"], "pl") == []


def unit(stratum="A", weight=None, **more):
    known = None if weight is None else Decimal(weight)
    return Standing(stratum, more.pop("outcome", Outcome.WAITING), known, **more)


def test_who_came_further_counts_for_every_step_before():
    found = editions.funnel(
        [unit(), unit(invited=True), unit(started=True), unit(submitted=True), unit(accepted=True)]
    )

    assert (found.frame, found.invited, found.opened, found.started, found.submitted, found.accepted) == (
        5,
        4,
        3,
        3,
        2,
        1,
    )


def test_coverage_leaves_out_who_is_not_in_scope_and_guesses_unknown_weights():
    rows = editions.coverage(
        [
            unit(weight=10, submitted=True),
            unit(weight=30),
            unit(submitted=True),  # weighs 20, the median of its kind
            unit(weight=500, outcome=Outcome.OUT_OF_BUSINESS),
            unit("B", accepted=True),
            unit("B"),
        ]
    )
    total = editions.total_coverage(rows)

    assert [(one.stratum, one.in_scope, one.answered, one.weighted) for one in rows] == [
        ("A", 3, 2, Decimal("0.5")),
        ("B", 2, 1, Decimal("0.5")),
    ]
    assert (total.rate, total.weight_in_scope) == (Decimal("0.6"), Decimal(62))
    empty = editions.total_coverage([])
    assert (empty.rate, empty.weighted) == (None, None)


def test_the_panel_compares_only_who_answered_both_times():
    found = editions.panel("jobs", {"a": Decimal(10), "b": Decimal(5)}, {"a": Decimal(12), "c": Decimal(9)})

    assert (found.units, found.matched_change) == (1, Decimal("0.2"))
    assert (found.gross_before, found.gross_now) == (Decimal(15), Decimal(21))
    assert editions.panel("jobs", {}, {}).matched_change is None


def test_breaks_are_found_between_versions():
    before = content(
        page("p", question("same"), question("kind"), question("unit", unit="etat"), question("list", K.SINGLE),
             question("word"), question("rows", K.MATRIX, rows=("r1",))),
    )  # fmt: skip
    now = content(
        page("p", question("same"), question("kind", K.TEXT), question("unit", unit="osoba"),
             question("list", K.SINGLE, choices=("a", "z")), question("word", label=Words("Inaczej")),
             question("rows", K.MATRIX, rows=("r1", "r2")), question("new")),
    )  # fmt: skip

    assert [(one.code, one.kind) for one in editions.breaks(before, now)] == [
        ("kind", BreakKind.KIND),
        ("unit", BreakKind.UNIT),
        ("list", BreakKind.CHOICES),
        ("word", BreakKind.WORDING),
        ("rows", BreakKind.CHOICES),
        ("new", BreakKind.NEW),
    ]
    assert editions.breaks(surveys.sector(), surveys.sector()) == []


@PATIENT
@given(st.integers(0, 60), st.integers(0, 60), st.booleans())
def test_anonymous_answers_come_out_in_handfuls(in_urn, out, closing):
    coming = how_many_come_out(in_urn, out, closing=closing)

    assert coming == 0 or coming >= HANDFUL or closing
    if not closing:
        assert coming == 0 or in_urn - coming >= HANDFUL
    if closing:
        assert coming in {0, in_urn}
        assert coming == 0 or in_urn + out >= HANDFUL
