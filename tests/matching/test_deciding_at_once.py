"""Reviewers of both sides, splitters and the matching job at the same moment."""

from collections.abc import Callable
from threading import Barrier, Thread
from typing import Any

import pytest
from django.db import connection

from spoiwo.audit.queries import verify
from spoiwo.clients.errors import ClientsError
from spoiwo.clients.models import CommonClient, IdentityDecision, SourceRecord
from spoiwo.clients.services import identity
from spoiwo.institutions.models import Institution
from spoiwo.matching.errors import MatchingError
from spoiwo.matching.models import Proposal
from spoiwo.matching.services import deciding, runs
from spoiwo.toolkit.context import acting_for
from tests.database import as_owner
from tests.makers.access import agreement
from tests.makers.registers import bring_in, office, pesels, records, row, worker

pytestmark = pytest.mark.committed
NUMBERS = pesels(12)


def at_once(*steps: Callable[[], object]) -> list[BaseException]:
    """Run the steps in threads that start together; what none of them was expected to raise."""
    start, raised = Barrier(len(steps)), []

    def run(step: Callable[[], object]) -> None:
        try:
            start.wait(timeout=30)
            step()
        except (ClientsError, MatchingError):
            pass
        except BaseException as error:  # noqa: BLE001 it is handed to the test
            raised.append(error)
        finally:
            connection.close()

    threads = [Thread(target=run, args=[step]) for step in steps]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return raised


def two_offices(**fields: Any) -> tuple[Institution, Institution]:
    with as_owner():
        labour, welfare = office(), office()
        agreement(labour, welfare, **fields)
    return labour, welfare


def all_of(model: Any, holder: Institution) -> list[Any]:
    with acting_for(holder.pk, job="matching"):
        return list(model.objects.order_by("pk"))


def test_two_reviewers_who_say_the_same_at_once_make_one_link() -> None:
    labour, welfare = two_offices()
    bring_in(labour, row("L1"))
    bring_in(welfare, row("W1"))
    runs.match_now(labour.pk)
    (proposal,) = all_of(Proposal, labour)

    raised = at_once(
        *(
            lambda who=who: deciding.give_opinion(proposal=proposal.uuid, answer="same", by=worker(who))
            for who in (labour, welfare)
        )
    )

    assert raised == []
    assert [one.kind for one in all_of(IdentityDecision, labour)] == ["link"]
    assert all_of(Proposal, labour)[0].state == "linked"


def test_same_and_different_at_once_never_leave_both() -> None:
    labour, welfare = two_offices()
    bring_in(labour, row("L1"))
    bring_in(welfare, row("W1"))
    runs.match_now(labour.pk)
    (proposal,) = all_of(Proposal, labour)
    deciding.give_opinion(proposal=proposal.uuid, answer="same", by=worker(labour))

    raised = at_once(
        lambda: deciding.give_opinion(proposal=proposal.uuid, answer="same", by=worker(welfare, user_id=2)),
        lambda: deciding.give_opinion(
            proposal=proposal.uuid, answer="different", by=worker(welfare, user_id=3)
        ),
    )

    assert raised == []
    assert len(all_of(IdentityDecision, labour)) == 1
    kind = all_of(IdentityDecision, labour)[0].kind
    assert all_of(Proposal, labour)[0].state == {"link": "linked", "apart": "different"}[kind]


def test_both_registers_matched_at_once_link_every_pair_once() -> None:
    labour, welfare = two_offices()
    bring_in(labour, *(row(f"L{place}", pesel=number) for place, number in enumerate(NUMBERS)))
    bring_in(welfare, *(row(f"W{place}", pesel=number) for place, number in enumerate(NUMBERS)))

    raised = at_once(lambda: runs.match_now(labour.pk), lambda: runs.match_now(welfare.pk))

    assert raised == []
    assert len(all_of(IdentityDecision, labour)) == len(NUMBERS)
    assert len(all_of(CommonClient, labour)) == 2 * len(NUMBERS)
    assert verify().breaches == ()


def test_links_and_splits_in_a_circle_never_wait_for_each_other() -> None:
    labour, welfare = two_offices()
    bring_in(labour, row("L1"), row("L2"), row("L3"))
    bring_in(welfare, row("W1"), row("W2"), row("W3"))
    mine, theirs = records(labour, "L1", "L2", "L3"), records(welfare, "W1", "W2", "W3")

    def link(left: SourceRecord, right: SourceRecord) -> Callable[[], object]:
        return lambda: identity.link_records(
            left_record_id=left.pk, right_record_id=right.pk, rule="r", strategy="s", agreement="", by=None
        )

    raised = at_once(
        *(link(mine[place], theirs[place]) for place in range(3)),
        *(link(theirs[place], mine[(place + 1) % 3]) for place in range(3)),
        lambda: identity.split_record(record_id=mine[0].pk, by=worker(labour)),
    )

    assert raised == []
    people: dict[object, set[int]] = {}
    for record in all_of(SourceRecord, labour):
        people.setdefault(record.person_id, set()).add(record.institution_id)
    both = {
        (record.pk, other)
        for record in all_of(SourceRecord, labour)
        for other in people[record.person_id] - {record.institution_id}
    }
    assert {(one.record_id, one.other_id) for one in all_of(CommonClient, labour)} == both
