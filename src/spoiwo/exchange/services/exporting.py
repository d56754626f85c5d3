"""The open export: everything an institution put in, in the standard columns, made by a job."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from io import BufferedReader
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from spoiwo.audit import services as audit
from spoiwo.audit.types import Action, Entry
from spoiwo.clients.queries import takeout
from spoiwo.clients.types import RegisterKind
from spoiwo.exchange.models import OpenExport
from spoiwo.exchange.rules.archives import archive
from spoiwo.exchange.rules.contract import names
from spoiwo.exchange.services import files
from spoiwo.kernel.actor import Actor
from spoiwo.toolkit import jobs
from spoiwo.toolkit.context import acting_for
from spoiwo.toolkit.keys import key_ring

MAKE = "exchange.make_export"
JOB = "export"
KEPT = timedelta(days=7)
_FACT_FIELDS = {"from": "valid_from", "to": "valid_to"}


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
    key = key_ring().new_data_key()
    files.remove(files.EXPORTS, export.uuid)  # of an attempt that broke off
    with acting_for(export.institution_id, job=JOB):
        files.store(files.EXPORTS, export.uuid, _archive(export), key.plain)
    export.wrapped_key, export.state, export.ready_at = key.wrapped, OpenExport.State.READY, timezone.now()
    with acting_for(export.institution_id, job=JOB):
        export.save(update_fields=["wrapped_key", "state", "ready_at", "rows", "facts"])


def fetch_export(*, export: OpenExport, request_id: str, by: Actor) -> Iterator[bytes]:
    """The archive in the clear, on record in the log before the first byte."""
    audit.append(
        Entry(
            institution_id=export.institution_id,
            institution_acting_id=by.institution_id,
            action=Action.EXPORT,
            actor_user_id=by.user_id,
            object_ref=f"export:{export.uuid}",
            count=export.rows + export.facts,
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


def _archive(export: OpenExport) -> Iterator[bytes]:
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

    return archive([("register", register, register_rows), ("facts", facts, fact_rows)])


def _text(value: str | date | None) -> str:
    if value is None:
        return ""
    return value.isoformat() if isinstance(value, date) else str(value)


def _chunks(stream: BufferedReader) -> Iterator[bytes]:
    with stream:
        while chunk := stream.read(1 << 16):
            yield chunk
