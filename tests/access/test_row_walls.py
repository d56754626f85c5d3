"""The second wall: PostgreSQL lets rows through for the institution asked for, and for nobody without a context.

These tests commit and are connected as the product, so that nothing the test did before stays visible by itself.
On SQLite, which has no such wall, what belongs to the first wall alone is tested (the log refuses changes).
"""

from datetime import timedelta

import pytest
from django.db import DatabaseError, ProgrammingError, connection, transaction
from django.utils import timezone

from spoiwo.access import services as access
from spoiwo.access.models import EmergencyAccess, EmergencyPerson, Relation, SharingAgreement
from spoiwo.access.types import Category, RelationKind
from spoiwo.audit.models import AuditRecord
from spoiwo.clients.models import (
    Extract,
    Fact,
    HiddenRecord,
    HiddenRecordReader,
    RecordVersion,
    RegisterState,
    SourceRecord,
)
from spoiwo.institutions.models import Institution
from spoiwo.plans.models import PlanParty
from spoiwo.toolkit.context import acting_for
from tests.database import as_owner
from tests.makers import access as agreements
from tests.makers import audit, plans, registers
from tests.makers import institutions as people

pytestmark = pytest.mark.committed
PERSONAL = (SourceRecord, RecordVersion, Fact, Extract, Relation)


def walled() -> bool:
    """Whether the database has a second wall at all."""
    return connection.vendor == "postgresql"


def counts() -> dict[str, int]:
    """How many rows of personal tables the product sees now."""
    return {model.__name__: model.objects.count() for model in PERSONAL}


def fact(record: SourceRecord, category: Category, tier: int) -> Fact:
    """A fact of the record's institution, in force."""
    with as_owner():
        RegisterState.objects.filter(institution_id=record.institution_id).update(facts_generation=1)
        return Fact.objects.create(
            record=record,
            institution_id=record.institution_id,
            first_generation=1,
            fingerprint=b"x",
            as_of=timezone.localdate(),
            category=category,
            kind="meals",
            tier=tier,
        )


def two_registers() -> tuple[Institution, Institution]:
    """Two offices with one client each."""
    with as_owner():
        left, right = people.institution(), people.institution()
        registers.bring_in(left, registers.row("L-1"))
        registers.bring_in(right, registers.row("P-1"))
    return left, right


def shared_person(left: Institution, right: Institution) -> tuple[SourceRecord, SourceRecord]:
    """Make the two clients one person, as a link would."""
    with as_owner():
        [mine], [theirs] = registers.records(left, "L-1"), registers.records(right, "P-1")
        SourceRecord.objects.filter(pk=theirs.pk).update(person=mine.person)
        access.open_relations(
            [(mine.person_id, right.pk)], kind=RelationKind.INVOLVEMENT, since=timezone.localdate()
        )
    return mine, theirs


def test_without_a_context_there_are_no_rows():
    two_registers()

    seen = counts()

    assert set(seen.values()) == ({0} if walled() else {0, 2})


def test_an_institution_sees_its_own_rows():
    left, _ = two_registers()

    with acting_for(left.pk):
        seen = counts()

    if walled():
        assert seen == {"SourceRecord": 1, "RecordVersion": 1, "Fact": 0, "Extract": 1, "Relation": 1}
    else:
        assert seen["SourceRecord"] == 2


def test_an_institution_never_sees_rows_of_a_stranger():
    left, right = two_registers()
    shared_person(left, right)

    with acting_for(left.pk):
        holders = set(RecordVersion.objects.values_list("institution_id", flat=True))

    assert holders == ({left.pk} if walled() else {left.pk, right.pk})


def test_what_an_agreement_gives_about_a_known_person_is_seen():
    left, right = two_registers()
    _, theirs = shared_person(left, right)
    benefit = fact(theirs, Category.BENEFITS, tier=2)
    fact(theirs, Category.STATUS, tier=2)
    health = fact(theirs, Category.SENSITIVE, tier=4)
    with as_owner():
        agreements.agreement(
            left,
            right,
            gives=[
                (None, None, category)
                for category in (Category.IDENTITY, Category.BENEFITS, Category.SENSITIVE)
            ],
        )

    with acting_for(left.pk):
        versions = set(RecordVersion.objects.values_list("institution_id", flat=True))
        facts = set(Fact.objects.values_list("pk", flat=True))

    assert versions == {left.pk, right.pk}
    assert (facts == {benefit.pk}) if walled() else (health.pk in facts)


