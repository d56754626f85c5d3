"""Publishing an extract: one number, one row of history, one entry of the log, in one transaction."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from spoiwo.audit import services as audit
from spoiwo.audit.types import Action, Entry
from spoiwo.clients.errors import GenerationTaken
from spoiwo.clients.models import Extract, RegisterState
from spoiwo.clients.types import RegisterKind, Tally


@dataclass(frozen=True, slots=True, kw_only=True)
class StagedExtract:
    """An extract that is staged in full."""

    institution_id: int
    kind: RegisterKind
    generation: int
    as_of: date
    file_name: str
    file_sha256: str
    rows: int
    tally: Tally
    vanished: int
    rejected: int
    outcome: str = "ok"  # of the entry in the log


def next_generation(institution_id: int, kind: RegisterKind) -> int:
    """The generation that the next extract of the institution writes."""
    state = RegisterState.objects.filter(pk=institution_id).first()
    return _generation(state, kind) + 1 if state else 1


def newest_extract(institution_id: int, kind: RegisterKind) -> Extract | None:
    """The extract in force; None before the first."""
    return Extract.objects.filter(institution_id=institution_id, kind=kind).order_by("-generation").first()


@transaction.atomic
def publish_extract(extract: StagedExtract, *, now: datetime, user_id: int) -> Extract:
    """Put the staged generation in force. Raises GenerationTaken when it is not the next one.

    user_id: who decided to take the file in, 0 for the command line.
    """
    _put_in_force(extract)
    published = Extract.objects.create(
        institution_id=extract.institution_id,
        kind=extract.kind,
        generation=extract.generation,
        as_of=extract.as_of,
        file_name=extract.file_name,
        file_sha256=extract.file_sha256,
        rows=extract.rows,
        new=extract.tally.new,
        changed=extract.tally.changed,
        unchanged=extract.tally.unchanged,
        vanished=extract.vanished,
        rejected=extract.rejected,
        published_at=now,
    )
    audit.append(
        Entry(
            institution_id=extract.institution_id,
            institution_acting_id=extract.institution_id,
            action=Action.IMPORT_PUBLISHED,
            actor_user_id=user_id,
            object_ref=f"extract:{published.pk}",
            count=extract.tally.new + extract.tally.changed + extract.vanished,
            digest=bytes.fromhex(extract.file_sha256),
            outcome=extract.outcome,
        )
    )
    return published


def _put_in_force(extract: StagedExtract) -> None:
    RegisterState.objects.get_or_create(pk=extract.institution_id)
    state = RegisterState.objects.select_for_update().get(pk=extract.institution_id)
    if _generation(state, extract.kind) != extract.generation - 1:
        raise GenerationTaken(f"{extract.kind} {extract.generation}")
    if extract.kind is RegisterKind.REGISTER:
        state.generation, state.as_of = extract.generation, extract.as_of
    else:
        state.facts_generation, state.facts_as_of = extract.generation, extract.as_of
    state.save()


def _generation(state: RegisterState, kind: RegisterKind) -> int:
    return state.generation if kind is RegisterKind.REGISTER else state.facts_generation
