"""Running imports: one step after another under a lease, from wherever the last attempt got to."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from spoiwo.audit import services as audit
from spoiwo.audit.types import Action, Entry
from spoiwo.clients.errors import GenerationTaken
from spoiwo.exchange.errors import LeaseLost, UnusableFile
from spoiwo.exchange.models import RegisterImport, RejectedRow
from spoiwo.exchange.services import files
from spoiwo.exchange.services.checking import check
from spoiwo.exchange.services.leases import JOB, MOST_ATTEMPTS, Lease, let_go, take_lease
from spoiwo.exchange.services.receiving import RUN
from spoiwo.exchange.services.restoring import stage_back
from spoiwo.exchange.services.settling import Start, settle
from spoiwo.exchange.services.staging import stage
from spoiwo.exchange.services.targets import target_for
from spoiwo.exchange.types import UNDER_WAY, WORKING, FileProblem, ImportState, Listener
from spoiwo.kernel.sealing import CannotUnseal
from spoiwo.toolkit import jobs
from spoiwo.toolkit.context import acting_for

LEFT_ALONE = timedelta(seconds=60)  # an import whose job has not begun by then is given to the worker again
REJECTED_KEPT = timedelta(days=30)


def run_import(import_uuid: UUID, *, listener: Listener | None = None, start: Start = jobs.enqueue) -> None:
    """Do what the import's state asks for until it waits for a person or is over.

    Does nothing when somebody else is at it. start: how matching is started afterwards.
    Other errors than those of the file leave the import to the next attempt and go on to the caller.
    """
    lease = take_lease(import_uuid, now=timezone.now(), listener=listener)
    if lease is None:
        return
    try:
        _work(lease, start)
    except LeaseLost:
        return
    except BaseException:
        let_go(lease)
        raise


def resume_stale_imports(now: datetime) -> int:
    """Hand imports whose worker died, or whose job was lost, to the worker again; gives their number.

    Call when a worker starts and every minute. Cleans up files that belong to no import.
    """
    with acting_for(0, job=JOB), transaction.atomic():
        stale = RegisterImport.objects.filter(
            Q(lease_until__lt=now) | Q(lease_until__isnull=True, updated_at__lt=now - LEFT_ALONE),
            state__in=WORKING,
        )
        uuids = list(stale.values_list("uuid", flat=True))
        for uuid in uuids:
            jobs.enqueue(RUN, import_uuid=str(uuid))
        known = set(RegisterImport.objects.filter(state__in=UNDER_WAY).values_list("uuid", flat=True))
    for folder in (files.UPLOADS, files.ROWS):
        files.remove_orphans(folder, known, now)
    return len(uuids)


def forget_rejected_rows(now: datetime) -> int:
    """Delete rejected rows of imports that ended a month ago; gives the number of imports. Call daily."""
    with acting_for(0, job=JOB), transaction.atomic():
        old = RegisterImport.objects.filter(
            finished_at__lt=now - REJECTED_KEPT, rejected_rows__isnull=False
        ).distinct()
        pks = list(old.values_list("pk", flat=True))
        RejectedRow.objects.filter(register_import_id__in=pks).delete()
        RegisterImport.objects.filter(pk__in=pks).update(wrapped_key=b"", first_findings=[], unknown_codes={})
    return len(pks)


def _work(lease: Lease, start: Start) -> None:
    try:
        _go_on(lease, start)
    except UnusableFile as problem:
        _refuse(lease, problem)
    except (CannotUnseal, FileNotFoundError):
        _refuse(lease, UnusableFile(FileProblem.DAMAGED_STORE))
    except GenerationTaken:
        _begin_giving_up(lease)
    else:
        return
    _go_on(lease, start)  # what is staged must go


def _go_on(lease: Lease, start: Start) -> None:
    steps = {ImportState.CHECKING: check, ImportState.STAGING: stage, ImportState.CANCELLING: _drop}
    while True:
        register_import = lease.load()
        state = ImportState(register_import.state)
        if register_import.lease_owner != lease.owner:
            return
        if register_import.attempts > MOST_ATTEMPTS and state in {ImportState.CHECKING, ImportState.STAGING}:
            _begin_giving_up(lease)
        elif state is ImportState.SETTLING:
            settle(lease, start)
        else:
            step = stage_back if register_import.restores and state is ImportState.STAGING else steps[state]
            step(lease)


def _begin_giving_up(lease: Lease) -> None:
    with lease.commit(state=ImportState.CANCELLING, problem=FileProblem.GAVE_UP, attempts=0):
        pass


def _drop(lease: Lease) -> None:
    """Remove staged rows in short commits; then the import is over."""
    register_import = lease.load()
    target = target_for(lease.kind, lease.institution_id)
    left = register_import.generation  # 0: nothing was staged
    while left:
        with lease.commit():
            left = target.drop(register_import.generation)
    ends = {"": ImportState.CANCELLED, FileProblem.GAVE_UP.value: ImportState.FAILED}
    _end(lease, register_import, ends.get(register_import.problem, ImportState.REFUSED))


def _refuse(lease: Lease, problem: UnusableFile) -> None:
    register_import = lease.load()
    changes = {
        "problem": problem.problem.value,
        "problem_place": problem.place,
        "problem_details": list(problem.details),
    }
    if register_import.state == ImportState.STAGING:
        with lease.commit(state=ImportState.CANCELLING, **changes):
            return
    with lease.commit(**changes):
        pass
    _end(lease, register_import, ImportState.REFUSED)


def _end(lease: Lease, register_import: RegisterImport, state: ImportState) -> None:
    with lease.commit(state=state, finished_at=timezone.now(), lease_owner=None, lease_until=None):
        audit.append(
            Entry(
                institution_id=lease.institution_id,
                institution_acting_id=lease.institution_id,
                action=Action.IMPORT_REFUSED,
                actor_user_id=register_import.decided_by_user_id,
                object_ref=f"import:{lease.import_uuid}",
                outcome=state.value,
            )
        )
    files.forget_upload(lease.import_uuid)
