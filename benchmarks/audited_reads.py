"""Reads that are put on record: a client's values and an entry in a chain, one transaction each.

    python -m benchmarks.audited_reads NUMBER | heads | verify      one reader, and what stands before and after all

Eight readers at once as the product's role, chains of 400 institutions, PostgreSQL with fsync. Below Django: the
statements of `audit.services.append` and a client's values, sent by the driver in two round trips; the chains are
verified afterwards. Through HTTP: the same number of browsers open clients' pages of a common client, which append to
two chains each.
"""

import hashlib
import json
import random
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from functools import cache
from typing import Any

import psycopg

from benchmarks.pages_during_import import load, serving, warm
from benchmarks.report import Figure
from benchmarks.scale import scaled
from benchmarks.world import World, product, python, registers, world

INSTITUTIONS = 400
READERS = 8
READS = scaled(1500, least=60)  # a reader
PAGES = scaled(800, least=40)  # all browsers together
SIZE = scaled(20_000, least=2000)
MUST = 1200.0
FIRST_CHAIN = 1_000_000  # numbers beyond the institutions
IDS = "SELECT id FROM clients_recordversion ORDER BY id LIMIT 5000"
READ = "SELECT first_name, last_name, birth_date, place FROM clients_recordversion WHERE id = %s"
LOCK = "SELECT seq, hash FROM audit_audithead WHERE institution_id = %s FOR UPDATE"
MOVE = (
    "UPDATE audit_audithead SET seq = %s, hash = %s, unsealed_since = coalesce(unsealed_since, %s)"
    " WHERE institution_id = %s"
)
CONTEXT = "SELECT set_config('spoiwo.institution', %s, true)"


def run() -> list[Figure]:
    """First below Django, then through the server."""
    with world("PostgreSQL") as made:
        registers(made.folder, size=SIZE, common=SIZE // 4)
        place = json.loads(python(made, "-m", "benchmarks.pages_during_import", "fill", str(made.folder)))
        python(made, "-m", "benchmarks.audited_reads", "heads")
        reached = product(made)
        reads = _together(reached)
        answer = json.loads(python(made, "-m", "benchmarks.audited_reads", "verify"))
        assert answer == {"holds": True, "records": READERS * READS}, answer
        pages = _through_http(reached, place)
    chains = f"chains of {INSTITUTIONS} institutions, PostgreSQL"
    return [
        Figure(
            case="audited_reads",
            what=f"audited reads below Django, {READERS} clients, {chains}",
            value=round(reads, 1),
            unit="reads/s",
            must=MUST,
        ),
        Figure(
            case="audited_reads",
            what=f"clients' pages through HTTP, {READERS} browsers, two chains each (reported)",
            value=round(pages, 1),
            unit="pages/s",
            must=0.0,
        ),
    ]


def _together(made: World) -> float:
    """Reads a second of all readers together."""
    command = [sys.executable, "-m", "benchmarks.audited_reads"]
    readers = [
        subprocess.Popen([*command, str(number)], env=dict(made.environment), stdout=subprocess.PIPE)
        for number in range(READERS)
    ]
    spans = []
    for reader in readers:
        answer, _ = reader.communicate()
        if reader.returncode:
            raise RuntimeError("a reader failed")
        spans.append([float(part) for part in answer.split()])
    return READERS * READS / (max(end for _, end in spans) - min(start for start, _ in spans))


def _through_http(made: World, place: dict[str, list[str]]) -> float:
    paths = [path for path in place["paths"] if path != "/klienci/"]
    with serving(made) as port:
        warm(port, place)
        started = time.perf_counter()
        with ThreadPoolExecutor(READERS) as people:
            list(
                people.map(
                    lambda turn: load(port, place["cookie"][0], paths[turn % len(paths)]), range(PAGES)
                )
            )
        return PAGES / (time.perf_counter() - started)


def _read(number: int) -> None:
    """One reader: a client's values, and the entry that says so, until all reads are done."""
    from django.db import connection

    from spoiwo.audit import services
    from spoiwo.institutions.models import Institution

    labour = Institution.objects.get(code="pup").pk
    user = services.pseudonyms_of("user", ["1"])["1"]
    asked = connection.get_connection_params()
    where = {key: asked[key] for key in ("dbname", "user", "host", "port")}
    link = psycopg.connect(**where, autocommit=True, prepare_threshold=1)
    with link.transaction():
        link.execute(CONTEXT, [str(labour)])
        ids = [row[0] for row in link.execute(IDS)]
    numbers = random.Random(number)
    cursors = [link.cursor() for _ in range(3)]
    started = time.time()
    for _turn in range(READS):
        chain = FIRST_CHAIN + numbers.randrange(INSTITUTIONS)
        _audited(link, cursors, labour, numbers.choice(ids), chain, user)
    print(started, time.time())


def _audited(link: Any, cursors: list[Any], labour: int, version: int, chain: int, user: Any) -> None:
    """What a page does: ask in somebody's name, read, lock the chain, append, move its head."""
    told, read, head = cursors
    with link.pipeline():
        told.execute("BEGIN")
        told.execute(CONTEXT, [str(labour)])
        read.execute(READ, [version])
        head.execute(LOCK, [chain])
        values, (seq, previous) = read.fetchone(), head.fetchone()
        record = _record(chain, seq + 1, bytes(previous), user, repr(values).encode())
        told.execute(*_insertion(record))
        told.execute(MOVE, [record.seq, record.hash, record.at, chain])
        told.execute("COMMIT")


def _record(chain: int, seq: int, previous: bytes, user: Any, shown: bytes) -> Any:
    from spoiwo.audit import rules
    from spoiwo.audit.models import AuditRecord
    from spoiwo.audit.types import Action

    record = AuditRecord(
        institution_id=chain,
        seq=seq,
        at=datetime.now(UTC),
        action=Action.VIEW_CLIENT.value,
        actor=user,
        institution_acting_id=1,
        object_ref="record:1",
        categories="contact,identity",
        purpose="joint-support",
        legal_basis="act-art-1:1",
        agreement="P/1",
        relation="involvement",
        digest=hashlib.sha256(shown).digest(),
        previous_hash=previous,
    )
    record.hash = rules.link_hash(previous, record.signed_values())
    return record


def _insertion(record: Any) -> tuple[str, list[Any]]:
    sql, columns = _wording(record.__class__)
    return sql, [getattr(record, column) for column in columns]


@cache
def _wording(model: Any) -> tuple[str, tuple[str, ...]]:
    columns = tuple(field.attname for field in model._meta.concrete_fields)
    holes = ", ".join(["%s"] * len(columns))
    return f"INSERT INTO {model._meta.db_table} ({', '.join(columns)}) VALUES ({holes})", columns  # noqa: S608 ours


def _make_heads() -> None:
    """Chains that nobody has to begin."""
    from spoiwo.audit import rules
    from spoiwo.audit.models import AuditHead

    chains = range(FIRST_CHAIN, FIRST_CHAIN + INSTITUTIONS)
    AuditHead.objects.bulk_create(AuditHead(institution_id=pk, seq=0, hash=rules.GENESIS) for pk in chains)


def _verified() -> dict[str, object]:
    from spoiwo.audit.queries.verifying import verify

    found = verify(institution_ids=set(range(FIRST_CHAIN, FIRST_CHAIN + INSTITUTIONS)))
    return {"holds": found.holds, "records": found.records}


def _main(word: str) -> None:
    import django

    django.setup()
    if word == "heads":
        _make_heads()
    elif word == "verify":
        print(json.dumps(_verified()))
    else:
        _read(int(word))


if __name__ == "__main__":
    _main(sys.argv[1])
