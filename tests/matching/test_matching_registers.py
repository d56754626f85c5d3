"""What a run of matching links, proposes and closes."""

from datetime import date

import pytest

from spoiwo.access.types import Category, LinkRule
from spoiwo.audit.models import AuditRecord
from spoiwo.clients.models import CommonClient, IdentityDecision
from spoiwo.matching.models import Proposal
from spoiwo.matching.services import evidence, runs
from spoiwo.matching.types import MatchCounts
from spoiwo.toolkit import jobs
from tests.makers.access import agreement
from tests.makers.matching import duplicates, linked, partners, proposals
from tests.makers.registers import bring_in, office, pesels, row

pytestmark = pytest.mark.django_db
NUMBER, OTHER_NUMBER, THIRD_NUMBER = pesels(3)


def test_an_equal_number_with_one_agreeing_field_links_without_asking() -> None:
    labour, welfare = partners()
    bring_in(labour, row("L1", pesel=NUMBER), row("L2", pesel=OTHER_NUMBER))
    bring_in(welfare, row("W1", pesel=NUMBER, last_name="Zielińska"))

    counts = runs.match_now(welfare.pk)

    assert linked() == {frozenset({"L1", "W1"})}
    assert counts == MatchCounts(records=1, pairs=1, linked=1)
    assert set(CommonClient.objects.values_list("institution_id", "rule", "since_generation")) == {
        (labour.pk, "pesel_one_field", 1),
        (welfare.pk, "pesel_one_field", 1),
    }


def test_where_the_agreement_does_not_allow_it_people_are_asked() -> None:
    labour, welfare = partners(link_rules=())
    bring_in(labour, row("L1", pesel=NUMBER))
    bring_in(welfare, row("W1", pesel=NUMBER))

    runs.match_now(welfare.pk)

    assert linked() == set()
    assert proposals() == {(frozenset({"L1", "W1"}), "pesel_one_field", "open")}


def test_a_rule_that_the_agreement_lists_links_without_a_number() -> None:
    labour, welfare = partners(link_rules=[LinkRule.DOCUMENT])
    paper = {"document_kind": "PASSPORT", "document_no": "AB1234567", "phone": "601000111"}
    bring_in(labour, row("L1", **paper), row("L2", pesel=NUMBER, last_name="Lis"))
    bring_in(welfare, row("W1", **paper), row("W2", pesel=NUMBER, last_name="Lis"))

    runs.match_now(labour.pk)

    assert linked() == {frozenset({"L1", "W1"})}
    assert proposals() == {(frozenset({"L2", "W2"}), "pesel_one_field", "open")}


def test_an_equal_number_links_alone_only_when_another_field_agrees_to_the_letter() -> None:
    labour, welfare = partners()
    bring_in(labour, row("L1", pesel=NUMBER, first_name="Katarzyna", last_name="Wiśniewska"))
    slips = {"first_name": "Katargyna", "last_name": "Wiśniewkas", "birth_date": date(1980, 5, 8)}
    bring_in(welfare, row("W1", pesel=NUMBER, **slips))

    runs.match_now(labour.pk)

    assert linked() == set()
    assert {pair for pair, _rule, _state in proposals()} == {frozenset({"L1", "W1"})}


def test_a_relatives_number_is_for_people_to_see() -> None:
    labour, welfare = partners()
    bring_in(labour, row("L1", pesel=NUMBER))
    bring_in(welfare, row("W1", pesel=NUMBER, first_name="Genowefa"))

    runs.match_now(labour.pk)

    assert linked() == set()
    assert proposals() == {(frozenset({"L1", "W1"}), "pesel_contradicts", "open")}


def test_a_proposal_holds_marks_and_no_values() -> None:
    labour, welfare = partners()
    bring_in(labour, row("L1", pesel=NUMBER, phone="600 100 200"))
    bring_in(welfare, row("W1", phone="600 100 201", birth_date=date(1980, 5, 3)))

    runs.match_now(labour.pk)

    assert Proposal.objects.get().marks == {
        "pesel": "missing",
        "first_name": "agrees",
        "second_name": "missing",
        "last_name": "agrees",
        "birth_date": "agrees",
        "sex": "agrees",
        "address": "missing",
        "phone": "contradicts",
        "document_no": "missing",
        "email": "missing",
    }


def test_institutions_without_an_agreement_are_never_compared() -> None:
    labour, stranger = office(), office()
    bring_in(labour, row("L1", pesel=NUMBER))
    bring_in(stranger, row("S1", pesel=NUMBER))

    counts = runs.match_now(labour.pk)

    assert (linked(), proposals(), counts.pairs) == (set(), set(), 0)


