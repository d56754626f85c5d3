"""Who works on an import: a lease that has to be renewed, so that a dead worker's import is taken over.

Every commit of a worker begins by renewing its lease. When that finds nothing to renew, the import was
stopped or taken over, and the worker leaves without writing.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from spoiwo.clients.types import RegisterKind
from spoiwo.exchange.errors import LeaseLost
from spoiwo.exchange.models import RegisterImport
from spoiwo.exchange.types import WORKING, ImportState, Listener, Progress
from spoiwo.kernel.ids import new_uuid
from spoiwo.toolkit.context import acting_for
from spoiwo.toolkit.turns import giving_way

JOB = "import"  # the named system job towards the database
LASTS = timedelta(seconds=60)
MOST_ATTEMPTS = 5


@dataclass(slots=True)
class Lease:
    """The right to work on one import. listener: is told of progress."""

    import_id: int
    import_uuid: UUID
    institution_id: int
    kind: RegisterKind
    owner: UUID
    listener: Listener | None = None

    def load(self) -> RegisterImport:
        """The import as it stands."""
        with self.reading():
            return RegisterImport.objects.get(pk=self.import_id)

    @contextmanager
    def reading(self) -> Iterator[None]:
        """Read in the institution's name; on SQLite nobody is kept from writing meanwhile."""
        with acting_for(self.institution_id, job=JOB):
            yield

    @contextmanager
    def commit(self, **changes: Any) -> Iterator[None]:
        """Write in one transaction, with the changes to the import itself. Raises LeaseLost."""
        now = timezone.now()
        with giving_way(), acting_for(self.institution_id, job=JOB), transaction.atomic():
            held = RegisterImport.objects.filter(pk=self.import_id, lease_owner=self.owner)
            if not held.update(**{"lease_until": now + LASTS, "updated_at": now} | changes):
                raise LeaseLost(str(self.import_uuid))
            yield

    def tell(self, step: ImportState, done: int, total: int) -> None:
        """Tell the listener how far it got."""
        if self.listener:
            self.listener(Progress(step, done, total))


def take_lease(import_uuid: UUID, *, now: datetime, listener: Listener | None = None) -> Lease | None:
    """Take an import that has work to do and nobody working on it; None when there is none such."""
    owner = new_uuid()
    with acting_for(0, job=JOB), transaction.atomic():
        free = RegisterImport.objects.select_for_update().filter(
            Q(lease_until__isnull=True) | Q(lease_until__lt=now), uuid=import_uuid, state__in=WORKING
        )
        found = free.first()
        if found is None:
            return None
        found.lease_owner, found.lease_until = owner, now + LASTS
        found.attempts += 1
        found.save(update_fields=["lease_owner", "lease_until", "attempts", "updated_at"])
    kind = RegisterKind(found.kind)
    return Lease(found.pk, found.uuid, found.institution_id, kind, owner, listener)


def let_go(lease: Lease) -> None:
    """Give the lease back, so that the next attempt need not wait for its end."""
    with acting_for(lease.institution_id, job=JOB):
        RegisterImport.objects.filter(pk=lease.import_id, lease_owner=lease.owner).update(
            lease_owner=None, lease_until=None
        )
