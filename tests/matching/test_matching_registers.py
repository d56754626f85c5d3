"""What a run of matching links, proposes and closes."""

from collections.abc import Sequence
from datetime import date

import pytest

from spoiwo.access.types import Category, LinkRule
from spoiwo.audit.models import AuditRecord
from spoiwo.clients.models import CommonClient, IdentityDecision, SourceRecord
from spoiwo.clients.services import identity
from spoiwo.institutions.models import Institution
from spoiwo.matching.models import MatchRun, Proposal
from spoiwo.matching.services import engine, runs
from spoiwo.matching.types import MatchCounts
from spoiwo.toolkit import jobs
from tests.makers.access import agreement
from tests.makers.registers import bring_in, office, pesels, records, row, worker

pytestmark = pytest.mark.django_db
NUMBER, OTHER_NUMBER, THIRD_NUMBER = pesels(3)


def partners(link_rules: Sequence[LinkRule] = (LinkRule.PESEL_ONE_FIELD,)) -> tuple[Institution, Institution]:
    labour, welfare = office(), office()
    agreement(labour, welfare, link_rules=link_rules)
    return labour, welfare


def linked() -> set[frozenset[str]]:
    groups: dict[object, set[str]] = {}
    for person, local_id in SourceRecord.objects.values_list("person_id", "local_id"):
        groups.setdefault(person, set()).add(local_id)
    return {frozenset(group) for group in groups.values() if len(group) > 1}


def proposals() -> set[tuple[frozenset[str], str, str]]:
    rows = Proposal.objects.values_list("left_record__local_id", "right_record__local_id", "rule", "state")
    return {(frozenset(one[:2]), one[2], one[3]) for one in rows}


def everything() -> tuple[object, ...]:
    return (
        sorted(SourceRecord.objects.values_list("pk", "person_id")),
        sorted(
            Proposal.objects.values_list("left_record_id", "right_record_id", "rule", "state", "created_at"),
        ),
        sorted(CommonClient.objects.values_list("institution_id", "record_id", "other_id", "since", "rule")),
        IdentityDecision.objects.count(),
        AuditRecord.objects.count(),
    )


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
    }


def test_institutions_without_an_agreement_are_never_compared() -> None:
    labour, stranger = office(), office()
    bring_in(labour, row("L1", pesel=NUMBER))
    bring_in(stranger, row("S1", pesel=NUMBER))

    counts = runs.match_now(labour.pk)

    assert (linked(), proposals(), counts.pairs) == (set(), set(), 0)


def test_running_again_changes_nothing() -> None:
    labour, welfare = partners()
    bring_in(labour, row("L1", pesel=NUMBER), row("L2", last_name="Lis"))
    bring_in(welfare, row("W1", pesel=NUMBER), row("W2", last_name="Lis"))
    runs.match_now(labour.pk)
    before = everything()

    again = runs.match_now(labour.pk)
    from_the_other_side = runs.match_now(welfare.pk)

    assert everything() == before
    assert (again.linked, again.proposed, from_the_other_side.linked) == (0, 0, 0)


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


def test_a_group_too_large_to_mean_a_person_is_counted_and_left_alone() -> None:
    labour, welfare = partners()
    many = [
        row(f"L{number}", pesel=NUMBER, last_name=f"Lis{number}")
        for number in range(engine.LARGEST_GROUP + 1)
    ]
    bring_in(labour, *many)
    bring_in(welfare, row("W1", pesel=NUMBER))

    from_the_small = runs.match_now(welfare.pk)
    from_the_large = runs.match_now(labour.pk)

    assert (from_the_small.pairs, from_the_large.pairs) == (0, 0)
    assert from_the_small.capped == from_the_large.capped == 1


def test_a_filler_number_pairs_nobody() -> None:
    labour, welfare = partners()
    bring_in(labour, row("L1", pesel="00000000000", last_name="Lis"))
    bring_in(welfare, row("W1", pesel="00000000000", last_name="Kos"))

    assert runs.match_now(labour.pk).pairs == 0


def test_a_change_that_takes_the_evidence_away_closes_the_proposal() -> None:
    labour, welfare = partners()
    bring_in(labour, row("L1"))
    bring_in(welfare, row("W1"))
    runs.match_now(welfare.pk)
    bring_in(labour, row("L1", last_name="Kos"))

    counts = runs.match_now(labour.pk)

    assert proposals() == {(frozenset({"L1", "W1"}), "names_birth_date", "obsolete")}
    assert counts.obsolete == 1


