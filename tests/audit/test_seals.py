"""Seals over the log: nobody rewrites it unseen, not even with the database in his hands."""

import hashlib
import random
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.db import DatabaseError, IntegrityError, connection, transaction

from spoiwo.audit import queries, rules, services
from spoiwo.audit.errors import AuditUnavailable, ChainBroken
from spoiwo.audit.models import AuditHead, AuditRecord, AuditSeal, AuditSealedHead
from spoiwo.audit.services import appending, sealing
from spoiwo.audit.types import Action, SealBreach
from spoiwo.toolkit.walls import allow_changes_sql, refuse_changes_sql
from tests.makers import audit as make
from tests.rounds import rounds

pytestmark = pytest.mark.django_db
LENGTH = 9
TABLES = ("audit_auditrecord", "audit_auditseal", "audit_auditsealedhead")
OURS = AuditRecord.objects.filter(institution_id=1)
Tamper = Callable[[random.Random], int]


def opened(tamper: Tamper, chance: random.Random) -> int:
    """Tamper as somebody who owns the tables; answers the earliest position of chain 1 that it touched."""
    with connection.cursor() as cursor:
        for table in TABLES:
            for statement in allow_changes_sql(connection.vendor, table):
                cursor.execute(statement)
        place = tamper(chance)
        for table in TABLES:
            for statement in refuse_changes_sql(connection.vendor, table):
                cursor.execute(statement)
    return place


def three_seals() -> None:
    """Two chains, sealed three times as they grow; chain 1 was sealed at 3, 6 and 9."""
    for _ in range(3):
        make.chain(1, 3)
        make.chain(2, 1)
        services.seal()


def rehash(seq: int) -> None:
    """What a clever forger does: recompute everything from here to the head, and move the head."""
    previous = rules.GENESIS if seq == 1 else bytes(OURS.get(seq=seq - 1).hash)
    for record in OURS.filter(seq__gte=seq).order_by("seq"):
        digest = rules.link_hash(previous, record.signed_values())
        AuditRecord.objects.filter(pk=record.pk).update(previous_hash=previous, hash=digest)
        previous = digest
    last = OURS.order_by("-seq").first()
    AuditHead.objects.filter(pk=1).update(seq=last.seq if last else 0, hash=previous)


def alter(chance: random.Random) -> int:
    """Change a value and recompute the rest."""
    seq = chance.randint(1, LENGTH)
    field, value = chance.choice([("count", 777), ("purpose", "inny"), ("action", "erase"), ("actor", None)])
    OURS.filter(seq=seq).update(**{field: value})
    rehash(seq)
    return seq


def delete(chance: random.Random) -> int:
    """Take a record out, move up the later ones and recompute."""
    seq = chance.randint(1, LENGTH)
    OURS.filter(seq=seq).delete()
    for later in range(seq + 1, LENGTH + 1):
        OURS.filter(seq=later).update(seq=later - 1)
    rehash(seq)
    return seq


def swap(chance: random.Random) -> int:
    """Exchange two records and recompute."""
    first, second = sorted(chance.sample(range(1, LENGTH + 1), 2))
    for old, new in ((first, 1000), (second, first), (1000, second)):
        OURS.filter(seq=old).update(seq=new)
    rehash(first)
    return first


def insert(chance: random.Random) -> int:
    """Push a record in, move the later ones and recompute."""
    seq = chance.randint(1, LENGTH)
    for later in range(LENGTH, seq - 1, -1):
        OURS.filter(seq=later).update(seq=later + 1)
    now = datetime.now(UTC)
    AuditRecord(institution_id=1, seq=seq, at=now, action="other", previous_hash=b"", hash=b"").save(
        force_insert=True
    )
    rehash(seq)
    return seq


def truncate(chance: random.Random) -> int:
    """Cut the end off and move the head."""
    seq = chance.randint(1, LENGTH)
    OURS.filter(seq__gte=seq).delete()
    rehash(max(seq - 1, 1))
    return seq


def sealed_after(place: int) -> int:
    """The first sealed position at or after this one."""
    return next(end for end in (3, 6, 9) if end >= place)


@pytest.mark.soak
@pytest.mark.parametrize("tamper", [alter, delete, swap, insert, truncate])
def test_a_log_rewritten_with_all_its_hashes_is_found_out(tamper):
    chance = random.Random(tamper.__name__)
    three_seals()
    assert queries.verify().holds

    for _ in range(rounds(2000)):
        with transaction.atomic():
            place = opened(tamper, chance)
            result = queries.verify()
            transaction.set_rollback(True)

        [breach] = result.breaches
        assert breach.institution_id == 1
        assert place <= breach.seq <= sealed_after(place)


def forge_signature(_chance: random.Random) -> int:
    """Sign the second seal with a key of one's own."""
    key = Ed25519PrivateKey.generate()
    seal = AuditSeal.objects.get(number=2)
    seal.public_key = key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
    AuditSeal.objects.filter(number=2).update(public_key=seal.public_key, signature=key.sign(seal.message()))
    return 2


def move_the_sealed_end(_chance: random.Random) -> int:
    """Let the second seal say that it saw another hash."""
    AuditSealedHead.objects.filter(seal_id=2, institution_id=1).update(hash=b"x" * 32)
    return 2


def shift_its_time(_chance: random.Random) -> int:
    """Date the second seal back."""
    AuditSeal.objects.filter(number=2).update(at=datetime(2020, 1, 1, tzinfo=UTC))
    return 2


@pytest.mark.parametrize("tamper", [forge_signature, move_the_sealed_end, shift_its_time])
def test_a_changed_seal_is_found_out(tamper):
    three_seals()

    number = opened(tamper, random.Random(1))

    assert number in [breach.number for breach in queries.verify().seal_breaches]


