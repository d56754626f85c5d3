"""A whole import in one call, for the command line, demonstration data and tests."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from time import monotonic
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.utils import timezone

from spoiwo.clients.services.publishing import newest_extract
from spoiwo.clients.types import RegisterKind
from spoiwo.exchange.errors import AlreadyImported, ExchangeError, ImportUnderWay, UnusableFile
from spoiwo.exchange.models import RegisterImport
from spoiwo.exchange.rules import mapping as rules
from spoiwo.exchange.services import files
from spoiwo.exchange.services.deciding import continue_import, set_columns, stop_import
from spoiwo.exchange.services.pipeline import run_import
from spoiwo.exchange.services.receiving import GivenFile, receive_file
from spoiwo.exchange.types import FileProblem, ImportResult, ImportState, Layout, Listener
from spoiwo.kernel.actor import Actor
from spoiwo.kernel.ids import new_uuid
from spoiwo.toolkit import jobs
from spoiwo.toolkit.context import acting_for
from spoiwo.toolkit.sqlite.log import log_moved_beside

CHUNK = 1 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What to import and how. mapping: name of a saved mapping; empty: one that fits, or the headers' names."""

    institution_id: int
    kind: RegisterKind
    path: Path
    as_of: date
    mapping: str = ""
    dry_run: bool = False
    again: bool = False
    accept_vanishing: bool = False


def run_import_now(order: Order, *, listener: Listener | None = None, user_id: int = 0) -> ImportResult:
    """Check the file and, unless it is a dry run, take it in, with matching, before returning.

    An import of the same file that was cut off is continued once its lease has run out.
    Raises UnusableFile, ImportUnderWay, NoSuchMapping, ManyWouldVanish, NothingToTake; then nothing is changed.
    """
    started = monotonic()
    by = Actor(user_id=user_id, institution_id=order.institution_id, roles=frozenset({"registrar"}))
    uuid = _cut_off(order)
    if uuid is None:
        try:
            uuid = _received(order, by)
        except AlreadyImported:
            return _nothing_new(order, started)
        run_import(uuid, listener=listener)
        _decide(order, uuid, by)
    if not order.dry_run:
        take_in_now(uuid, listener)
    return _result(_load(order, uuid), order, seconds=monotonic() - started)


def take_in_now(uuid: UUID, listener: Listener | None = None) -> None:
    """Take the file in, then do what it started here and now: long work has no place in a transaction."""
    started: list[tuple[str, dict[str, Any]]] = []
    with log_moved_beside():
        run_import(uuid, listener=listener, start=lambda name, **arguments: started.append((name, arguments)))
    for name, arguments in started:
        jobs.perform(name, **arguments)


def drop_cut_off(*, institution_id: int, kind: RegisterKind, name: str, by: Actor) -> bool:
    """Stop an import of a file of this name that the same person began and a killed process left half done.

    For commands that know that nobody else is at it: they need not wait until its lease has run out. Answers
    whether there was one. One that has published already is left to the worker.
    """
    with acting_for(institution_id):
        under_way = RegisterImport.objects.under_way().filter(institution_id=institution_id, kind=kind)
        found = under_way.filter(started_by_user_id=by.user_id, file_name=name).first()
        if found is None or found.state in {ImportState.SETTLING, ImportState.CANCELLING}:
            return False
        stop_import(import_uuid=found.uuid, by=by)
    run_import(found.uuid)  # what was staged goes
    return True


def _received(order: Order, by: Actor) -> UUID:
    """The file taken in; when its columns are not known, the headers' names must do, since nobody can be asked."""
    given = GivenFile(
        kind=order.kind,
        name=order.path.name,
        chunks=_chunks(order.path),
        as_of=order.as_of,
        mapping=order.mapping,
    )
    with acting_for(order.institution_id):
        found = receive_file(given, by=by, again=order.again, enqueue=False)
    if found.state == ImportState.MAPPING:
        missing = rules.missing_columns(order.kind, Layout(columns=found.columns))
        if missing:
            _stop(order, found.uuid, by)
            raise UnusableFile(FileProblem.MISSING_COLUMNS, details=missing)
        with acting_for(order.institution_id):
            set_columns(import_uuid=found.uuid, columns=found.columns, values={}, by=by, enqueue=False)
    return found.uuid


def _decide(order: Order, uuid: UUID, by: Actor) -> None:
    """Continue after the check, or stop: for a dry run, or because the check found reasons to."""
    found = _load(order, uuid)
    if found.state == ImportState.REFUSED:
        raise UnusableFile(
            FileProblem(found.problem), place=found.problem_place, details=found.problem_details
        )
    if order.dry_run:
        _stop(order, uuid, by)
        return
    try:
        with acting_for(order.institution_id):
            continue_import(import_uuid=uuid, accept_vanishing=order.accept_vanishing, by=by, enqueue=False)
    except ExchangeError:
        _stop(order, uuid, by)
        raise


def _stop(order: Order, uuid: UUID, by: Actor) -> None:
    with acting_for(order.institution_id):
        stop_import(import_uuid=uuid, by=by)


def _load(order: Order, uuid: UUID) -> RegisterImport:
    with acting_for(order.institution_id):
        return RegisterImport.objects.get(uuid=uuid)


def _cut_off(order: Order) -> UUID | None:
    """An import of this very file that a dead process left half done; others under way are in the way."""
    free = Q(lease_until__isnull=True) | Q(lease_until__lt=timezone.now())
    own = Q(institution_id=order.institution_id, kind=order.kind)
    with acting_for(order.institution_id):
        found = RegisterImport.objects.under_way().filter(own, free).first()
    if found is None or found.state not in {ImportState.STAGING, ImportState.SETTLING}:
        return None
    measured = files.Measured(_chunks(order.path), order.path.stat().st_size)
    for _ in measured:
        pass
    if order.dry_run or found.file_sha256 != measured.sha256:
        raise ImportUnderWay(order.kind)
    return found.uuid


def _chunks(path: Path) -> Iterator[bytes]:
    with path.open("rb") as stream:
        while chunk := stream.read(CHUNK):
            yield chunk


def _nothing_new(order: Order, started: float) -> ImportResult:
    with acting_for(order.institution_id):
        newest = newest_extract(order.institution_id, order.kind)
    assert newest is not None
    return ImportResult(
        import_uuid=new_uuid(),
        state=ImportState.DONE,
        kind=order.kind,
        generation=newest.generation,
        as_of=newest.as_of,
        rows=newest.rows,
        new=0,
        changed=0,
        unchanged=newest.rows - newest.rejected,
        vanished=0,
        rejected=newest.rejected,
        warnings=0,
        already_imported=True,
        dry_run=order.dry_run,
        seconds=monotonic() - started,
        problems={},
        first_findings=(),
    )


def _result(found: RegisterImport, order: Order, *, seconds: float) -> ImportResult:
    return ImportResult(
        import_uuid=found.uuid,
        state=ImportState(found.state),
        kind=found.kind,
        generation=found.generation,
        as_of=found.as_of,
        rows=found.rows,
        new=found.new,
        changed=found.changed,
        unchanged=found.unchanged,
        vanished=found.vanished,
        rejected=found.rejected,
        warnings=found.warned,
        already_imported=False,
        dry_run=order.dry_run,
        seconds=seconds,
        problems=found.problems,
        first_findings=[(number, field, problem) for number, field, problem, _ in found.first_findings],
    )
