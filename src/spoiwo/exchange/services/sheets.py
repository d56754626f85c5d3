"""Sheets of the support register on their way in: columns, a check that writes nothing, then batch by batch."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from spoiwo.audit import services as audit
from spoiwo.audit.types import Action, Entry
from spoiwo.exchange.errors import MappingIncomplete, MappingNameTaken, NoSuchImport, NotNow, UnusableFile
from spoiwo.exchange.models import ColumnMapping, RejectedSheetRow, SheetImport
from spoiwo.exchange.querysets import sheet_kinds
from spoiwo.exchange.rules import mapping as mappings
from spoiwo.exchange.rules import sheets as rules
from spoiwo.exchange.rules import tables
from spoiwo.exchange.services import files
from spoiwo.exchange.services.sheet_lines import Line, take, told_apart, weigh
from spoiwo.exchange.types import FileFormat, FileProblem, Layout, Preview, SheetKind, SheetState
from spoiwo.institutions import queries as institutions
from spoiwo.kernel.actor import Actor
from spoiwo.kernel.ids import new_uuid
from spoiwo.kernel.sealing import seal
from spoiwo.toolkit import jobs
from spoiwo.toolkit.context import acting_for
from spoiwo.toolkit.keys import key_ring
from spoiwo.toolkit.turns import giving_way

FOLDER = "sheets"
RUN = "exchange.take_sheet"
JOB = "import"  # the named system job towards the database
REJECTED = "rejected-sheet-row"  # place of sealing
BATCH = 100
MOST_ROWS = 20_000
MOST_ATTEMPTS = 5
LEFT_ALONE = timedelta(seconds=60)
KEPT = timedelta(days=30)
WAITING = (SheetState.COLUMNS, SheetState.CHECKED)
OVER = (SheetState.DONE, SheetState.STOPPED)


def receive_sheet(*, kind: SheetKind, name: str, chunks: Iterable[bytes], by: Actor) -> SheetImport:
    """Take a sheet in; it is checked at once when a saved mapping fits its headers.

    Raises NoSuchImport for a kind that is not the actor's, UnusableFile; then nothing of the sheet stays.
    """
    if kind not in sheet_kinds(by):
        raise NoSuchImport(kind)
    uuid, key = new_uuid(), key_ring().new_data_key()
    measured = files.Measured(chunks, settings.SPOIWO_UPLOAD_BYTES)
    files.store(FOLDER, uuid, measured, key.plain)
    try:
        with files.open_stored(FOLDER, uuid, key.wrapped) as stream:
            table = tables.format_of(stream)
            preview = tables.preview_of(stream, table)
        layout, mapping = _layout_for(kind, preview.headers, by)
        with transaction.atomic():
            begun = SheetImport.objects.create(
                uuid=uuid,
                institution_id=by.institution_id,
                kind=kind,
                file_name=name[-200:],
                file_sha256=measured.sha256,
                wrapped_key=key.wrapped,
                format=table.format,
                encoding=table.encoding,
                delimiter=table.delimiter,
                headers=preview.headers,
                columns=dict(layout.columns),
                values={column: dict(values) for column, values in layout.values.items()},
                mapping=mapping,
                started_by_user_id=by.user_id,
            )
            _record(begun, Action.IMPORT_STARTED, by.user_id)
            if mapping is not None:
                _check(begun, by)
    except BaseException:
        files.remove(FOLDER, uuid)
        raise
    return begun


def preview_of(sheet: SheetImport) -> Preview:
    """The beginning of a sheet that waits. Raises NotNow, UnusableFile, CannotUnseal."""
    if sheet.state not in WAITING:
        raise NotNow(sheet.state)
    with files.open_stored(FOLDER, sheet.uuid, bytes(sheet.wrapped_key)) as stream:
        return tables.preview_of(stream, _table(sheet))


def guessed_values(sheet: SheetImport, preview: Preview) -> dict[str, dict[str, str]]:
    """For the sheet's coded columns: values in the sheet -> code, empty when not known."""
    layout = Layout(columns=sheet.columns, values=sheet.values)
    return rules.guess_values(SheetKind(sheet.kind), layout, preview, staff_of(sheet))


def staff_of(sheet: SheetImport) -> dict[str, str]:
    """Who works or worked at the institution: id of the account as text -> name."""
    return {str(number): name for number, name in institutions.staff_of(sheet.institution_id).items()}


@transaction.atomic
def set_columns(
    *,
    uuid: UUID,
    columns: Mapping[str, str],
    values: Mapping[str, Mapping[str, str]],
    save_as: str = "",
    by: Actor,
) -> SheetImport:
    """Say which column is what, and check the sheet (again). save_as: name to keep it under for later sheets.

    Raises NoSuchImport, NotNow, MappingIncomplete, MappingNameTaken, UnusableFile.
    """
    sheet = _locked(uuid, by, *WAITING)
    kind = SheetKind(sheet.kind)
    chosen = {name: header for name, header in columns.items() if header in sheet.headers}
    missing = rules.missing_columns(kind, Layout(columns=chosen))
    if missing:
        raise MappingIncomplete(missing)
    sheet.columns = chosen
    sheet.values = {name: dict(mapped) for name, mapped in values.items() if name in chosen}
    if save_as:
        sheet.mapping = _saved(sheet, save_as)
    _check(sheet, by)
    return sheet


