"""The list of common clients follows links, splits and agreements."""

from datetime import UTC, datetime

import pytest

from spoiwo.access.types import LinkRule
from spoiwo.clients.models import CommonClient, Extract, RegisterState, SourceRecord
from spoiwo.clients.rules import clusters
from spoiwo.clients.services import common_clients, identity
from tests.makers.access import agreement
from tests.makers.decisions import common, link, state, two_offices
from tests.makers.registers import bring_in, office, records, row, worker

pytestmark = pytest.mark.django_db


def test_without_an_agreement_a_link_shows_nobody_to_anybody() -> None:
    labour, welfare = office(), office()
    bring_in(labour, row("L1"))
    bring_in(welfare, row("W1"))

    link(*records(labour, "L1"), *records(welfare, "W1"))

    assert common() == set()


def test_the_list_of_common_clients_can_be_dropped_and_rebuilt() -> None:
    labour, welfare = two_offices()
    link(*records(labour, "L1"), *records(welfare, "W1"))
    before = state()
    CommonClient.objects.all().delete()

    added = common_clients.rebuild_common(labour.pk)

    assert added == 2
    assert state() == before


def test_rebuilding_takes_away_what_an_ended_agreement_leaves() -> None:
    labour, welfare = office(), office()
    between = agreement(labour, welfare, link_rules=[LinkRule.PESEL_ONE_FIELD])
    bring_in(labour, row("L1"))
    bring_in(welfare, row("W1"))
    link(*records(labour, "L1"), *records(welfare, "W1"))
    between.state = "ended"
    between.save()

    common_clients.rebuild_common(welfare.pk)

    assert common() == set()


@pytest.mark.parametrize("backwards", [False, True])
def test_many_links_at_once_are_the_same_as_one_by_one(backwards: bool) -> None:
    pairs = [("L1", "W1"), ("L2", "W1"), ("L2", "W2"), ("L3", "W3"), ("L1", "W2")]
    labour, welfare = office(), office()
    agreement(labour, welfare)
    bring_in(labour, row("L1"), row("L2"), row("L3"))
    bring_in(welfare, row("W1"), row("W2"), row("W3"))
    wishes = [
        identity.LinkWish(left_record_id=left.pk, right_record_id=right.pk, rule="r", strategy="s")
        for pair in pairs
        for left, right in [(*records(labour, pair[0]), *records(welfare, pair[1]))]
    ]
    apart = [records(labour, "L3")[0].pk, records(welfare, "W3")[0].pk]
    identity.keep_apart(left_record_id=apart[0], right_record_id=apart[1], by=worker(labour))

    outcome = identity.link_many(wishes[::-1] if backwards else wishes, by=None)

    people = {
        one.local_id: one.person_id for one in SourceRecord.objects.filter(institution__in=[labour, welfare])
    }
    assert len({people[name] for name in ("L1", "L2", "W1", "W2")}) == 1
    assert people["L1"] == min(one for name, one in people.items() if name in {"L1", "L2", "W1", "W2"})
    assert people["L3"] != people["W3"]
    assert set(outcome.refused) == {(min(apart), max(apart))}
    assert len(outcome.made) == 4
    assert common() == {
        *((labour.pk, welfare.pk, name) for name in ("L1", "L2")),
        *((welfare.pk, labour.pk, name) for name in ("W1", "W2")),
    }


def test_splitting_one_of_three_leaves_the_other_two_common() -> None:
    labour, welfare = two_offices()
    first, second = records(labour, "L1", "L2")
    (theirs,) = records(welfare, "W1")
    link(first, theirs)
    link(second, theirs)

    identity.split_record(record_id=second.pk, by=worker(labour))

    assert common() == {(labour.pk, welfare.pk, "L1"), (welfare.pk, labour.pk, "W1")}


def test_splitting_one_of_three_on_the_other_side_leaves_the_other_two_common() -> None:
    labour, welfare = two_offices()
    (mine,) = records(labour, "L1")
    first, second = records(welfare, "W1", "W2")
    link(mine, first)
    link(mine, second)

    identity.split_record(record_id=second.pk, by=worker(welfare))

    assert common() == {(labour.pk, welfare.pk, "L1"), (welfare.pk, labour.pk, "W1")}


def test_people_joined_without_a_decision_are_not_listed() -> None:
    labour, welfare = two_offices()
    (mine,), (theirs,) = records(labour, "L1"), records(welfare, "W1")
    SourceRecord.objects.filter(pk=mine.pk).update(person=theirs.person_id)

    common_clients.refresh_common({theirs.person_id})

    assert common() == set()


def test_without_a_history_of_extracts_the_generation_in_force_counts() -> None:
    labour, welfare = two_offices()
    Extract.objects.all().delete()
    RegisterState.objects.filter(institution=labour).update(generation=1)

    link(*records(labour, "L1"), *records(welfare, "W1"))

    assert set(CommonClient.objects.values_list("since_generation", flat=True)) == {1}


def test_a_cycle_of_links_is_as_old_as_the_link_that_first_joined() -> None:
    def edge(left: int, right: int, day: int) -> clusters.Edge:
        return clusters.Edge((left, right), datetime(2026, 1, day, tzinfo=UTC), f"rule {day}")

    edges = [edge(1, 2, 3), edge(2, 3, 1), edge(1, 3, 2), edge(4, 5, 4)]

    assert clusters.joined_by(1, [2], edges) == edges[2]
    assert clusters.joined_by(3, [2], edges) == edges[1]
    assert clusters.joined_by(1, [4], edges) is None