@pytest.mark.parametrize(
    "lapse",
    [
        pytest.param({"state": SharingAgreement.State.DRAFT}, id="not signed"),
        pytest.param({"state": SharingAgreement.State.ENDED}, id="ended"),
        pytest.param({"valid_to": timezone.localdate() - timedelta(days=1)}, id="expired yesterday"),
        pytest.param({"valid_from": timezone.localdate() + timedelta(days=1)}, id="begins tomorrow"),
    ],
)
def test_an_agreement_out_of_force_opens_nothing(lapse):
    left, right = two_registers()
    shared_person(left, right)
    with as_owner():
        agreements.agreement(left, right, **lapse)

    with acting_for(left.pk):
        holders = set(RecordVersion.objects.values_list("institution_id", flat=True))

    assert holders == ({left.pk} if walled() else {left.pk, right.pk})


def test_a_legal_basis_out_of_force_opens_nothing():
    left, right = two_registers()
    shared_person(left, right)
    with as_owner():
        agreements.legal_basis("old-act", valid_to=timezone.localdate() - timedelta(days=1))
        agreements.agreement(left, right, purposes=[("joint-support", "old-act")])

    with acting_for(left.pk):
        holders = set(RecordVersion.objects.values_list("institution_id", flat=True))

    assert holders == ({left.pk} if walled() else {left.pk, right.pk})


def test_a_relation_that_ended_opens_nothing():
    left, right = two_registers()
    mine, _ = shared_person(left, right)
    with as_owner():
        agreements.agreement(left, right)
        Relation.objects.filter(institution=left, person=mine.person_id).update(
            valid_from=timezone.localdate() - timedelta(days=9),
            valid_to=timezone.localdate() - timedelta(days=1),
        )

    with acting_for(left.pk):
        holders = set(RecordVersion.objects.values_list("institution_id", flat=True))

    assert holders == ({left.pk} if walled() else {left.pk, right.pk})


def test_a_hidden_record_is_seen_by_the_account_named_for_it_and_only_while_it_is():
    left, _ = two_registers()
    with as_owner():
        [mine] = registers.records(left, "L-1")
        HiddenRecord.objects.create(record=mine, institution=left)
        HiddenRecordReader.objects.create(hidden_id=mine.pk, user_id=7)
        HiddenRecordReader.objects.create(hidden_id=mine.pk, user_id=9, until=timezone.now())

    seen = []
    for user_id in (7, 8, 9, None):
        with acting_for(left.pk, user_id=user_id):
            seen.append((SourceRecord.objects.count(), RecordVersion.objects.count()))

    assert seen == ([(1, 1), (0, 0), (0, 0), (0, 0)] if walled() else [(2, 2)] * 4)


def test_emergency_access_opens_a_person_to_one_account_while_it_lasts():
    left, right = two_registers()
    with as_owner():
        agreements.agreement(left, right)
        [theirs] = registers.records(right, "P-1")
        now = timezone.now()
        opened = EmergencyAccess.objects.create(
            institution=left,
            user_id=7,
            reason="x",
            minutes=15,
            opened_at=now,
            ends_at=now + timedelta(minutes=15),
        )
        EmergencyPerson.objects.create(emergency=opened, institution=left, person=theirs.person_id)

    def holders(user_id: int) -> set[int]:
        with acting_for(left.pk, user_id=user_id):
            return set(RecordVersion.objects.values_list("institution_id", flat=True))

    asked, colleague = holders(7), holders(8)
    with as_owner():
        EmergencyAccess.objects.update(ends_at=now)
    over = holders(7)

    both = {left.pk, right.pk}
    assert (asked, colleague, over) == ((both, {left.pk}, {left.pk}) if walled() else (both, both, both))


