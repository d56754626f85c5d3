"""Whatever people decide in whatever order: nothing is lost, and everything can be taken back row for row."""

from typing import Any
from uuid import UUID

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from spoiwo.access.models import Relation
from spoiwo.clients.errors import ClientsError, DecisionOvertaken, NothingToSplit, OnePersonAlready
from spoiwo.clients.models import CommonClient, IdentityDecision, NeverSame, RecordVersion, SourceRecord
from spoiwo.clients.services import common_clients, identity
from spoiwo.institutions.models import Institution
from tests.makers.access import agreement
from tests.makers.registers import bring_in, office, row, worker

PLACES = st.integers(min_value=0, max_value=6)


def rows() -> tuple[Any, ...]:
    """Everything that decisions change."""
    return (
        sorted(SourceRecord.objects.values_list("pk", "person_id")),
        sorted(
            Relation.objects.values_list("person", "institution_id", "kind", "valid_from", "valid_to"),
            key=str,
        ),
        sorted(
            CommonClient.objects.values_list(
                "institution_id", "record_id", "other_id", "person_id", "since", "rule"
            )
        ),
        sorted(NeverSame.objects.values_list("left_record_id", "right_record_id")),
    )


def values() -> list[tuple[Any, ...]]:
    """Everything that decisions must never change."""
    versions = RecordVersion.objects.order_by("pk").values_list(
        "pk", "record_id", "last_name", "last_generation"
    )
    records = SourceRecord.objects.order_by("pk").values_list("pk", "uuid", "institution_id", "local_id")
    return [*versions, *records]