def test_evidence_that_comes_back_opens_it_again() -> None:
    labour, welfare = partners()
    bring_in(labour, row("L1"))
    bring_in(welfare, row("W1"))
    runs.match_now(welfare.pk)
    for last_name in ("Kos", "Nowak"):
        bring_in(labour, row("L1", last_name=last_name))
        runs.match_now(labour.pk)

    assert proposals() == {(frozenset({"L1", "W1"}), "names_birth_date", "open")}


def test_a_number_given_later_links_what_was_waiting() -> None:
    labour, welfare = partners()
    bring_in(labour, row("L1"))
    bring_in(welfare, row("W1", pesel=NUMBER))
    runs.match_now(welfare.pk)
    bring_in(labour, row("L1", pesel=NUMBER))

    runs.match_now(labour.pk)

    assert linked() == {frozenset({"L1", "W1"})}
    proposal = Proposal.objects.get()
    assert (proposal.state, proposal.decision_id) == ("linked", IdentityDecision.objects.get().pk)


def test_a_changed_value_is_copied_to_the_list_of_common_clients() -> None:
    labour, welfare = partners()
    bring_in(labour, row("L1", pesel=NUMBER))
    bring_in(welfare, row("W1", pesel=NUMBER))
    runs.match_now(welfare.pk)
    bring_in(labour, row("L1", pesel=NUMBER, worker="rejon 3"))

    runs.match_now(labour.pk)

    assert CommonClient.objects.get(institution=labour).worker == "rejon 3"


def test_a_vanished_record_leaves_both_lists_and_comes_back_with_its_history() -> None:
    labour, welfare = partners()
    bring_in(labour, row("L1", pesel=NUMBER), row("L2"))
    bring_in(welfare, row("W1", pesel=NUMBER))
    runs.match_now(welfare.pk)
    before = set(CommonClient.objects.values_list("institution_id", "record_id", "since"))

    bring_in(labour, row("L2"))
    gone = runs.match_now(labour.pk)
    without = CommonClient.objects.count()
    bring_in(labour, row("L1", pesel=NUMBER), row("L2"))
    runs.match_now(labour.pk)

    assert (gone.vanished, without) == (1, 0)
    assert set(CommonClient.objects.values_list("institution_id", "record_id", "since")) == before


def test_what_waits_about_a_vanished_record_is_closed() -> None:
    labour, welfare = partners()
    bring_in(labour, row("L1"), row("L2", last_name="Kos"))
    bring_in(welfare, row("W1"))
    runs.match_now(welfare.pk)
    bring_in(labour, row("L2", last_name="Kos"))

    runs.match_now(labour.pk)

    assert proposals() == {(frozenset({"L1", "W1"}), "names_birth_date", "obsolete")}


def test_a_split_pair_stays_apart_after_the_next_imports() -> None:
    labour, welfare = partners()
    bring_in(labour, row("L1", pesel=NUMBER))
    bring_in(welfare, row("W1", pesel=NUMBER))
    runs.match_now(welfare.pk)
    (mine,) = records(labour, "L1")
    identity.split_record(record_id=mine.pk, by=worker(labour))
    bring_in(labour, row("L1", pesel=NUMBER, phone="600100200"))
    bring_in(welfare, row("W1", pesel=NUMBER, phone="600100200"))

    runs.match_now(labour.pk)
    runs.match_now(welfare.pk)

    assert linked() == set()
    assert not Proposal.objects.filter(state="open").exists()


def test_a_link_that_people_undid_is_proposed_not_made_again() -> None:
    labour, welfare = partners()
    bring_in(labour, row("L1", pesel=NUMBER))
    bring_in(welfare, row("W1", pesel=NUMBER))
    runs.match_now(welfare.pk)
    identity.undo_decision(decision_id=IdentityDecision.objects.get().pk, by=worker(labour))

    runs.match_now(welfare.pk)

    assert linked() == set()
    assert proposals() == {(frozenset({"L1", "W1"}), "pesel_one_field", "open")}


def test_a_lost_run_is_made_good_by_the_next() -> None:
    labour, welfare = partners()
    bring_in(welfare, row("W1", pesel=NUMBER), row("W2", pesel=OTHER_NUMBER))
    bring_in(labour, row("L1", pesel=NUMBER))
    bring_in(labour, row("L1", pesel=NUMBER), row("L2", pesel=OTHER_NUMBER))

    runs.match_now(labour.pk)

    assert linked() == {frozenset({"L1", "W1"}), frozenset({"L2", "W2"})}