@transaction.atomic
def take_sheet(*, uuid: UUID, by: Actor) -> SheetImport:
    """Have the good rows written down by the worker. Raises NoSuchImport, NotNow."""
    sheet = _locked(uuid, by, SheetState.CHECKED)
    RejectedSheetRow.objects.filter(sheet=sheet).delete()
    sheet.state, sheet.rows_done, sheet.taken, sheet.rejected = SheetState.TAKING, 0, 0, 0
    sheet.problems, sheet.decided_by_user_id = {}, by.user_id
    sheet.save()
    jobs.enqueue(RUN, sheet_uuid=str(uuid))
    return sheet


@transaction.atomic
def stop_sheet(*, uuid: UUID, by: Actor) -> None:
    """Give a sheet up. Raises NoSuchImport, NotNow."""
    sheet = _locked(uuid, by, *WAITING)
    sheet.state, sheet.finished_at = SheetState.STOPPED, timezone.now()
    sheet.save()
    transaction.on_commit(lambda: files.remove(FOLDER, uuid))


def run_sheet(uuid: UUID) -> None:
    """Write a sheet's rows down in short commits, from wherever the last attempt got to (called by the worker).

    Two workers at one sheet do no harm: a batch begins only where the last one ended.
    """
    with acting_for(0, job=JOB):
        sheet = SheetImport.objects.filter(uuid=uuid, state=SheetState.TAKING).first()
        if sheet is None:
            return
        SheetImport.objects.filter(pk=sheet.pk).update(attempts=F("attempts") + 1)
    by = Actor(
        user_id=sheet.decided_by_user_id,
        institution_id=sheet.institution_id,
        roles=frozenset({"support_adviser"}),  # as whoever decided; held then, whatever they hold now
    )
    place = 0
    with _open_lines(sheet) as lines:
        for batch in _batches(lines):
            if place >= sheet.rows_done and not _take_batch(sheet.pk, place, batch, by):
                return
            place += len(batch)
    _finish(sheet.pk, by)


def resume_stale_sheets(now: datetime) -> int:
    """Hand sheets whose worker died to the worker again, and clean up; gives their number. Call every minute."""
    with acting_for(0, job=JOB), transaction.atomic():
        stale = SheetImport.objects.filter(
            state=SheetState.TAKING, updated_at__lt=now - LEFT_ALONE, attempts__lt=MOST_ATTEMPTS
        )
        uuids = list(stale.values_list("uuid", flat=True))
        for uuid in uuids:
            jobs.enqueue(RUN, sheet_uuid=str(uuid))
        old = SheetImport.objects.filter(updated_at__lt=now - KEPT)
        RejectedSheetRow.objects.filter(sheet__in=old.values("pk")).delete()
        old.filter(state__in=WAITING).update(state=SheetState.STOPPED, finished_at=now)
        old.filter(state__in=OVER).update(wrapped_key=b"")
        known = set(
            SheetImport.objects.filter(state__in=[*WAITING, SheetState.TAKING]).values_list("uuid", flat=True)
        )
    files.remove_orphans(FOLDER, known, now)
    return len(uuids)


def forget_contents(institution_id: int) -> None:
    """Drop rejected rows and keys of an institution's sheets, and stop those that wait: somebody is erased.

    A sheet that waits would write the person down anew. What a worker is at goes on, without rejected rows so far.
    The caller holds the transaction and the database context.
    """
    own = SheetImport.objects.filter(institution_id=institution_id)
    RejectedSheetRow.objects.filter(sheet__in=own.values("pk")).delete()
    waiting = list(own.filter(state__in=WAITING).values_list("uuid", flat=True))
    own.filter(state__in=WAITING).update(state=SheetState.STOPPED, finished_at=timezone.now())
    own.filter(state__in=OVER).update(wrapped_key=b"")
    transaction.on_commit(lambda: files.remove_all(FOLDER, waiting))


def _check(sheet: SheetImport, by: Actor) -> None:
    """Weigh every row as it would be taken; keep the rejected ones."""
    RejectedSheetRow.objects.filter(sheet=sheet).delete()
    with _open_lines(sheet) as lines:
        read = list(lines)
    if len(read) > MOST_ROWS:
        raise UnusableFile(FileProblem.TOO_MANY_ROWS, details=[str(MOST_ROWS)])
    weigh(SheetKind(sheet.kind), read, by=by)
    sheet.problems = {}
    sheet.rows, sheet.rows_done, sheet.taken = len(read), 0, sum(not line.findings for line in read)
    sheet.rejected = len(read) - sheet.taken
    _keep_rejected(sheet, read)
    sheet.state = SheetState.CHECKED
    sheet.save()


