"""Keeping projects and the answers of employers."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from uuid import UUID

from django.db import IntegrityError, transaction

from spoiwo.kernel.actor import Actor
from spoiwo.projects import policies
from spoiwo.projects.errors import NoSuchRow, NumberTaken
from spoiwo.projects.models import EmployerContact, Project
from spoiwo.projects.rules import taking_part as rules
from spoiwo.projects.services.log import record
from spoiwo.projects.types import EmployerAnswer, ProjectDetails
from spoiwo.toolkit.conflicts import Conflict, differences


@transaction.atomic
def add_project(details: ProjectDetails, *, by: Actor) -> Project:
    """A new project of the own institution. Raises EndsBeforeStart, NumberTaken, NoSuchRow for others' staff."""
    if not policies.keeps_projects(by):
        raise NoSuchRow
    rules.check_days(details.starts_on, details.ends_on)
    made = Project(institution_id=by.institution_id, changed_by_user_id=by.user_id, **asdict(details))
    _save(made)
    record(by, "project", made.uuid)
    return made


@transaction.atomic
def change_project(
    uuid: UUID, details: ProjectDetails, *, version: int, overwrite: bool = False, by: Actor
) -> Project:
    """Change what is said of a project.

    Raises NoSuchRow, EndsBeforeStart, NumberTaken, and Conflict when somebody saved other values meanwhile.
    """
    row = own_project(uuid, by)
    values: Mapping[str, object] = asdict(details)
    if row.version != version and not overwrite:
        saved = {name: getattr(row, name) for name in values}
        raise Conflict(
            differences(values, saved),
            version=row.version,
            saved_by_user_id=row.changed_by_user_id,
            saved_at=row.changed_at,
        )
    rules.check_days(details.starts_on, details.ends_on)
    for name, value in values.items():
        setattr(row, name, value)
    row.version += 1
    row.changed_by_user_id = by.user_id
    _save(row)
    record(by, "project", uuid)
    return row


@transaction.atomic
def note_employer(
    uuid: UUID, *, employer: str, asked_on: date, answer: EmployerAnswer, note: str = "", by: Actor
) -> EmployerContact:
    """Write down what an employer said when asked for a place. Raises NoSuchRow."""
    project = own_project(uuid, by)
    made = EmployerContact.objects.create(
        institution_id=by.institution_id,
        project=project,
        employer=employer,
        asked_on=asked_on,
        answer=answer,
        note=note,
    )
    record(by, "project", uuid)
    return made


def own_project(uuid: UUID, by: Actor) -> Project:
    """A project whose rows the actor may change, locked. Raises NoSuchRow."""
    row = Project.objects.visible_to(by).select_for_update().filter(uuid=uuid).first()
    if row is None or not policies.keeps_projects(by):
        raise NoSuchRow(str(uuid))
    return row


def _save(row: Project) -> None:
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError:
        raise NumberTaken(row.number) from None
