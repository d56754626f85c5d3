"""Recomputing a million records of the log with their seals, on SQLite; and by the verifier handed to strangers."""

import os
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from benchmarks.report import Figure
from benchmarks.scale import scaled

SEALS, AT_ONCE, INSTITUTIONS = scaled(100), 10_000, 400
RECORDS = SEALS * AT_ONCE


def run() -> list[Figure]:
    """The log is written once, then checked in both ways."""
    with tempfile.TemporaryDirectory() as folder:
        environment = {
            **os.environ,
            "SPOIWO_DATA_DIR": folder,
            "DJANGO_SETTINGS_MODULE": "benchmarks.settings",
        }
        command = [sys.executable, "-m", "benchmarks.audit_verify", folder]
        answer = subprocess.run(command, env=environment, stdout=subprocess.PIPE, text=True, check=True)
    own, stranger, kept = (float(part) for part in answer.stdout.split()[-3:])
    what = f"check {RECORDS} records of {INSTITUTIONS} chains with {SEALS} seals"
    return [
        Figure(case="audit_verify", what=what, value=round(own, 2), unit="s", must=20.0, at_least=False),
        Figure(
            case="audit_verify",
            what=f"{what}, by the verifier for strangers",
            value=round(stranger, 2),
            unit="s",
            must=60.0,
            at_least=False,
        ),
        Figure(
            case="audit_verify",
            what="peak memory of the check",
            value=kept,
            unit="MB",
            must=600.0,
            at_least=False,
        ),
    ]


def _write_and_check(folder: Path) -> None:
    import resource

    import django

    django.setup()
    from django.core.management import call_command

    from spoiwo.audit import queries
    from spoiwo.oversight.queries import verifier_source

    call_command("migrate", verbosity=0)
    _write()
    start = time.perf_counter()
    found = queries.verify()
    own = time.perf_counter() - start
    kept = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    if not (found.holds and found.records == RECORDS and found.seals == SEALS):
        raise RuntimeError(f"the log does not hold: {found}")
    with (folder / "export.jsonl").open("w", encoding="utf-8") as stream:
        stream.writelines(queries.record_lines())
    import json

    (folder / "seals.json").write_text(json.dumps(queries.seals_for()), encoding="utf-8")
    (folder / "verify_audit.py").write_text(verifier_source(), encoding="utf-8")
    key = next(iter(queries.public_keys())).hex()
    start = time.perf_counter()
    subprocess.run(
        [sys.executable, "verify_audit.py", "export.jsonl", "seals.json", key], cwd=folder, check=True
    )
    print(own, time.perf_counter() - start, kept)


def _write() -> None:
    """Chains as `append` writes them, a hundredth of the records between two seals."""
    from spoiwo.audit import rules, services
    from spoiwo.audit.models import AuditHead, AuditRecord

    heads = dict.fromkeys(range(1, INSTITUTIONS + 1), (0, rules.GENESIS))
    at = datetime(2026, 1, 1, tzinfo=UTC)
    for part in range(SEALS):
        records = []
        for number in range(AT_ONCE):
            chain = 1 + (part * AT_ONCE + number) % INSTITUTIONS
            seq, previous = heads[chain]
            record = _record(chain, seq + 1, previous, at + timedelta(seconds=number))
            record.hash = rules.link_hash(previous, record.signed_values())
            heads[chain] = (seq + 1, record.hash)
            records.append(record)
        AuditRecord.objects.bulk_create(records, batch_size=1000)
        AuditHead.objects.bulk_create(
            [AuditHead(institution_id=pk, seq=seq, hash=digest) for pk, (seq, digest) in heads.items()],
            update_conflicts=True,
            unique_fields=["institution_id"],
            update_fields=["seq", "hash"],
        )
        services.seal()


def _record(chain: int, seq: int, previous: bytes, at: datetime) -> Any:
    from spoiwo.audit.models import AuditRecord
    from spoiwo.kernel.ids import new_uuid

    return AuditRecord(
        institution_id=chain,
        seq=seq,
        at=at,
        action="view_client",
        actor=new_uuid(),
        person=new_uuid(),
        institution_acting_id=chain,
        object_ref=f"record:{seq}",
        categories="identity,status",
        purpose="joint-support",
        legal_basis="act:1",
        agreement="4/2026",
        digest=bytes(32),
        previous_hash=previous,
    )


if __name__ == "__main__":
    _write_and_check(Path(sys.argv[1]))
