"""After publishing: whom the institution may know follows its register, then others look at what is new.

Matching looks for the same people elsewhere, districts for whoever moved.
"""

from collections.abc import Callable, Iterator
from datetime import timedelta
from uuid import UUID

from django.utils import timezone

from spoiwo.access.services import relations
from spoiwo.access.types import RelationKind
from spoiwo.clients.services import register
from spoiwo.clients.services.bulk import chunks
from spoiwo.clients.types import RegisterKind
from spoiwo.exchange.services import files
from spoiwo.exchange.services.leases import Lease
from spoiwo.exchange.types import ImportState
from spoiwo.toolkit.statistics import refresh_statistics

AT_ONCE = 2000
MATCH = "matching.match_generation"
SWEEP = "districts.sweep"
Start = Callable[..., None]  # how a job is started


def settle(lease: Lease, start: Start) -> None:
    """Open and close relations, start matching, delete the file. May be called again. Raises LeaseLost."""
    register_import = lease.load()
    is_register = lease.kind is RegisterKind.REGISTER
    if is_register:
        _settle_relations(lease, register_import.generation)
    refresh_statistics()
    with lease.commit(state=ImportState.DONE, finished_at=timezone.now(), lease_owner=None, lease_until=None):
        if is_register and start is not None:
            # In this very transaction: the job is lost with it, or neither is.
            start(MATCH, institution_id=lease.institution_id, generation=register_import.generation)
            start(SWEEP, institution_id=lease.institution_id)
    files.forget_upload(lease.import_uuid)


def _settle_relations(lease: Lease, generation: int) -> None:
    today = timezone.localdate()
    done = 0
    for part in _parts(lease, register.people_of_generation, generation):
        with lease.commit(rows_done=done):
            relations.open_relations(
                [(person, lease.institution_id) for person in part],
                kind=RelationKind.INVOLVEMENT,
                since=today,
            )
        done += len(part)
        lease.tell(ImportState.SETTLING, done, 0)
    for part in _parts(lease, register.people_gone_with, generation):
        with lease.commit():
            relations.close_relations(
                [(person, lease.institution_id) for person in part],
                kind=RelationKind.INVOLVEMENT,
                until=today - timedelta(days=1),  # from today on the institution does not know them
            )


def _parts(lease: Lease, people: Callable[..., Iterator[UUID]], generation: int) -> Iterator[list[UUID]]:
    with lease.reading():
        found = list(people(institution_id=lease.institution_id, generation=generation))
    yield from chunks(found, AT_ONCE)
