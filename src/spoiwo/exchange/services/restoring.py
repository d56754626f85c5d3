"""Putting the former state of a register back in force: an import without a file, undone the same way."""

from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone

from spoiwo.audit import services as audit
from spoiwo.audit.types import Action, Entry
from spoiwo.clients.services import restoring
from spoiwo.clients.services.publishing import StagedExtract, next_generation, publish_extract
from spoiwo.clients.types import RegisterKind
from spoiwo.exchange.errors import ImportUnderWay, NoSuchImport, NothingToRestore
from spoiwo.exchange.models import RegisterImport
from spoiwo.exchange.services.leases import Lease
from spoiwo.exchange.services.receiving import RUN
from spoiwo.exchange.services.targets import target_for
from spoiwo.exchange.types import ImportState
from spoiwo.kernel.actor import Actor
from spoiwo.toolkit import jobs

OUTCOME = "restored"


def former_state(register_import: RegisterImport) -> restoring.Former | None:
    """What would be in force again; None when the import is not the newest, or nothing came before it."""
    kind = RegisterKind(register_import.kind)
    institution_id, generation = register_import.institution_id, register_import.generation
    is_newest = generation == next_generation(institution_id, kind) - 1
    if register_import.state != ImportState.DONE or not is_newest:
        return None
    if RegisterImport.objects.under_way().filter(institution_id=institution_id, kind=kind).exists():
        return None
    return restoring.former_extract(institution_id, kind, generation)


def restore_former(*, import_uuid: UUID, by: Actor, enqueue: bool = True) -> RegisterImport:
    """Begin to put back what was in force before this import.

    Raises NoSuchImport, NothingToRestore (not the newest import, or the first one), ImportUnderWay.
    """
    found = RegisterImport.objects.visible_to(by).filter(uuid=import_uuid).first()
    if found is None or not by.has_any("registrar"):
        raise NoSuchImport(str(import_uuid))
    former = former_state(found)
    if former is None:
        raise NothingToRestore(str(import_uuid))
    begun = RegisterImport(
        institution_id=found.institution_id,
        kind=found.kind,
        state=ImportState.STAGING,
        as_of=former.as_of,
        file_name=former.file_name,
        file_sha256=former.file_sha256,
        file_bytes=0,
        generation=found.generation + 1,
        restores=former.generation,
        started_by_user_id=by.user_id,
        decided_by_user_id=by.user_id,
    )
    try:
        with transaction.atomic():
            begun.save(force_insert=True)
            audit.append(_entry(begun, by))
            if enqueue:
                jobs.enqueue(RUN, import_uuid=str(begun.uuid))
    except IntegrityError as error:
        raise ImportUnderWay(found.kind) from error
    return begun


def stage_back(lease: Lease) -> None:
    """Stage the former values in short commits and publish them. Raises LeaseLost, GenerationTaken.

    May be called again after a crash: what is staged stays.
    """
    register_import = lease.load()
    place = {
        "institution_id": lease.institution_id,
        "kind": lease.kind,
        "of": register_import.generation - 1,
        "generation": register_import.generation,
    }
    done = 0
    for step in (restoring.end_what_came, restoring.bring_back_what_went):
        moved = 1
        while moved:
            with lease.commit(rows_done=done):
                moved = step(**place)  # type: ignore[arg-type]
            done += moved
            lease.tell(ImportState.STAGING, done, 0)
    _publish(lease, register_import)


def _publish(lease: Lease, register_import: RegisterImport) -> None:
    now, generation = timezone.now(), register_import.generation
    with lease.reading():
        vanished = target_for(lease.kind, lease.institution_id).count_vanished(generation)
        tally = restoring.tally_of(
            institution_id=lease.institution_id, kind=lease.kind, generation=generation, vanished=vanished
        )
    rows = tally.new + tally.changed + tally.unchanged
    figures = {"rows": rows, "vanished": vanished} | {
        "new": tally.new,
        "changed": tally.changed,
        "unchanged": tally.unchanged,
    }
    with lease.commit(state=ImportState.SETTLING, published_at=now, attempts=0, rows_done=0, **figures):
        publish_extract(
            StagedExtract(
                institution_id=lease.institution_id,
                kind=lease.kind,
                generation=generation,
                as_of=register_import.as_of,
                file_name=register_import.file_name,
                file_sha256=register_import.file_sha256,
                rows=rows,
                tally=tally,
                vanished=vanished,
                rejected=0,
                outcome=OUTCOME,
            ),
            now=now,
            user_id=register_import.decided_by_user_id,
        )


def _entry(begun: RegisterImport, by: Actor) -> Entry:
    return Entry(
        institution_id=begun.institution_id,
        institution_acting_id=by.institution_id,
        action=Action.IMPORT_STARTED,
        actor_user_id=by.user_id,
        object_ref=f"import:{begun.uuid}",
        outcome=OUTCOME,
        digest=bytes.fromhex(begun.file_sha256),
    )