def _take_batch(pk: int, place: int, batch: Sequence[Line], by: Actor) -> bool:
    """One batch in one commit; False when another worker is at the sheet, or it was stopped."""
    with giving_way(), acting_for(by.institution_id, job=JOB), transaction.atomic():
        sheet = SheetImport.objects.select_for_update().get(pk=pk)
        if sheet.state != SheetState.TAKING or sheet.rows_done != place:
            return False
        take(SheetKind(sheet.kind), batch, by=by)
        good = sum(not line.findings for line in batch)
        sheet.rows_done += len(batch)
        sheet.taken += good
        sheet.rejected += len(batch) - good
        _keep_rejected(sheet, batch)
        sheet.save()
        return True


def _finish(pk: int, by: Actor) -> None:
    with acting_for(by.institution_id, job=JOB), transaction.atomic():
        sheet = SheetImport.objects.select_for_update().get(pk=pk)
        if sheet.state != SheetState.TAKING:
            return
        sheet.state, sheet.finished_at = SheetState.DONE, timezone.now()
        sheet.save()
        _record(sheet, Action.IMPORT_PUBLISHED, by.user_id, count=sheet.taken)
        transaction.on_commit(lambda: files.remove(FOLDER, sheet.uuid))


def _keep_rejected(sheet: SheetImport, lines: Iterable[Line]) -> None:
    key = key_ring().unwrap(bytes(sheet.wrapped_key))
    counts = Counter(sheet.problems)
    rejected = [line for line in lines if line.findings]
    for line in rejected:
        counts.update(f"{one.problem.value}:{one.field}" for one in line.findings)
    sheet.problems = dict(counts)
    RejectedSheetRow.objects.bulk_create(
        RejectedSheetRow(
            institution_id=sheet.institution_id,
            sheet=sheet,
            row_number=line.number,
            findings=[(one.field, one.problem.value, one.detail) for one in line.findings],
            cells_sealed=seal(key, json.dumps(line.cells, ensure_ascii=False), REJECTED),
        )
        for line in rejected
    )


@contextmanager
def _open_lines(sheet: SheetImport) -> Iterator[Iterator[Line]]:
    layout = Layout(columns=sheet.columns, values=sheet.values)
    with files.open_stored(FOLDER, sheet.uuid, bytes(sheet.wrapped_key)) as stream:
        headers, rows = tables.open_table(stream, _table(sheet))
        with acting_for(sheet.institution_id, job=JOB):
            staff = staff_of(sheet)
        reader = rules.SheetReader(SheetKind(sheet.kind), headers, layout, staff)
        read = (Line(number, cells, *reader.read(cells)) for number, cells in rows)
        yield told_apart(SheetKind(sheet.kind), read)


def _batches(lines: Iterator[Line]) -> Iterator[list[Line]]:
    batch: list[Line] = []
    for line in lines:
        batch.append(line)
        if len(batch) == BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


def _table(sheet: SheetImport) -> tables.TableFormat:
    return tables.TableFormat(FileFormat(sheet.format), sheet.encoding, sheet.delimiter)


def _layout_for(kind: SheetKind, headers: Sequence[str], by: Actor) -> tuple[Layout, ColumnMapping | None]:
    saved = ColumnMapping.objects.visible_to(by).filter(kind=kind).order_by("-updated_at")
    for mapping in saved:
        found = mappings.fit(Layout(columns=mapping.columns, values=mapping.values), headers)
        if found is not None:
            return found, mapping
    return rules.guess(kind, headers), None


def _saved(sheet: SheetImport, name: str) -> ColumnMapping:
    own = ColumnMapping.objects.select_for_update().filter(
        institution_id=sheet.institution_id, kind=sheet.kind, name=name
    )
    mapping = own.first()
    if mapping is not None and mapping.pk != sheet.mapping_id:
        raise MappingNameTaken(name)
    mapping = mapping or ColumnMapping(
        institution_id=sheet.institution_id, kind=sheet.kind, name=name, version=0
    )
    mapping.columns, mapping.values = sheet.columns, sheet.values
    mapping.version += 1
    mapping.save()
    return mapping


def _locked(uuid: UUID, by: Actor, *states: SheetState) -> SheetImport:
    sheet = SheetImport.objects.visible_to(by).select_for_update().filter(uuid=uuid).first()
    if sheet is None:
        raise NoSuchImport(str(uuid))
    if sheet.state not in states:
        raise NotNow(sheet.state)
    return sheet


def _record(sheet: SheetImport, action: Action, user_id: int, **more: Any) -> None:
    audit.append(
        Entry(
            institution_id=sheet.institution_id,
            institution_acting_id=sheet.institution_id,
            action=action,
            actor_user_id=user_id,
            object_ref=f"sheet:{sheet.uuid}",
            digest=bytes.fromhex(sheet.file_sha256),
            **more,
        )
    )