def test_only_what_an_import_changed_is_looked_at_again() -> None:
    labour, welfare = partners()
    bring_in(welfare, row("W1", pesel=NUMBER))
    bring_in(labour, row("L1", pesel=NUMBER), row("L2"))
    runs.match_now(labour.pk)
    bring_in(labour, row("L1", pesel=NUMBER), row("L2"), row("L3", pesel=OTHER_NUMBER))

    assert runs.match_now(labour.pk).records == 1


def test_a_run_cut_off_goes_on_where_it_stood(monkeypatch: pytest.MonkeyPatch) -> None:
    labour, welfare = partners()
    monkeypatch.setattr(runs, "PART", 1)
    numbers = [NUMBER, OTHER_NUMBER, THIRD_NUMBER]
    bring_in(labour, *(row(f"L{place}", pesel=number) for place, number in enumerate(numbers)))
    bring_in(welfare, *(row(f"W{place}", pesel=number) for place, number in enumerate(numbers)))

    def cut(done: MatchCounts) -> None:
        if done.records == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        runs.match_now(labour.pk, progress=cut)
    half = len(linked())
    rest = runs.match_now(labour.pk)

    assert (half, rest.records, len(linked())) == (2, 1, 3)
    run = MatchRun.objects.get()
    assert (run.records, run.linked, run.finished_at is not None) == (3, 3, True)


def test_an_agreement_that_begins_brings_both_registers_together() -> None:
    labour, welfare = office(), office()
    bring_in(labour, row("L1", pesel=NUMBER))
    bring_in(welfare, row("W1", pesel=NUMBER))
    runs.match_now(labour.pk)
    runs.match_now(welfare.pk)
    agreement(labour, welfare)

    jobs.perform("matching.rematch", left_institution_id=labour.pk, right_institution_id=welfare.pk)

    assert linked() == {frozenset({"L1", "W1"})}
    assert CommonClient.objects.count() == 2


def test_an_agreement_that_ends_closes_what_waits_and_empties_the_lists() -> None:
    labour, welfare = office(), office()
    between = agreement(labour, welfare)
    bring_in(labour, row("L1", pesel=NUMBER), row("L2", last_name="Kos"))
    bring_in(welfare, row("W1", pesel=NUMBER), row("W2", last_name="Kos"))
    runs.match_now(labour.pk)
    between.state = "ended"
    between.save()

    counts = runs.rematch(labour.pk, welfare.pk)

    assert CommonClient.objects.count() == 0
    assert counts.obsolete == 1
    assert proposals() == {(frozenset({"L2", "W2"}), "names_birth_date", "obsolete")}
    assert linked() == {frozenset({"L1", "W1"})}


def test_looking_anew_at_two_leaves_proposals_with_a_third_alone() -> None:
    labour, welfare = partners()
    third = office()
    agreement(labour, third)
    bring_in(third, row("T1"))
    bring_in(welfare, row("W1", last_name="Kos"))
    bring_in(labour, row("L1"))
    runs.match_now(labour.pk)

    runs.rematch(labour.pk, welfare.pk)

    assert proposals() == {(frozenset({"L1", "T1"}), "names_birth_date", "open")}


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


def test_a_closed_proposal_stays_closed_while_nothing_speaks_for_it() -> None:
    labour, welfare = partners()
    bring_in(labour, row("L1"))
    bring_in(welfare, row("W1"))
    runs.match_now(welfare.pk)
    for last_name in ("Kos", "Lis"):
        bring_in(labour, row("L1", last_name=last_name))
        counts = runs.match_now(labour.pk)

    assert counts.obsolete == 0
    assert proposals() == {(frozenset({"L1", "W1"}), "names_birth_date", "obsolete")}


def test_an_answered_proposal_that_a_rule_links_anyway_is_not_counted_twice() -> None:
    labour, welfare = partners()
    bring_in(labour, row("L1"))
    bring_in(welfare, row("W1", pesel=NUMBER))
    runs.match_now(welfare.pk)
    bring_in(labour, row("L1", pesel=NUMBER))
    runs.match_now(labour.pk)
    decided_at = Proposal.objects.get().decided_at
    bring_in(labour, row("L1", pesel=NUMBER, phone="600100200"))

    runs.match_now(labour.pk)

    assert Proposal.objects.get().decided_at == decided_at
