"""Taking a checked file in: rows are staged in short commits, and one short transaction puts them in force."""

from typing import Any

from django.utils import timezone

from spoiwo.clients.services.bulk import chunks
from spoiwo.clients.services.publishing import StagedExtract, publish_extract
from spoiwo.clients.types import Tally
from spoiwo.exchange.models import RegisterImport, RejectedRow
from spoiwo.exchange.services.kept_rows import open_checked_rows
from spoiwo.exchange.services.leases import Lease
from spoiwo.exchange.services.reading import ReadRow
from spoiwo.exchange.services.targets import Target, target_for
from spoiwo.exchange.types import ImportState
from spoiwo.toolkit.pace import Pace

BATCHES = (500, 200, 2000)  # rows: in the first commit, at least, at most
ENDED_AT_ONCE = 2000


def stage(lease: Lease) -> None:
    """Stage all rows and publish. Raises LeaseLost, UnusableFile, CannotUnseal, GenerationTaken.

    May be called again after a crash: what is staged stays, figures are worked out anew.
    """
    register_import = lease.load()
    stager = _Stager(lease, register_import)
    with open_checked_rows(register_import) as rows:
        batch: list[ReadRow] = []
        for row in rows:
            batch.append(row)
            if len(batch) >= stager.pace.size:
                stager.stage(batch)
                batch = []
        stager.stage(batch)
    stager.stage_vanished()
    _publish(lease, register_import, stager)


class _Stager:
    """Writes batches, each in one commit, as large as a short commit allows."""

    def __init__(self, lease: Lease, register_import: RegisterImport):
        self.pace = Pace(*BATCHES)
        self.tally = Tally()
        self._lease = lease
        self._import = register_import
        self.target: Target = target_for(lease.kind, lease.institution_id)
        with lease.reading():
            rejected = RejectedRow.objects.filter(register_import_id=lease.import_id)
            self._rejected = set(rejected.values_list("row_number", flat=True))
        self._seen: set[int] = set()
        self._done = 0

    def stage(self, batch: list[ReadRow]) -> None:
        """Write the good rows of a batch; rejected ones keep what is held of them."""
        good = [read.row for read in batch if read.row is not None and read.number not in self._rejected]
        kept = [read.local_id for read in batch if read.number in self._rejected and read.local_id]
        self._done += len(batch)
        with self._lease.reading():
            ready = self.target.prepare(
                good,
                generation=self._import.generation,
                as_of=self._import.as_of,
                now=timezone.now(),
                seen=self._seen,
            )
            self.target.keep(kept, self._seen)
        with self._lease.commit(rows_done=self._done), self.pace.kept():
            ready.write(self._seen)
        self.tally.add(ready.tally)
        self._lease.tell(ImportState.STAGING, self._done, self._import.rows)

    def stage_vanished(self) -> None:
        """Let what the file does not hold any more end with the generation."""
        with self._lease.reading():
            gone = self.target.vanished(self._import.generation, self._seen)
        for part in chunks(gone, ENDED_AT_ONCE):
            with self._lease.commit():
                self.target.stage_vanished(self._import.generation, part)


def _publish(lease: Lease, register_import: RegisterImport, stager: _Stager) -> None:
    now = timezone.now()
    with lease.reading():
        vanished = stager.target.count_vanished(register_import.generation)
    figures: dict[str, Any] = {
        "new": stager.tally.new,
        "changed": stager.tally.changed,
        "unchanged": stager.tally.unchanged,
        "vanished": vanished,
    }
    with lease.commit(state=ImportState.SETTLING, published_at=now, attempts=0, rows_done=0, **figures):
        publish_extract(
            StagedExtract(
                institution_id=lease.institution_id,
                kind=lease.kind,
                generation=register_import.generation,
                as_of=register_import.as_of,
                file_name=register_import.file_name,
                file_sha256=register_import.file_sha256,
                rows=register_import.rows,
                tally=stager.tally,
                vanished=vanished,
                rejected=register_import.rejected,
            ),
            now=now,
            user_id=register_import.decided_by_user_id,
        )
