"""The open export: everything an institution put in, made by a job.

Register and facts in the standard columns, so that they can be brought in again; then the tables of the other
contexts, as far as there is anything in them. Nobody hidden is in it: files are read by more people than are named.
"""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from functools import partial
from io import BufferedReader
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from spoiwo.audit import services as audit
from spoiwo.audit.types import Action, Entry
from spoiwo.calendars.queries import takeout as calendars
from spoiwo.catalogue.queries import takeout as catalogue
from spoiwo.clients.queries import takeout
from spoiwo.clients.types import RegisterKind
from spoiwo.districts.queries import takeout as districts
from spoiwo.exchange.models import OpenExport
from spoiwo.exchange.rules.archives import archive
from spoiwo.exchange.rules.contract import names
from spoiwo.exchange.services import files
from spoiwo.institutions.queries import takeout as institutions
from spoiwo.institutions.types import Role
from spoiwo.kernel.actor import Actor
from spoiwo.monitoring.queries import takeout as monitoring
from spoiwo.plans.queries import takeout as plans
from spoiwo.projects.queries import takeout as projects
from spoiwo.referrals.queries import takeout as referrals
from spoiwo.support.queries import takeout as support
from spoiwo.toolkit import jobs
from spoiwo.toolkit.context import acting_for
from spoiwo.toolkit.keys import key_ring
from spoiwo.toolkit.takeout import Takeout

MAKE = "exchange.make_export"
JOB = "export"
KEPT = timedelta(days=7)
_FACT_FIELDS = {"from": "valid_from", "to": "valid_to"}
_CONTEXTS = (
    institutions, calendars, districts, support, projects, catalogue, referrals, plans, monitoring,
)  # fmt: skip


@transaction.atomic
def ask_export(*, by: Actor) -> OpenExport:
    """Have the archive made; one that is being made already is enough."""
    waiting = OpenExport.objects.visible_to(by).filter(state=OpenExport.State.WAITING).first()
    if waiting is not None:
        return waiting
    asked = OpenExport.objects.create(institution_id=by.institution_id, asked_by_user_id=by.user_id)
    jobs.enqueue(MAKE, export_uuid=str(asked.uuid))
    return asked


def make_export(export_uuid: UUID) -> None:
    """Write the archive, sealed; called by the worker. Does nothing for one that is made already."""
    with acting_for(0, job=JOB):
        export = OpenExport.objects.filter(uuid=export_uuid, state=OpenExport.State.WAITING).first()
    if export is None:
        return
    key, counted = key_ring().new_data_key(), dict[str, int]()
    files.remove(files.EXPORTS, export.uuid)  # of an attempt that broke off
    with acting_for(export.institution_id, job=JOB):
        files.store(files.EXPORTS, export.uuid, _archive(export, counted), key.plain)
    export.others = sum(counted.values())
    export.wrapped_key, export.state, export.ready_at = key.wrapped, OpenExport.State.READY, timezone.now()
    with acting_for(export.institution_id, job=JOB):
        export.save(update_fields=["wrapped_key", "state", "ready_at", "rows", "facts", "others"])


def fetch_export(*, export: OpenExport, request_id: str, by: Actor) -> Iterator[bytes]:
    """The archive in the clear, on record in the log before the first byte."""
    audit.append(
        Entry(
            institution_id=export.institution_id,
            institution_acting_id=by.institution_id,
            action=Action.EXPORT,
            actor_user_id=by.user_id,
            object_ref=f"export:{export.uuid}",
            count=export.rows + export.facts + export.others,
            request_id=request_id,
        )
    )
    stream = files.open_stored(files.EXPORTS, export.uuid, bytes(export.wrapped_key))
    return _chunks(stream)


def forget_exports(now: datetime) -> int:
    """Delete archives that are a week old; gives their number. Call daily."""
    with acting_for(0, job=JOB), transaction.atomic():
        old = list(OpenExport.objects.filter(asked_at__lt=now - KEPT))
        OpenExport.objects.filter(pk__in=[export.pk for export in old]).delete()
    for export in old:
        files.remove(files.EXPORTS, export.uuid)
    return len(old)


def _archive(export: OpenExport, counted: dict[str, int]) -> Iterator[bytes]:
    """The archive in chunks. counted: is told how many rows each of the other tables has."""
    register, facts = names(RegisterKind.REGISTER), names(RegisterKind.FACTS)

    def register_rows() -> Iterator[list[str]]:
        export.rows = 0
        for row in takeout.rows_in_force(export.institution_id):
            export.rows += 1
            yield [_text(getattr(row, name)) for name in register]

    def fact_rows() -> Iterator[list[str]]:
        export.facts = 0
        for fact in takeout.facts_in_force(export.institution_id):
            export.facts += 1
            yield [_text(getattr(fact, _FACT_FIELDS.get(name, name))) for name in facts]

    others = [
        (one.name, one.header, partial(_other_rows, export.institution_id, one, counted))
        for one in _filled(export.institution_id)
    ]
    return archive([("register", register, register_rows), ("facts", facts, fact_rows), *others])


def _filled(institution_id: int) -> list[Takeout]:
    """Tables of the other contexts that hold anything, as the whole office together would see them."""
    office = Actor(user_id=0, institution_id=institution_id, roles=frozenset(str(role) for role in Role))
    with acting_for(institution_id, user_id=0):
        found = [one for context in _CONTEXTS for one in context.tables(office)]
        return [one for one in found if next(one.lines(), None) is not None]


def _other_rows(institution_id: int, table: Takeout, counted: dict[str, int]) -> Iterator[Sequence[str]]:
    """Rows as the institution itself may read them; every table is read twice, once for each format."""
    count = 0
    with acting_for(institution_id, user_id=0):
        for line in table.lines():
            count += 1
            yield line
    counted[table.name] = count


def _text(value: str | date | None) -> str:
    if value is None:
        return ""
    return value.isoformat() if isinstance(value, date) else str(value)


def _chunks(stream: BufferedReader) -> Iterator[bytes]:
    with stream:
        while chunk := stream.read(1 << 16):
            yield chunk
