"""Whoever changes the log behind the database's back is found out, and the place is named.

The owner takes the triggers away and changes rows at random; the soak does it a thousand times.
"""

import random
from collections.abc import Callable
from threading import Thread

import pytest
from django.db import connection, transaction
from django.utils import timezone

from spoiwo.audit import queries, rules, services
from spoiwo.audit.models import AuditHead, AuditRecord
from spoiwo.toolkit.context import acting_for
from spoiwo.toolkit.walls import allow_changes_sql, refuse_changes_sql
from tests.database import as_owner
from tests.makers import audit as make
from tests.rounds import rounds

LENGTH = 8
TABLE = "audit_auditrecord"
OURS = AuditRecord.objects.filter(institution_id=1)  # the chain that is tampered with
Tamper = Callable[[random.Random], int]


def alter(chance: random.Random) -> int:
    """Change one value of one record."""
    seq = chance.randint(1, LENGTH)
    field, value = chance.choice(
        [
            ("count", 777), ("purpose", "inny"), ("outcome", "zly"), ("action", "erase"), ("relation", "r"),
            ("object_ref", "x:1"), ("agreement", "9"), ("categories", "benefits"), ("digest", b"d" * 32),
            ("institution_acting_id", 5), ("at", timezone.now()), ("actor", None), ("hash", b"h" * 32),
        ]
    )  # fmt: skip
    OURS.filter(seq=seq).update(**{field: value})
    return seq


def delete(chance: random.Random) -> int:
    """Remove one record that is not the last."""
    seq = chance.randint(1, LENGTH - 1)
    OURS.filter(seq=seq).delete()
    return seq


def swap(chance: random.Random) -> int:
    """Exchange the places of two records."""
    first, second = sorted(chance.sample(range(1, LENGTH + 1), 2))
    for old, new in ((first, 1000), (second, first), (1000, second)):
        OURS.filter(seq=old).update(seq=new)
    return first


def insert(chance: random.Random) -> int:
    """Push a forged record, with a hash that fits it, between two others."""
    seq = chance.randint(1, LENGTH)
    for later in range(LENGTH, seq - 1, -1):
        OURS.filter(seq=later).update(seq=later + 1)
    previous = rules.GENESIS if seq == 1 else bytes(OURS.get(seq=seq - 1).hash)
    forged = AuditRecord(institution_id=1, seq=seq, at=timezone.now(), action="other", previous_hash=previous)
    forged.hash = rules.link_hash(previous, forged.signed_values())
    forged.save(force_insert=True)
    return seq + 1


def truncate(chance: random.Random) -> int:
    """Cut the end off."""
    seq = chance.randint(1, LENGTH)
    OURS.filter(seq__gte=seq).delete()
    return seq


def behead(chance: random.Random) -> int:
    """Remove the head that says where the chain ends."""
    AuditHead.objects.filter(pk=1).delete()
    return LENGTH + 1


def rewind(chance: random.Random) -> int:
    """Let the head point at an earlier record."""
    seq = chance.randint(1, LENGTH - 1)
    AuditHead.objects.filter(pk=1).update(seq=seq, hash=OURS.get(seq=seq).hash)
    return LENGTH + 1


def without_triggers(tamper: Tamper, chance: random.Random) -> int:
    """Tamper as somebody who owns the tables; answers the position that does not hold any more."""
    with connection.cursor() as cursor:
        for statement in allow_changes_sql(connection.vendor, TABLE):
            cursor.execute(statement)
        place = tamper(chance)
        for statement in refuse_changes_sql(connection.vendor, TABLE):
            cursor.execute(statement)
    return place


@pytest.mark.django_db
@pytest.mark.soak
@pytest.mark.parametrize("tamper", [alter, delete, swap, insert, truncate, behead, rewind])
def test_tampering_is_found_at_its_position(tamper):
    chance = random.Random(tamper.__name__)
    make.chain(1, LENGTH)
    make.chain(2, 2)
    assert queries.verify().breaches == ()

    for _ in range(rounds(143)):
        with transaction.atomic():
            place = without_triggers(tamper, chance)
            result = queries.verify()
            transaction.set_rollback(True)

        assert [(breach.institution_id, breach.seq) for breach in result.breaches] == [(1, place)]


@pytest.mark.django_db
def test_one_chain_is_checked_without_the_others():
    make.chain(1, 3)
    make.chain(2, 2)

    result = queries.verify(institution_ids={2})

    assert (result.chains, result.records, result.breaches) == (1, 2, ())


@pytest.mark.committed
def test_chains_stay_contiguous_under_many_writers():
    failures: list[BaseException] = []

    def write(number: int) -> None:
        try:
            for _ in range(10):
                services.append(make.entry(1 + number % 2), make.entry(2 - number % 2))
        except BaseException as error:  # noqa: BLE001
            failures.append(error)
        finally:
            connection.close()

    threads = [Thread(target=write, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    result = queries.verify()
    with acting_for(0, job="audit"):
        lengths = list(AuditHead.objects.order_by("pk").values_list("seq", flat=True))
    assert failures == []
    assert (result.chains, result.records, result.breaches) == (2, 120, ())
    assert lengths == [60, 60]
    assert queries.length_of(1) == 60
    with as_owner():
        assert AuditRecord.objects.values("institution_id", "seq").distinct().count() == 120