def test_without_the_last_seals_only_a_copy_kept_outside_tells():
    three_seals()
    kept = queries.newest_seals(10)

    def forget(_chance: random.Random) -> int:
        AuditSealedHead.objects.filter(seal_id=3).delete()
        return AuditSeal.objects.filter(number=3).delete()[0]

    opened(forget, random.Random(1))

    assert queries.verify().holds
    assert queries.verify(witness=kept).seal_breaches == (SealBreach(3, "missing"),)


def test_a_seal_that_differs_from_the_copy_kept_outside_is_named():
    three_seals()
    kept = queries.newest_seals(10)
    other = [
        type(mark)(**{**_fields(mark), "root": b"r" * 32}) if mark.number == 2 else mark for mark in kept
    ]

    assert queries.verify(witness=kept).holds
    assert queries.verify(witness=other).seal_breaches == (
        SealBreach(2, "differs from the copy kept outside"),
    )


def test_seals_follow_one_another_and_cover_what_grew():
    make.chain(1, 2)
    make.chain(2, 1)
    first = services.seal()
    make.chain(2, 3)
    second = services.seal()

    heads = AuditSealedHead.objects.order_by("seal_id", "institution_id")
    assert (first, second, services.seal()) == (1, 2, None)
    assert list(heads.values_list("seal_id", "institution_id", "seq")) == [(1, 1, 2), (1, 2, 1), (2, 2, 4)]
    assert queries.verify().unsealed == 0
    make.chain(1, 1)
    assert queries.verify().unsealed == 1
    assert queries.state(datetime.now(UTC)).newest.number == 2


def test_an_altered_record_is_not_sealed():
    make.chain(1, 3)
    services.seal()
    make.chain(1, 3)

    def change(_chance: random.Random) -> int:
        return OURS.filter(seq=5).update(count=99)

    opened(change, random.Random(1))

    with pytest.raises(ChainBroken) as refused:
        services.seal()
    assert (refused.value.institution_id, refused.value.seq) == (1, 5)
    assert AuditSeal.objects.count() == 1


def test_the_database_refuses_to_change_a_seal():
    three_seals()

    for change in (
        lambda: AuditSeal.objects.update(records=1),
        lambda: AuditSeal.objects.filter(number=3).delete(),
        lambda: AuditSealedHead.objects.update(seq=1),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


def test_who_comes_second_to_the_same_seal_makes_none(monkeypatch):
    make.chain(1, 2)
    assert services.seal() == 1
    make.chain(1, 1)

    def somebody_was_faster(*_heads: object) -> int:
        raise IntegrityError

    monkeypatch.setattr(sealing, "_write", somebody_was_faster)

    assert services.seal() is None
    assert AuditSeal.objects.count() == 1


def test_a_seal_is_due_after_five_minutes_or_ten_thousand_records():
    now = datetime(2026, 3, 1, 12, tzinfo=UTC)

    assert not rules.is_due(None, 0, now)
    assert not rules.is_due(now - timedelta(minutes=4), 9_999, now)
    assert rules.is_due(now - timedelta(minutes=5), 1, now)
    assert rules.is_due(now, 10_000, now)


def test_what_waits_is_sealed_when_its_time_has_come(time_machine):
    time_machine.move_to(datetime(2026, 3, 1, 12, tzinfo=UTC), tick=False)
    make.chain(1, 1)
    assert services.seal_if_due() is None

    time_machine.move_to(datetime(2026, 3, 1, 12, 5, tzinfo=UTC), tick=False)

    assert services.seal_if_due() == 1
    make.chain(1, 1)
    time_machine.move_to(datetime(2026, 3, 1, 13, tzinfo=UTC), tick=False)
    assert queries.state(datetime.now(UTC)).late
    assert services.seal_if_due() == 2
    assert queries.state(datetime.now(UTC)).unsealed_since is None


def test_a_day_without_a_seal_closes_the_platform_for_changes_only(time_machine):
    time_machine.move_to(datetime(2026, 3, 1, 12, tzinfo=UTC), tick=False)
    make.chain(1, 1)
    appending.ask_for_the_seal_again()
    time_machine.move_to(datetime(2026, 3, 2, 12, 1, tzinfo=UTC))

    with pytest.raises(AuditUnavailable):
        services.append(make.entry(1, action=Action.LINK))
    services.append(make.entry(1, action=Action.VIEW_CLIENT))
    services.seal()

    services.append(make.entry(1, action=Action.LINK))
    assert AuditRecord.objects.filter(action=Action.LINK).count() == 1


def test_a_late_seal_is_late_after_a_quarter_of_an_hour():
    now = datetime(2026, 3, 1, 12, tzinfo=UTC)

    assert not rules.is_late(None, now)
    assert not rules.is_late(now - timedelta(minutes=15), now)
    assert rules.is_late(now - timedelta(minutes=16), now)
    assert rules.is_closed(now - timedelta(hours=25), now)


@pytest.mark.parametrize("size", range(1, 18))
def test_every_leaf_leads_to_the_root(size):
    leaves = [rules.leaf_hash(number, 1, bytes([number]) * 32) for number in range(size)]
    root = rules.tree_root(leaves)

    for position, leaf in enumerate(leaves):
        node = leaf
        for side, neighbour in rules.path_to_root(leaves, position):
            parts = (neighbour, node) if side == "L" else (node, neighbour)
            node = hashlib.sha256(b"\x01" + b"".join(parts)).digest()
        assert node == root


def _fields(mark):
    return {name: getattr(mark, name) for name in type(mark).__dataclass_fields__}
