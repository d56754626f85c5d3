"""The check pass: reads the whole file, takes nothing, says what would happen."""

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from hashlib import blake2b
from typing import Any

from django.utils import timezone

from spoiwo.clients.services.bulk import chunks
from spoiwo.clients.types import Tally
from spoiwo.exchange.models import RegisterImport, RejectedRow
from spoiwo.exchange.services.kept_rows import keep_rows
from spoiwo.exchange.services.leases import Lease
from spoiwo.exchange.services.reading import ReadRow, open_rows
from spoiwo.exchange.services.targets import target_for
from spoiwo.exchange.types import Finding, ImportState, RowProblem
from spoiwo.kernel.sealing import seal
from spoiwo.toolkit.keys import key_ring

BATCH = 1000
FIRST_FINDINGS = 20
MOST_UNKNOWN_CODES = 40
REJECTED = "rejected-row"  # place of sealing


def check(lease: Lease) -> None:
    """Read the file and leave the import waiting for a decision. Raises UnusableFile, CannotUnseal, LeaseLost."""
    register_import = lease.load()
    with lease.commit(rows_done=0, rows=0):
        RejectedRow.objects.filter(register_import_id=lease.import_id).delete()
    inspector = _Inspector(lease, register_import)
    with open_rows(register_import) as rows:
        keep_rows(register_import, inspector.inspected(rows))
    with lease.commit(**inspector.summary(), state=ImportState.CHECKED, lease_owner=None, lease_until=None):
        pass


class _Inspector:
    """Adds up what is found, batch by batch."""

    def __init__(self, lease: Lease, register_import: RegisterImport):
        self._lease = lease
        self._target = target_for(lease.kind, lease.institution_id)
        self._key = key_ring().unwrap(bytes(register_import.wrapped_key))
        with lease.reading():
            self._held = self._target.held()
        self._first_row: dict[bytes, int] = {}
        self._seen: set[int] = set()
        self._tally = Tally()
        self._problems: Counter[str] = Counter()
        self._findings: list[tuple[int, str, str, str]] = []
        self._warnings: list[tuple[int, str, str, str]] = []
        self._unknown: dict[str, dict[str, None]] = defaultdict(dict)
        self._warned = self._rejected = self.rows = 0

    def inspected(self, rows: Iterable[ReadRow]) -> Iterator[list[ReadRow]]:
        """The rows in batches, each inspected and on record before it is passed on."""
        for batch in chunks(rows, BATCH):
            self.inspect(batch)
            yield batch

    def inspect(self, batch: list[ReadRow]) -> None:
        """Find what is wrong with the rows, compare the good ones, keep the rejected ones."""
        for read in batch:
            self._refuse_repetition(read)
        with self._lease.reading():
            good = [read.row for read in batch if read.row is not None]
            tally, untakeable = self._target.compare(good, self._seen)
            self._tally.add(tally)
            for read in batch:
                if read.row is not None and read.local_id in untakeable:
                    read.row = None
                    read.findings.append(Finding(self._target.unknown, "local_id"))
            rejected = [read for read in batch if read.row is None]
            self._target.keep([read.local_id for read in rejected if read.local_id], self._seen)
        for read in batch:
            self._count(read)
        self.rows += len(batch)
        self._rejected += len(rejected)
        with self._lease.commit(rows_done=self.rows):
            RejectedRow.objects.bulk_create([self._kept(read) for read in rejected])
        self._lease.tell(ImportState.CHECKING, self.rows, 0)

    def summary(self) -> dict[str, Any]:
        """What the import's row says after the check."""
        return {
            "rows": self.rows,
            "rows_done": self.rows,
            "rejected": self._rejected,
            "warned": self._warned,
            "new": self._tally.new,
            "changed": self._tally.changed,
            "unchanged": self._tally.unchanged,
            "vanished": self._held - len(self._seen),
            "common_lost": self._common_lost(),
            "held_before": self._held,
            "problems": dict(self._problems),
            "first_findings": (self._findings + self._warnings)[:FIRST_FINDINGS],
            "unknown_codes": {name: list(values) for name, values in self._unknown.items()},
            "attempts": 0,
        }

    def _common_lost(self) -> int:
        """Common clients among what the file does not hold any more."""
        with self._lease.reading():
            return len(self._target.common(timezone.localdate()) - self._seen)

    def _refuse_repetition(self, read: ReadRow) -> None:
        if read.row is None:
            return
        identity = blake2b(self._target.identity(read.row).encode(), digest_size=16).digest()
        first = self._first_row.setdefault(identity, read.number)
        if first != read.number:
            read.row = None
            read.findings.append(Finding(self._target.repeated, "local_id", str(first)))

    def _count(self, read: ReadRow) -> None:
        for finding in read.findings:
            is_problem = isinstance(finding.problem, RowProblem)
            self._problems[f"{finding.problem.value}:{finding.field}"] += 1
            shown = self._findings if is_problem else self._warnings
            if len(shown) < FIRST_FINDINGS:
                shown.append((read.number, finding.field, finding.problem.value, finding.detail))
            if finding.problem is RowProblem.UNKNOWN_CODE:
                values = self._unknown[finding.field]
                if len(values) < MOST_UNKNOWN_CODES:
                    values[finding.detail] = None
        self._warned += bool(read.findings) and read.row is not None

    def _kept(self, read: ReadRow) -> RejectedRow:
        problems = [finding for finding in read.findings if isinstance(finding.problem, RowProblem)]
        return RejectedRow(
            institution_id=self._lease.institution_id,
            register_import_id=self._lease.import_id,
            row_number=read.number,
            findings=[(finding.field, finding.problem.value, finding.detail) for finding in problems],
            cells_sealed=seal(self._key, json.dumps(read.cells, ensure_ascii=False), REJECTED),
        )
