"""What people decide about an import: its columns, to continue, to stop."""

from collections.abc import Mapping
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from spoiwo.audit import services as audit
from spoiwo.audit.types import Action, Entry
from spoiwo.clients.services.publishing import next_generation
from spoiwo.clients.types import RegisterKind
from spoiwo.exchange.errors import (
    ManyWouldVanish,
    MappingIncomplete,
    MostWouldVanish,
    NoSuchImport,
    NothingToTake,
    NotNow,
)
from spoiwo.exchange.models import RegisterImport, RejectedRow
from spoiwo.exchange.rules import mapping as rules
from spoiwo.exchange.services import files
from spoiwo.exchange.services.mappings import save_mapping
from spoiwo.exchange.services.receiving import RUN
from spoiwo.exchange.types import ImportState, Layout
from spoiwo.kernel.actor import Actor
from spoiwo.toolkit import jobs

MANY = 5  # one part in so many may vanish without being asked about
MOST = 2  # when more than one part in so many would vanish, the number is typed


@transaction.atomic
def set_columns(
    *,
    import_uuid: UUID,
    columns: Mapping[str, str],
    values: Mapping[str, Mapping[str, str]],
    save_as: str = "",
    by: Actor,
    enqueue: bool = True,
) -> RegisterImport:
    """Say which column is what, and have the file checked (again).

    columns: standard column -> header of the file. save_as: name under which to keep it for later files.
    Raises NoSuchImport, NotNow, MappingIncomplete, MappingNameTaken.
    """
    found = _locked(import_uuid, by, ImportState.MAPPING, ImportState.CHECKED)
    kind = RegisterKind(found.kind)
    chosen = {name: header for name, header in columns.items() if header in found.headers}
    missing = rules.missing_columns(kind, Layout(columns=chosen))
    if missing:
        raise MappingIncomplete(missing)
    found.columns, found.values = chosen, rules.clean_values(kind, chosen, values)
    if save_as:
        found.mapping = save_mapping(
            institution_id=found.institution_id,
            kind=kind,
            name=save_as,
            columns=chosen,
            values=found.values,
            replace=found.mapping_id,
        )
    found.state = ImportState.CHECKING
    found.save()
    if enqueue:
        jobs.enqueue(RUN, import_uuid=str(found.uuid))
    return found


@transaction.atomic
def continue_import(
    *,
    import_uuid: UUID,
    accept_vanishing: bool = False,
    typed: int | None = None,
    by: Actor,
    enqueue: bool = True,
) -> RegisterImport:
    """Take the checked file in.

    accept_vanishing: the file is said to be complete though much is missing. typed: what a person typed as the
    number of rows missing, which counts when it is more than half; None where nobody types, as in commands.
    Raises NoSuchImport, NotNow, NothingToTake, ManyWouldVanish, MostWouldVanish.
    """
    found = _locked(import_uuid, by, ImportState.CHECKED)
    if found.rows == found.rejected:
        first = [(number, name, problem) for number, name, problem, _ in found.first_findings]
        raise NothingToTake(found.problems, first)
    if would_most_vanish(found) and typed is not None:
        if typed != found.vanished:
            raise MostWouldVanish(found.vanished, found.held_before)
    elif would_many_vanish(found) and not accept_vanishing:
        raise ManyWouldVanish(found.vanished, found.held_before)
    found.state = ImportState.STAGING
    found.generation = next_generation(found.institution_id, RegisterKind(found.kind))
    found.decided_by_user_id = by.user_id
    found.rows_done = 0
    found.save()
    if enqueue:
        jobs.enqueue(RUN, import_uuid=str(found.uuid))
    return found


@transaction.atomic
def stop_import(*, import_uuid: UUID, by: Actor) -> RegisterImport:
    """Give the file up; rows that are staged already are removed by the worker. Raises NoSuchImport, NotNow."""
    found = _locked(
        import_uuid, by, ImportState.MAPPING, ImportState.CHECKING, ImportState.CHECKED, ImportState.STAGING
    )
    found.lease_owner = found.lease_until = None
    found.decided_by_user_id = by.user_id
    if found.state == ImportState.STAGING:
        found.state = ImportState.CANCELLING
        found.save()
        jobs.enqueue(RUN, import_uuid=str(found.uuid))
        return found
    found.state = ImportState.CANCELLED
    found.finished_at = timezone.now()
    found.save()
    RejectedRow.objects.filter(register_import=found).delete()
    audit.append(
        Entry(
            institution_id=found.institution_id,
            institution_acting_id=by.institution_id,
            action=Action.IMPORT_REFUSED,
            actor_user_id=by.user_id,
            object_ref=f"import:{found.uuid}",
            outcome=ImportState.CANCELLED.value,
        )
    )
    uuid = found.uuid
    transaction.on_commit(lambda: files.forget_upload(uuid))
    return found


def would_many_vanish(register_import: RegisterImport) -> bool:
    """Whether more than a fifth of what is in force is missing from the file."""
    return register_import.vanished * MANY > register_import.held_before


def would_most_vanish(register_import: RegisterImport) -> bool:
    """Whether more than half of what is in force is missing from the file."""
    return register_import.vanished * MOST > register_import.held_before


def _locked(import_uuid: UUID, by: Actor, *states: ImportState) -> RegisterImport:
    visible = RegisterImport.objects.visible_to(by).select_for_update()
    found = visible.filter(uuid=import_uuid).first()
    if found is None or not by.has_any("registrar"):
        raise NoSuchImport(str(import_uuid))
    if found.state not in states:
        raise NotNow(found.state)
    return found
