"""Linking, splitting and undoing: what moves, what follows, what is refused."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from spoiwo.audit.models import AuditRecord
from spoiwo.audit.queries import verify
from spoiwo.clients.errors import (
    AlreadyUndone,
    DecisionOvertaken,
    KeptApart,
    LinkWithdrawn,
    NoSuchDecision,
    NoSuchRecord,
    NothingToSplit,
    OnePersonAlready,
)
from spoiwo.clients.models import IdentityDecision, SourceRecord
from spoiwo.clients.services import identity
from tests.makers.access import agreement
from tests.makers.decisions import common, known, link, state, two_offices
from tests.makers.registers import bring_in, office, records, row, worker

pytestmark = pytest.mark.django_db


def test_a_link_makes_one_person_whom_both_know_and_both_list() -> None:
    labour, welfare = two_offices()
    (mine,), (theirs,) = records(labour, "L1"), records(welfare, "W1")

    link(mine, theirs)

    mine.refresh_from_db()
    theirs.refresh_from_db()
    assert mine.person_id == theirs.person_id
    assert common() == {(labour.pk, welfare.pk, "L1"), (welfare.pk, labour.pk, "W1")}
    assert {(mine.person_id, labour.pk), (mine.person_id, welfare.pk)} <= known()


def test_a_link_ends_what_an_office_knew_under_the_former_row_at_once() -> None:
    labour, welfare = two_offices()
    (mine,), (theirs,) = records(labour, "L1"), records(welfare, "W1")
    former = {mine.person_id, theirs.person_id}

    link(mine, theirs)

    kept = SourceRecord.objects.get(pk=mine.pk).person_id
    gone = (former - {kept}).pop()
    assert gone not in {person for person, _office in known()}


def test_the_order_of_the_pair_does_not_matter() -> None:
    labour, welfare = two_offices()
    (mine,), (theirs,) = records(labour, "L1"), records(welfare, "W1")
    smaller = min(mine.person_id, theirs.person_id)

    link(theirs, mine)

    assert set(
        SourceRecord.objects.filter(pk__in=[mine.pk, theirs.pk]).values_list("person_id", flat=True)
    ) == {smaller}


@pytest.mark.parametrize("days_known", [0, 40])
def test_undoing_a_link_gives_back_every_row(days_known: int) -> None:
    labour, welfare = office(), office()
    agreement(labour, welfare)
    since = timezone.localdate() - timedelta(days=days_known)
    bring_in(labour, row("L1"), known_since=since)
    bring_in(welfare, row("W1"), known_since=since)
    (mine,), (theirs,) = records(labour, "L1"), records(welfare, "W1")
    before = state()

    decision = link(mine, theirs)
    identity.undo_decision(decision_id=decision, by=worker(welfare))

    assert state() == before


def test_undoing_a_split_gives_back_every_row() -> None:
    labour, welfare = two_offices()
    (mine,), (theirs,) = records(labour, "L1"), records(welfare, "W1")
    link(mine, theirs)
    before = state()

    decision = identity.split_record(record_id=mine.pk, by=worker(labour))
    parted = state()
    identity.undo_decision(decision_id=decision, by=worker(labour))

    assert parted != before
    assert common() != set()
    assert state() == before


def test_a_split_pair_is_never_linked_again() -> None:
    labour, welfare = two_offices()
    (mine,), (theirs,) = records(labour, "L1"), records(welfare, "W1")
    link(mine, theirs)
    identity.split_record(record_id=mine.pk, by=worker(labour))

    with pytest.raises(KeptApart):
        link(mine, theirs)

    assert common() == set()


def test_nor_through_a_third_record() -> None:
    labour, welfare = two_offices()
    mine, bridge = records(labour, "L1", "L2")
    (theirs,) = records(welfare, "W1")
    identity.keep_apart(left_record_id=mine.pk, right_record_id=theirs.pk, by=worker(labour))
    link(bridge, theirs)

    with pytest.raises(KeptApart):
        link(mine, bridge)


def test_a_link_that_a_person_undid_is_for_people_to_make_again() -> None:
    labour, welfare = two_offices()
    (mine,), (theirs,) = records(labour, "L1"), records(welfare, "W1")
    identity.undo_decision(decision_id=link(mine, theirs), by=worker(labour))

    with pytest.raises(LinkWithdrawn):
        link(mine, theirs)
    link(mine, theirs, by=worker(labour))

    assert len(common()) == 2


def test_splitting_the_record_that_held_others_together_parts_them_too() -> None:
    labour, welfare = two_offices()
    (bridge,) = records(labour, "L1")
    first, second = records(welfare, "W1", "W2")
    link(bridge, first)
    link(bridge, second)
    before = state()

    decision = identity.split_record(record_id=bridge.pk, by=worker(labour))

    people = SourceRecord.objects.filter(pk__in=[bridge.pk, first.pk, second.pk]).values_list("person_id")
    assert len(set(people)) == 3
    identity.undo_decision(decision_id=decision, by=worker(labour))
    assert state() == before


def test_a_link_already_made_is_answered_with_the_standing_decision() -> None:
    labour, welfare = two_offices()
    (mine,), (theirs,) = records(labour, "L1"), records(welfare, "W1")
    first = link(mine, theirs)
    before = state()

    second = link(theirs, mine)

    assert second == first
    assert state() == before
    assert IdentityDecision.objects.count() == 1


def test_evidence_for_a_pair_that_is_one_person_already_holds_them_when_the_bridge_goes() -> None:
    labour, welfare = two_offices()
    (bridge,) = records(labour, "L1")
    first, second = records(welfare, "W1", "W2")
    link(bridge, first)
    link(bridge, second)
    link(first, second)

    identity.split_record(record_id=bridge.pk, by=worker(labour))

    people = SourceRecord.objects.filter(pk__in=[first.pk, second.pk]).values_list("person_id")
    assert len(set(people)) == 1


def test_undoing_what_later_decisions_rest_on_is_refused_and_names_them() -> None:
    labour, welfare = two_offices()
    mine, other = records(labour, "L1", "L2")
    (theirs,) = records(welfare, "W1")
    first = link(mine, theirs)
    second = link(other, mine)
    third = link(other, theirs)
    before = state()

    with pytest.raises(DecisionOvertaken) as refusal:
        identity.undo_decision(decision_id=first, by=worker(labour))

    assert set(refusal.value.decisions) == {second, third}
    assert state() == before


def test_a_split_whose_person_has_moved_on_cannot_be_undone_first() -> None:
    labour, welfare = two_offices()
    mine, other = records(labour, "L1", "L2")
    (theirs,) = records(welfare, "W1")
    link(other, theirs)
    split = identity.split_record(record_id=theirs.pk, by=worker(welfare))
    later = link(mine, theirs)

    with pytest.raises(DecisionOvertaken) as refusal:
        identity.undo_decision(decision_id=split, by=worker(welfare))

    assert refusal.value.decisions == (later,)


def test_a_decision_is_undone_once() -> None:
    labour, welfare = two_offices()
    (mine,), (theirs,) = records(labour, "L1"), records(welfare, "W1")
    decision = link(mine, theirs)
    identity.undo_decision(decision_id=decision, by=worker(labour))

    with pytest.raises(AlreadyUndone):
        identity.undo_decision(decision_id=decision, by=worker(labour))


def test_a_stranger_cannot_tell_that_records_or_decisions_exist() -> None:
    labour, welfare = two_offices()
    stranger = worker(office())
    (mine,), (theirs,) = records(labour, "L1"), records(welfare, "W1")
    decision = link(mine, theirs)

    with pytest.raises(NoSuchRecord):
        link(mine, theirs, by=stranger)
    with pytest.raises(NoSuchRecord):
        identity.split_record(record_id=mine.pk, by=stranger)
    with pytest.raises(NoSuchRecord):
        identity.keep_apart(left_record_id=mine.pk, right_record_id=theirs.pk, by=stranger)
    with pytest.raises(NoSuchDecision):
        identity.undo_decision(decision_id=decision, by=stranger)


def test_only_the_side_that_parted_may_take_it_back() -> None:
    labour, welfare = two_offices()
    (mine,), (theirs,) = records(labour, "L1"), records(welfare, "W1")
    apart = identity.keep_apart(left_record_id=mine.pk, right_record_id=theirs.pk, by=worker(labour))

    with pytest.raises(NoSuchDecision):
        identity.undo_decision(decision_id=apart, by=worker(welfare))
    identity.undo_decision(decision_id=apart, by=worker(labour))

    assert link(mine, theirs).version == 7


def test_people_kept_apart_already_stay_so_with_one_decision() -> None:
    labour, welfare = two_offices()
    (mine,), (theirs,) = records(labour, "L1"), records(welfare, "W1")

    first = identity.keep_apart(left_record_id=mine.pk, right_record_id=theirs.pk, by=worker(labour))
    second = identity.keep_apart(left_record_id=theirs.pk, right_record_id=mine.pk, by=worker(welfare))

    assert first == second


def test_linked_records_must_be_split_before_they_are_kept_apart() -> None:
    labour, welfare = two_offices()
    (mine,), (theirs,) = records(labour, "L1"), records(welfare, "W1")
    link(mine, theirs)

    with pytest.raises(OnePersonAlready):
        identity.keep_apart(left_record_id=mine.pk, right_record_id=theirs.pk, by=worker(labour))


def test_a_record_that_is_alone_cannot_be_split() -> None:
    labour, _welfare = two_offices()
    (mine,) = records(labour, "L1")

    with pytest.raises(NothingToSplit):
        identity.split_record(record_id=mine.pk, by=worker(labour))


def test_a_record_that_does_not_exist_is_refused() -> None:
    labour, _welfare = two_offices()
    (mine,) = records(labour, "L1")

    with pytest.raises(NoSuchRecord):
        identity.link_records(
            left_record_id=mine.pk, right_record_id=10**9, rule="r", strategy="s", agreement="", by=None
        )
    with pytest.raises(NoSuchDecision):
        identity.undo_decision(decision_id=uuid4(), by=worker(labour))


def test_every_institution_concerned_has_the_decision_in_its_chain() -> None:
    labour, welfare = two_offices()
    (mine,), (theirs,) = records(labour, "L1"), records(welfare, "W1")
    decision = link(mine, theirs, by=worker(labour, user_id=7))
    identity.undo_decision(decision_id=decision, by=worker(welfare, user_id=8))

    entries = AuditRecord.objects.filter(object_ref=f"identity_decision:{decision}")

    assert sorted(entries.values_list("institution_id", "action", "institution_acting_id")) == sorted(
        [
            (labour.pk, "link", labour.pk),
            (welfare.pk, "link", labour.pk),
            (labour.pk, "undo", welfare.pk),
            (welfare.pk, "undo", welfare.pk),
        ]
    )
    assert verify().breaches == ()


def test_a_link_never_touches_the_values_of_records() -> None:
    labour, welfare = two_offices()
    values = SourceRecord.objects.order_by("pk").values("uuid", "institution_id", "local_id", "wrapped_key")
    before = [{**one, "wrapped_key": bytes(one["wrapped_key"])} for one in values]

    decision = link(*records(labour, "L1"), *records(welfare, "W1"))
    identity.undo_decision(decision_id=decision, by=worker(labour))

    assert [{**one, "wrapped_key": bytes(one["wrapped_key"])} for one in values.all()] == before
