"""Bringing the region's files in, as a registrar would: columns named once and kept, checked, taken in."""

from uuid import UUID

from spoiwo.cli.console import Console
from spoiwo.cli.demo.region_registers import File
from spoiwo.clients.services.publishing import newest_extract
from spoiwo.clients.types import RegisterKind
from spoiwo.exchange.errors import AlreadyImported
from spoiwo.exchange.services.command import drop_cut_off, take_in_now
from spoiwo.exchange.services.deciding import continue_import, set_columns
from spoiwo.exchange.services.pipeline import run_import
from spoiwo.exchange.services.receiving import GivenFile, receive_file
from spoiwo.exchange.types import ImportState
from spoiwo.kernel.actor import Actor
from spoiwo.toolkit.context import acting_for


def is_in_force(institution_id: int, kind: str) -> bool:
    """Whether any file of this kind was published."""
    with acting_for(institution_id):
        return newest_extract(institution_id, RegisterKind(kind)) is not None


def bring_in(file: File, *, by: Actor, console: Console) -> bool:
    """Take the file in unless one of the same or a later day is in force; answers whether it was taken."""
    kind = RegisterKind(file.kind)
    with acting_for(by.institution_id):
        newest = newest_extract(by.institution_id, kind)
    if newest is not None and newest.as_of >= file.as_of:
        return False
    console.say(f"  {file.institution}: {file.path.name}", f"  {file.institution}: {file.path.name}")
    drop_cut_off(institution_id=by.institution_id, kind=kind, name=file.path.name, by=by)
    try:
        uuid = _checked(file, kind, by)
    except AlreadyImported:
        return False
    with acting_for(by.institution_id):
        continue_import(import_uuid=uuid, accept_vanishing=True, by=by, enqueue=False)
    take_in_now(uuid)
    return True


def _checked(file: File, kind: RegisterKind, by: Actor) -> UUID:
    """The file received and checked; the first of its layout has its columns named and kept under a name."""
    given = GivenFile(kind=kind, name=file.path.name, chunks=[file.path.read_bytes()], as_of=file.as_of)
    with acting_for(by.institution_id):
        found = receive_file(given, by=by, enqueue=False)
    layout = file.mapping
    if layout is not None and found.mapping_id is None:
        if found.state != ImportState.MAPPING:
            run_import(found.uuid)
        with acting_for(by.institution_id):
            set_columns(
                import_uuid=found.uuid,
                columns=layout.columns,
                values=layout.values,
                save_as=layout.name,
                by=by,
                enqueue=False,
            )
    run_import(found.uuid)
    return found.uuid
