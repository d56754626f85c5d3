"""Thousands of identity decisions, done and taken back: every row is as it was before."""

from random import Random
from uuid import UUID

import pytest

from spoiwo.clients.errors import ClientsError
from spoiwo.clients.models import SourceRecord
from spoiwo.clients.services import identity
from spoiwo.institutions.models import Institution
from tests.makers.access import agreement
from tests.makers.decisions import state
from tests.makers.registers import bring_in, office, row, worker
from tests.rounds import rounds

FULL = 10_000  # decisions done and taken back
LONGEST = 6  # decisions in a row before they are taken back
SEED = 20261122

pytestmark = [pytest.mark.django_db, pytest.mark.soak, pytest.mark.slow]


def graph() -> list[SourceRecord]:
    """Nine records of three offices, of which the second shares with both others."""
    offices: list[Institution] = [office() for _ in range(3)]
    agreement(offices[0], offices[1])
    agreement(offices[1], offices[2])
    for letter, holder in zip("ABC", offices, strict=True):
        bring_in(holder, *(row(f"{letter}{number}") for number in range(3)))
    return list(SourceRecord.objects.order_by("pk").select_related("institution"))


def decide(chance: Random, records: list[SourceRecord]) -> tuple[UUID, Institution] | None:
    """A link, a parting or a split by somebody; None when it was refused."""
    one, other = chance.sample(records, 2)
    by = worker(one.institution)
    try:
        match chance.randrange(4):
            case 0:
                made = identity.split_record(record_id=one.pk, by=by)
            case 1:
                made = identity.keep_apart(left_record_id=one.pk, right_record_id=other.pk, by=by)
            case _:
                made = identity.link_records(
                    left_record_id=one.pk,
                    right_record_id=other.pk,
                    rule="pesel_one_field",
                    strategy="rivals-3",
                    agreement="",
                    by=by,
                )
    except ClientsError:
        return None
    return made, one.institution


def test_what_is_taken_back_leaves_no_trace() -> None:
    chance = Random(SEED)
    records = graph()
    untouched = state()
    trips = 0

    while trips < rounds(FULL):
        done: list[tuple[UUID, Institution, tuple[object, ...]]] = []
        for _step in range(chance.randint(1, LONGEST)):
            before = state()
            made = decide(chance, records)
            # A decision that stood already is no new one to take back.
            if made is not None and made[0] not in {one[0] for one in done}:
                done.append((*made, before))
        while done:
            decision, holder, before = done.pop()
            identity.undo_decision(decision_id=decision, by=worker(holder))
            trips += 1
            assert state() == before

    assert state() == untouched