@pytest.mark.parametrize("rows_backwards", [False, True])
@pytest.mark.parametrize("registers_backwards", [False, True])
def test_the_order_of_rows_and_of_registers_does_not_matter(
    rows_backwards: bool, registers_backwards: bool
) -> None:
    labour, welfare = partners()
    mine = [row("L1", pesel=NUMBER), row("L2", last_name="Lis"), row("L3", pesel=OTHER_NUMBER)]
    theirs = [
        row("W1", pesel=NUMBER),
        row("W2", last_name="Lis"),
        row("W3", pesel=OTHER_NUMBER, first_name="Ewa"),
        row("W4", pesel=NUMBER, last_name="Lis"),
    ]
    both = [(labour, mine), (welfare, theirs)]

    for holder, rows in reversed(both) if registers_backwards else both:
        bring_in(holder, *(reversed(rows) if rows_backwards else rows))
        runs.match_now(holder.pk)

    assert linked() == {frozenset({"L1", "W1", "W4"})}
    assert proposals() == {
        (frozenset({"L2", "W2"}), "names_birth_date", "open"),
        (frozenset({"L2", "W4"}), "names_birth_date", "open"),
        (frozenset({"L3", "W3"}), "pesel_contradicts", "open"),
    }
    assert {one[0] for one in duplicates() if one[2] == "open"} == {frozenset({"W2", "W4"})}


def test_a_key_that_too_many_share_means_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    labour, welfare = partners()
    monkeypatch.setattr(evidence, "most_pairs", lambda _key: 20)
    bring_in(labour, *(row(f"L{number}", pesel=NUMBER, last_name=f"Lis{number}") for number in range(21)))
    bring_in(welfare, row("W1", pesel=NUMBER))

    from_the_small = runs.match_now(welfare.pk)
    from_the_large = runs.match_now(labour.pk)

    assert (from_the_small.pairs, from_the_large.pairs) == (0, 0)
    assert from_the_small.capped > 0
    assert from_the_large.capped > 0


def test_a_filler_number_pairs_nobody() -> None:
    labour, welfare = partners()
    bring_in(labour, row("L1", pesel="00000000000", last_name="Lis"))
    bring_in(welfare, row("W1", pesel="00000000000", last_name="Kos"))

    assert runs.match_now(labour.pk).pairs == 0


def test_a_third_office_joins_people_whom_two_had_in_common() -> None:
    labour, welfare = partners()
    third = office()
    agreement(third, welfare)
    for holder, name in ((labour, "L1"), (welfare, "W1"), (third, "T1")):
        bring_in(holder, row(name, pesel=NUMBER))
        runs.match_now(holder.pk)

    listed = set(CommonClient.objects.values_list("record__local_id", "other_id"))

    assert linked() == {frozenset({"L1", "W1", "T1"})}
    assert listed == {("L1", welfare.pk), ("W1", labour.pk), ("W1", third.pk), ("T1", welfare.pk)}


def test_the_job_matches_by_name() -> None:
    labour, welfare = partners()
    bring_in(labour, row("L1", pesel=NUMBER))
    generation = bring_in(welfare, row("W1", pesel=NUMBER))

    jobs.perform("matching.match_generation", institution_id=welfare.pk, generation=generation)

    assert linked() == {frozenset({"L1", "W1"})}


def test_the_log_tells_both_sides_how_many_were_linked() -> None:
    labour, welfare = partners()
    bring_in(labour, row("L1", pesel=NUMBER), row("L2", pesel=OTHER_NUMBER))
    bring_in(welfare, row("W1", pesel=NUMBER), row("W2", pesel=OTHER_NUMBER))

    runs.match_now(welfare.pk)

    entries = AuditRecord.objects.filter(action="link").values_list(
        "institution_id", "institution_acting_id", "count", "actor"
    )
    assert sorted(entries) == [(labour.pk, welfare.pk, 2, None), (welfare.pk, welfare.pk, 2, None)]


def test_what_a_direction_gives_besides_identity_allows_no_link() -> None:
    labour, welfare = office(), office()
    agreement(
        labour,
        welfare,
        gives=[(labour, welfare, Category.IDENTITY), (welfare, labour, Category.STATUS)],
        link_rules=[LinkRule.PESEL_ONE_FIELD],
    )
    agreement(
        labour,
        welfare,
        gives=[(None, None, Category.STATUS)],
        number="A/0",
        link_rules=[LinkRule.PESEL_ONE_FIELD],
    )
    bring_in(labour, row("L1", pesel=NUMBER))
    bring_in(welfare, row("W1", pesel=NUMBER))

    runs.match_now(labour.pk)

    assert linked() == {frozenset({"L1", "W1"})}
    assert IdentityDecision.objects.get().agreement != "A/0"
