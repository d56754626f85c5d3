"""Appending to chains of 400 institutions against the same insert without a chain, on PostgreSQL with fsync."""

import os
import random
import subprocess
import sys
import time
from datetime import UTC, datetime
from typing import Any

from benchmarks.report import Figure
from benchmarks.scale import scaled
from tools import postgres

INSTITUTIONS = 400
WRITERS = 8
APPENDS = scaled(250)  # a writer and round
ROUNDS = 3
OTHER_CHAINS = 1_000_000  # numbers beyond the institutions, for rows without a chain
REAL = {"fsync": "on", "synchronous_commit": "on", "full_page_writes": "on"}


def run() -> list[Figure]:
    """Alternate rounds of both ways, eight writers at once; the best round of each counts."""
    with postgres.cluster(REAL) as folder:
        environment = {**os.environ, "SPOIWO_DATABASE_URL": postgres.address(folder)}
        environment["DJANGO_SETTINGS_MODULE"] = "benchmarks.settings"
        subprocess.run([sys.executable, "-m", "django", "migrate", "-v0"], env=environment, check=True)
        best = {"warm": 0.0, "chained": 0.0, "plain": 0.0}
        for round_number in range(ROUNDS):
            for way in ("warm", "chained", "plain") if round_number == 0 else ("chained", "plain"):
                best[way] = max(best[way], _round(way, environment, round_number))
    return [
        Figure(
            case="audit",
            what=f"append, one record, {WRITERS} writers, chains of {INSTITUTIONS} institutions, PostgreSQL",
            value=round(best["chained"], 1),
            unit="appends/s",
            limit=round(best["plain"], 1),
            limit_name="the same insert without a chain",
            must=0.6,
        )
    ]


def _round(way: str, environment: dict[str, str], number: int) -> float:
    command = [sys.executable, "-m", "benchmarks.audit_chain", way]
    writers = [
        subprocess.Popen([*command, str(number * WRITERS + writer)], env=environment, stdout=subprocess.PIPE)
        for writer in range(WRITERS)
    ]
    spans = []
    for writer in writers:
        answer, _ = writer.communicate()
        if writer.returncode:
            raise RuntimeError(f"a writer failed in the {way} round")
        spans.append([float(part) for part in answer.split()])
    return WRITERS * APPENDS / (max(end for _, end in spans) - min(start for start, _ in spans))


def _plain(entry: Any, chain: int, seq: int) -> None:
    """What `append` does for one entry, without locking and moving the head of a chain."""
    from django.db import transaction

    from spoiwo.audit import services
    from spoiwo.audit.models import AuditRecord

    with transaction.atomic():
        users = services.pseudonyms_of("user", [str(entry.actor_user_id)])
        record = AuditRecord(
            institution_id=chain,
            seq=seq,
            at=datetime.now(UTC),
            action=entry.action.value,
            actor=users[str(entry.actor_user_id)],
            object_ref=entry.object_ref,
            digest=entry.digest,
            previous_hash=bytes(32),
            hash=bytes(32),
        )
        AuditRecord.objects.bulk_create([record])


def _write(way: str, seed: int) -> None:
    """One writer: the same entries either way."""
    import django

    django.setup()
    from django.db import connection

    from spoiwo.audit import services
    from spoiwo.audit.types import Action, Entry

    numbers = random.Random(seed)
    count = INSTITUTIONS // 4 if way == "warm" else APPENDS
    connection.ensure_connection()
    start = time.time()
    for turn in range(count):
        entry = Entry(
            institution_id=1 + numbers.randrange(INSTITUTIONS),
            action=Action.VIEW_CLIENT,
            actor_user_id=1 + numbers.randrange(50),
            object_ref=f"record:{turn}",
            digest=bytes(32),
        )
        if way == "plain":
            _plain(entry, OTHER_CHAINS + seed, turn + 1)
        else:
            services.append(entry)
    print(start, time.time())


if __name__ == "__main__":
    _write(sys.argv[1], int(sys.argv[2]))