class Deciding(RuleBasedStateMachine):
    """Three offices, seven records, and people who link, part, split and take back as they please."""

    def __init__(self) -> None:
        super().__init__()
        self.outer = transaction.atomic()
        self.outer.__enter__()
        self.standing: list[tuple[UUID, Institution, tuple[Any, ...]]] = []
        self.in_a_row = True  # so far only the newest decision was taken back

    @initialize()
    def registers(self) -> None:
        """Three registers, two agreements."""
        first, second, third = self.offices = [office() for _ in range(3)]
        agreement(first, second)
        agreement(second, third)
        self.phones = dict.fromkeys(("A1", "A2", "A3", "B1", "B2", "C1", "C2"), "")
        for place in range(3):
            self._bring_in(place)
        self.records = list(SourceRecord.objects.order_by("local_id").select_related("institution"))
        self.untouched = rows()
        self.values = values()

    @rule(left=PLACES, right=PLACES, by_people=st.booleans())
    def link(self, left: int, right: int, by_people: bool) -> None:
        """Two records are one person."""
        one, other = self.records[left], self.records[right]
        if left == right:
            return
        before = rows()
        known = set(IdentityDecision.objects.values_list("pk", flat=True))
        try:
            decision = identity.link_records(
                left_record_id=one.pk,
                right_record_id=other.pk,
                rule="pesel_one_field",
                strategy="exact-1",
                agreement="",
                by=worker(one.institution) if by_people else None,
            )
        except ClientsError:
            assert rows() == before
            return
        assert len({self._person(one), self._person(other)}) == 1
        if decision not in known:
            self.standing.append((decision, one.institution, before))

    @rule(left=PLACES, right=PLACES)
    def part(self, left: int, right: int) -> None:
        """Two records are different people."""
        one, other = self.records[left], self.records[right]
        if left == right:
            return
        before = rows()
        known = set(IdentityDecision.objects.values_list("pk", flat=True))
        try:
            decision = identity.keep_apart(
                left_record_id=one.pk, right_record_id=other.pk, by=worker(one.institution)
            )
        except OnePersonAlready:
            assert self._person(one) == self._person(other)
            return
        if decision not in known:
            self.standing.append((decision, one.institution, before))

    @rule(place=PLACES)
    def split(self, place: int) -> None:
        """A record does not belong to the person it was linked to."""
        record = self.records[place]
        before = rows()
        beside = SourceRecord.objects.filter(person=self._person(record)).exclude(pk=record.pk)
        others = set(beside.values_list("pk", flat=True))
        try:
            decision = identity.split_record(record_id=record.pk, by=worker(record.institution))
        except NothingToSplit:
            assert others == set()
            return
        assert not SourceRecord.objects.filter(person=self._person(record)).exclude(pk=record.pk).exists()
        self.standing.append((decision, record.institution, before))

    @rule(place=st.integers(min_value=0, max_value=2))
    def bring_the_same_file_in_again(self, place: int) -> None:
        """I14: the same file changes nothing, whatever was decided meanwhile."""
        before, versions = rows(), values()
        self._bring_in(place)
        assert (rows(), values()) == (before, versions)

    @rule(place=PLACES, digit=st.integers(min_value=1, max_value=9))
    def bring_a_changed_file_in(self, place: int, digit: int) -> None:
        """An office corrects a record: its decisions stand, and so do those of others."""
        record = self.records[place]
        before = rows()
        self.phones[record.local_id] = f"60010020{digit}"
        self._bring_in("ABC".index(record.local_id[0]))
        assert rows() == before
        self.values = values()

    @precondition(lambda self: self.standing)
    @rule(data=st.data())
    def take_back_any(self, data: st.DataObject) -> None:
        """Any decision is taken back, or kept because later ones rest on it."""
        at = data.draw(st.integers(min_value=0, max_value=len(self.standing) - 1))
        decision, holder, _before = self.standing[at]
        before = rows()
        named: set[UUID] = set()
        try:
            identity.undo_decision(decision_id=decision, by=worker(holder))
        except DecisionOvertaken as refusal:
            named = set(refusal.decisions)
        if IdentityDecision.objects.filter(pk=decision, undone_at__isnull=True).exists():
            assert rows() == before
            assert named & {one[0] for one in self.standing[at + 1 :]}
            return
        if at != len(self.standing) - 1:
            self.in_a_row = False
        self.standing.pop(at)

    @precondition(lambda self: self.standing)
    @rule()
    def take_back_the_newest(self) -> None:
        """The newest decision can always be taken back, and leaves the rows it found."""
        decision, holder, before = self.standing.pop()

        identity.undo_decision(decision_id=decision, by=worker(holder))

        if self.in_a_row:
            assert rows() == before

    @invariant()
    def pairs_kept_apart_are_apart(self) -> None:
        """I17: no two records that a standing decision keeps apart are one person."""
        person_of = dict(SourceRecord.objects.values_list("pk", "person_id"))
        pairs = NeverSame.objects.values_list("left_record_id", "right_record_id")
        assert [pair for pair in pairs if person_of[pair[0]] == person_of[pair[1]]] == []

    @invariant()
    def registers_are_untouched(self) -> None:
        """I8: decisions never alter what institutions brought in."""
        if hasattr(self, "values"):
            assert values() == self.values

    @invariant()
    def everybody_knows_whom_they_serve(self) -> None:
        """An open relation for every person an office has a record of, and no other."""
        due = set(SourceRecord.objects.values_list("person_id", "institution_id"))
        assert (
            set(Relation.objects.filter(valid_to__isnull=True).values_list("person", "institution_id")) == due
        )

    @invariant()
    def the_list_of_common_clients_follows(self) -> None:
        """What stands in the list is what a rebuild would write."""
        before = rows()
        for holder in getattr(self, "offices", []):
            common_clients.rebuild_common(holder.pk)
        assert rows() == before

    def teardown(self) -> None:
        """Taken back from the newest to the oldest, all decisions leave the registers as they came."""
        try:
            while self.standing:
                decision, holder, _before = self.standing.pop()
                identity.undo_decision(decision_id=decision, by=worker(holder))
            if hasattr(self, "untouched"):
                assert rows() == self.untouched
        finally:
            transaction.set_rollback(True)
            self.outer.__exit__(None, None, None)

    def _bring_in(self, place: int) -> None:
        letter = "ABC"[place]
        own = [name for name in self.phones if name.startswith(letter)]
        bring_in(self.offices[place], *(row(name, phone=self.phones[name]) for name in own))

    def _person(self, record: SourceRecord) -> UUID:
        return SourceRecord.objects.values_list("person_id", flat=True).get(pk=record.pk)


@pytest.mark.django_db
@pytest.mark.slow
def test_decisions_in_any_order_keep_their_promises() -> None:
    run_state_machine_as_test(
        Deciding,
        settings=settings(
            max_examples=25,
            stateful_step_count=14,
            deadline=None,
            derandomize=True,
            suppress_health_check=list(HealthCheck),
        ),
    )