def test_a_context_does_not_outlive_its_transaction():
    left, right = two_registers()

    with acting_for(left.pk):
        inside = SourceRecord.objects.count()
        with acting_for(right.pk):
            nested = set(SourceRecord.objects.values_list("institution_id", flat=True))
        again = set(SourceRecord.objects.values_list("institution_id", flat=True))
    outside = SourceRecord.objects.count()

    if walled():
        assert (inside, nested, again, outside) == (1, {right.pk}, {left.pk}, 0)
    else:
        assert (inside, outside) == (2, 2)


def test_a_context_does_not_outlive_an_error():
    left, _ = two_registers()

    with pytest.raises(ZeroDivisionError), acting_for(left.pk):
        raise ZeroDivisionError

    assert SourceRecord.objects.count() == (0 if walled() else 2)


def test_a_job_is_named_before_it_sees_everything():
    two_registers()

    with acting_for(0, job="matching"):
        named = RecordVersion.objects.count()
    with acting_for(0, job="anything"):
        unknown = RecordVersion.objects.count()

    assert (named, unknown) == ((2, 0) if walled() else (2, 2))


def test_rows_of_others_cannot_be_written():
    left, right = two_registers()
    mine, theirs = shared_person(left, right)
    with as_owner():
        agreements.agreement(left, right)
    if not walled():
        assert SourceRecord.objects.count() == 2
        return

    with acting_for(left.pk):
        with pytest.raises(ProgrammingError), transaction.atomic():
            SourceRecord.objects.filter(pk=theirs.pk).update(local_id="zmienione")
        with pytest.raises(ProgrammingError), transaction.atomic():
            SourceRecord.objects.create(
                institution=right,
                local_id="obce",
                person=mine.person,
                wrapped_key=b"",
                created_at=timezone.now(),
            )
        with pytest.raises(ProgrammingError), transaction.atomic():
            RegisterState.objects.filter(institution=right).update(generation=99)
        unseen = Relation.objects.filter(institution=right).update(valid_to=timezone.localdate())

    assert unseen == 0


@pytest.mark.parametrize("who", ["product", "owner"])
def test_the_log_refuses_changes(who):
    audit.chain(1, 3)

    def change(statement: str) -> None:
        with connection.cursor() as cursor:
            cursor.execute(statement)

    statements = ["UPDATE audit_auditrecord SET count = 9", "DELETE FROM audit_auditrecord"]
    if connection.vendor == "sqlite":
        statements.append("INSERT OR REPLACE INTO audit_auditrecord SELECT * FROM audit_auditrecord")
    for statement in statements:
        if who == "owner":
            with as_owner(), pytest.raises(DatabaseError), transaction.atomic():
                change(statement)
        else:
            with acting_for(1), pytest.raises(DatabaseError), transaction.atomic():
                change(statement)

    with acting_for(1):
        assert list(AuditRecord.objects.order_by("seq").values_list("count", flat=True)) == [1, 2, 3]


def test_a_chain_is_read_by_its_own_institution():
    audit.chain(1, 2)
    audit.chain(2, 3)

    with acting_for(1):
        seen = AuditRecord.objects.count()

    assert seen == (2 if walled() else 5)


def test_who_is_party_to_a_plan_is_known_to_its_parties_and_to_nobody_else():
    with as_owner():
        pair = plans.started()
        stranger = people.institution()
    labour, welfare = pair.labour.institution_id, pair.welfare.institution_id

    def parties_seen_by(office: int) -> set[int]:
        with acting_for(office):
            return set(PlanParty.objects.values_list("institution_id", flat=True))

    assert parties_seen_by(labour) == parties_seen_by(welfare) == {labour, welfare}
    assert parties_seen_by(stranger.pk) == (set() if walled() else {labour, welfare})
    with as_owner():
        SharingAgreement.objects.update(state=SharingAgreement.State.ENDED)
    assert parties_seen_by(labour) == {labour, welfare}  # a plan that has closed is still named
