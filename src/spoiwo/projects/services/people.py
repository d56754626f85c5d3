"""People in projects: recruiting them, their way through the project, the support they get, the work they find."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction

from spoiwo.clients.queries import own_records
from spoiwo.clients.services.people import new_people
from spoiwo.kernel.actor import Actor
from spoiwo.kernel.text import polish_sort_key, search_key
from spoiwo.projects.errors import NoSuchRow, TakesPartAlready, WrongStep
from spoiwo.projects.models import Participant, Support, WorkResult
from spoiwo.projects.rules import taking_part as rules
from spoiwo.projects.services.log import record
from spoiwo.projects.services.projects import own_project
from spoiwo.projects.types import (
    LeavingReason,
    ParticipantDetails,
    ParticipantState,
    SupportDetails,
    SupportKind,
    SupportState,
    WorkKind,
)

BATCH = 500


@transaction.atomic
def ask_people(
    uuid: UUID, people: Sequence[ParticipantDetails], *, asked_on: date, by: Actor
) -> list[Participant]:
    """Write down whom the project was offered to. Raises NoSuchRow, TakesPartAlready."""
    project = own_project(uuid, by)
    records = {one.record: own_records.own_record(by, one.record) for one in people if one.record is not None}
    if None in records.values():
        raise NoSuchRow
    known = [row.pk for row in records.values() if row is not None]
    if Participant.objects.filter(project=project, record__in=known).exists():
        raise TakesPartAlready
    rows = [
        Participant(
            institution_id=by.institution_id,
            project=project,
            person_id=person,
            record=records[one.record] if one.record else None,
            first_name=one.first_name.strip(),
            last_name=one.last_name.strip(),
            birth_date=one.birth_date,
            sort_key=polish_sort_key(f"{one.last_name} {one.first_name}"),
            search_key=search_key(f"{one.last_name} {one.first_name}"),
            asked_on=asked_on,
        )
        for one, person in zip(people, new_people(len(people)), strict=True)
    ]
    made = Participant.objects.bulk_create(rows, batch_size=BATCH)
    record(by, "project", uuid, count=len(made))
    return made


@transaction.atomic
def move_participant(
    uuid: UUID,
    *,
    to: ParticipantState,
    on: date,
    reason: LeavingReason | None = None,
    note: str = "",
    by: Actor,
) -> Participant:
    """Take somebody in, let them finish, or write down why they left.

    Raises NoSuchRow, WrongStep, ReasonMissing, OutsideProject, EndsBeforeStart.
    """
    row = _participant(uuid, by)
    rules.check_step(ParticipantState(row.state), to, reason)
    if to is ParticipantState.TAKING_PART:
        rules.check_within(on, starts_on=row.project.starts_on, ends_on=row.project.ends_on)
        row.joined_on = on
    elif to is ParticipantState.CANDIDATE:
        row.asked_on, row.ended_on = on, None
    else:
        rules.check_days(row.joined_on or row.asked_on, on)
        row.ended_on = on
    row.state = to
    row.reason = reason if reason and to in rules.LEAVING else ""
    row.reason_note = note.strip()
    row.save(update_fields=["state", "asked_on", "joined_on", "ended_on", "reason", "reason_note"])
    record(by, "participant", uuid, person=row.person_id)
    return row


@transaction.atomic
def give_support(uuid: UUID, details: SupportDetails, *, by: Actor) -> Support:
    """Write down a piece of support; an internship lasts six months unless an end is given.

    Raises NoSuchRow, WrongStep for somebody who does not take part, OutsideProject, EndsBeforeStart.
    """
    row = _participant(uuid, by)
    (made,) = _write([(row, details)])
    record(by, "participant", uuid, person=row.person_id)
    return made


@transaction.atomic
def give_support_to_many(given: Sequence[tuple[Participant, SupportDetails]], *, by: Actor) -> list[Support]:
    """Write down much support at once, all or none. Raises what give_support raises."""
    known = Participant.objects.visible_to(by).select_for_update().select_related("project")
    rows = known.in_bulk({one.pk for one, _details in given})
    if any(one.pk not in rows for one, _details in given):
        raise NoSuchRow
    made = _write([(rows[one.pk], details) for one, details in given])
    if made:
        record(by, "project", made[0].participant.project.uuid, count=len(made))
    return made


@transaction.atomic
def end_support(uuid: UUID, *, state: SupportState, on: date, reason: str = "", by: Actor) -> Support:
    """Write down that support was completed or broken off. Raises NoSuchRow, WrongStep, EndsBeforeStart."""
    row: Support | None = Support.objects.visible_to(by).select_for_update().filter(uuid=uuid).first()
    if row is None:
        raise NoSuchRow(str(uuid))
    if row.state != SupportState.GOING or state is SupportState.GOING:
        raise WrongStep(row.state)
    rules.check_days(row.starts_on, on)
    row.state, row.ends_on, row.reason = state, on, reason.strip()
    row.save(update_fields=["state", "ends_on", "reason"])
    record(by, "participant", row.participant.uuid, person=row.participant.person_id)
    return row


@transaction.atomic
def note_work(
    uuid: UUID,
    *,
    kind: WorkKind,
    starts_on: date,
    employer: str = "",
    ends_on: date | None = None,
    source: str = "",
    by: Actor,
) -> WorkResult:
    """Write down work that somebody took up and on whose word it is known. Raises NoSuchRow, EndsBeforeStart."""
    row = _participant(uuid, by)
    rules.check_days(starts_on, ends_on)
    made = WorkResult.objects.create(
        institution_id=by.institution_id,
        participant=row,
        kind=kind,
        employer=employer,
        starts_on=starts_on,
        ends_on=ends_on,
        source=source,
    )
    record(by, "participant", uuid, person=row.person_id)
    return made


def _participant(uuid: UUID, by: Actor) -> Participant:
    rows: Any = Participant.objects.visible_to(by).select_for_update(of=("self",))
    row: Participant | None = rows.select_related("project").filter(uuid=uuid).first()
    if row is None:
        raise NoSuchRow(str(uuid))
    return row


def _write(given: Sequence[tuple[Participant, SupportDetails]]) -> list[Support]:
    rows = [_support(one, details) for one, details in given]
    return Support.objects.bulk_create(rows, batch_size=BATCH)


def _support(row: Participant, details: SupportDetails) -> Support:
    if row.joined_on is None:
        raise WrongStep(row.state)
    project = row.project
    rules.check_within(details.starts_on, starts_on=project.starts_on, ends_on=project.ends_on)
    ends_on = details.ends_on
    if ends_on is None and details.kind is SupportKind.INTERNSHIP:
        ends_on = min(rules.end_of_internship(details.starts_on), project.ends_on)
    rules.check_days(details.starts_on, ends_on)
    return Support(
        institution_id=row.institution_id,
        participant=row,
        record_id=row.record_id,
        kind=details.kind,
        name=details.name,
        starts_on=details.starts_on,
        ends_on=ends_on,
        hours=details.hours,
        cost_pln=details.cost_pln,
        employer=details.employer,
    )
