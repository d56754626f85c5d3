"""What later imports, agreements and runs do to links and proposals."""

import pytest

from spoiwo.clients.models import CommonClient, IdentityDecision
from spoiwo.clients.services import identity
from spoiwo.matching.models import MatchRun, Proposal
from spoiwo.matching.services import runs
from spoiwo.matching.types import MatchCounts
from spoiwo.toolkit import jobs
from tests.makers.access import agreement
from tests.makers.matching import everything, linked, partners, proposals
from tests.makers.registers import bring_in, office, pesels, records, row, worker

pytestmark = pytest.mark.django_db
NUMBER, OTHER_NUMBER, THIRD_NUMBER = pesels(3)


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
    monkeypatch.setattr(runs, "PARTS", (1, 1, 1))
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


def test_a_closed_proposal_stays_closed_while_nothing_speaks_for_it() -> None:
    labour, welfare = partners()
    bring_in(labour, row("L1"))
    bring_in(welfare, row("W1"))
    runs.match_now(welfare.pk)
    bring_in(labour, row("L1", last_name="Kos"))
    runs.match_now(labour.pk)
    bring_in(labour, row("L1", last_name="Lis"))

    assert runs.match_now(labour.pk).obsolete == 0
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
