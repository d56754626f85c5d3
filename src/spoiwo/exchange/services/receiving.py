"""Taking a file: sealed copy, what kind of table, which columns; then a job checks it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, transaction

from spoiwo.audit import services as audit
from spoiwo.audit.types import Action, Entry
from spoiwo.clients.services.publishing import newest_extract
from spoiwo.clients.types import RegisterKind
from spoiwo.exchange.errors import AlreadyImported, ImportUnderWay, NoSuchMapping, UnusableFile
from spoiwo.exchange.models import ColumnMapping, RegisterImport
from spoiwo.exchange.rules import mapping as rules
from spoiwo.exchange.rules import tables
from spoiwo.exchange.services import files
from spoiwo.exchange.types import FileProblem, ImportState, Layout
from spoiwo.kernel.actor import Actor
from spoiwo.kernel.ids import new_uuid
from spoiwo.toolkit import jobs
from spoiwo.toolkit.keys import key_ring

RUN = "exchange.run_import"


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenFile:
    """A file as it was handed in. as_of: the day its contents tell of. mapping: name of a saved one, or empty."""

    kind: RegisterKind
    name: str
    chunks: Iterable[bytes]
    as_of: date
    mapping: str = ""


@dataclass(frozen=True, slots=True)
class _Choice:
    layout: Layout
    mapping: ColumnMapping | None
    is_certain: bool


def receive_file(given: GivenFile, *, by: Actor, again: bool = False, enqueue: bool = True) -> RegisterImport:
    """Take a file in for checking; it waits for a person when its columns are not known.

    again: take it though it is the very file that is in force. enqueue: have the worker go on.
    Raises UnusableFile, AlreadyImported, ImportUnderWay, NoSuchMapping; then nothing of the file stays.
    """
    if RegisterImport.objects.under_way().filter(institution_id=by.institution_id, kind=given.kind).exists():
        raise ImportUnderWay(given.kind)
    uuid, key = new_uuid(), key_ring().new_data_key()
    measured = files.Measured(given.chunks, settings.SPOIWO_UPLOAD_BYTES)
    files.store(files.UPLOADS, uuid, measured, key.plain)
    try:
        if not again:
            _refuse_the_file_in_force(given, measured.sha256, by)
        return _begin(given, uuid, key.wrapped, measured, by=by, enqueue=enqueue)
    except BaseException:
        files.remove(files.UPLOADS, uuid)
        raise


def _refuse_the_file_in_force(given: GivenFile, sha256: str, by: Actor) -> None:
    newest = newest_extract(by.institution_id, given.kind)
    if newest is not None and newest.file_sha256 == sha256:
        raise AlreadyImported(newest.as_of)


def _begin(
    given: GivenFile, uuid: UUID, wrapped_key: bytes, measured: files.Measured, *, by: Actor, enqueue: bool
) -> RegisterImport:
    with files.open_stored(files.UPLOADS, uuid, wrapped_key) as stream:
        table = tables.format_of(stream)
        preview = tables.preview_of(stream, table)
    choice = _choose_layout(given, preview.headers, by)
    begun = RegisterImport(
        uuid=uuid,
        institution_id=by.institution_id,
        kind=given.kind,
        state=ImportState.CHECKING if choice.is_certain else ImportState.MAPPING,
        as_of=given.as_of,
        file_name=given.name[-200:],
        file_sha256=measured.sha256,
        file_bytes=measured.size,
        wrapped_key=wrapped_key,
        format=table.format,
        encoding=table.encoding,
        delimiter=table.delimiter,
        headers=preview.headers,
        columns=dict(choice.layout.columns),
        values={name: dict(values) for name, values in choice.layout.values.items()},
        mapping=choice.mapping,
        started_by_user_id=by.user_id,
    )
    try:
        with transaction.atomic():
            begun.save(force_insert=True)
            audit.append(_entry(begun, by))
            if choice.is_certain and enqueue:
                jobs.enqueue(RUN, import_uuid=str(uuid))
    except IntegrityError as error:
        raise ImportUnderWay(given.kind) from error
    return begun


def _choose_layout(given: GivenFile, headers: Sequence[str], by: Actor) -> _Choice:
    saved = ColumnMapping.objects.filter(institution_id=by.institution_id, kind=given.kind)
    if given.mapping:
        return _named_layout(saved.filter(name=given.mapping).first(), headers)
    fitting = [
        _Choice(found, mapping, is_certain=True)
        for mapping in saved.order_by("-updated_at")
        if (found := rules.fit(Layout(columns=mapping.columns, values=mapping.values), headers))
    ]
    if fitting:
        return max(fitting, key=lambda choice: len(choice.layout.columns))
    guessed = rules.guess(given.kind, headers)
    return _Choice(guessed, None, is_certain=rules.is_standard(given.kind, guessed))


def _named_layout(mapping: ColumnMapping | None, headers: Sequence[str]) -> _Choice:
    if mapping is None:
        raise NoSuchMapping
    found = rules.fit(Layout(columns=mapping.columns, values=mapping.values), headers)
    if found is None:
        missing = sorted(set(mapping.columns.values()) - set(headers))
        raise UnusableFile(FileProblem.MISSING_COLUMNS, details=missing)
    return _Choice(found, mapping, is_certain=True)


def _entry(begun: RegisterImport, by: Actor) -> Entry:
    return Entry(
        institution_id=begun.institution_id,
        institution_acting_id=by.institution_id,
        action=Action.IMPORT_STARTED,
        actor_user_id=by.user_id,
        object_ref=f"import:{begun.uuid}",
        digest=bytes.fromhex(begun.file_sha256),
    )
