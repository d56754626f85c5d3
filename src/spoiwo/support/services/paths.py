"""Support paths: beginning, passing stages, finishing or leaving."""

from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction

from spoiwo.kernel.actor import Actor
from spoiwo.support.errors import NoSuchRow, PathEnded, StageNotReady, WrongRecipient
from spoiwo.support.models import Entity, Path, PathCheck, PathStage, PathTemplate
from spoiwo.support.rules import paths as rules
from spoiwo.support.services.cases import recipient_columns
from spoiwo.support.services.log import record
from spoiwo.support.types import PathState, RecipientKind, RecipientRef

FOUNDING = "founding"


@transaction.atomic
def add_template(plan: dict[str, Any], *, by: Actor) -> PathTemplate:
    """A new kind of path, or a new version of one; paths under way keep the version they began with.

    Raises BadTemplate.
    """
    read = rules.read_plan(plan)
    same = PathTemplate.objects.select_for_update().filter(code=read.code).order_by("-version")
    newest = same.first()
    same.update(is_current=False)
    made = PathTemplate.objects.create(
        code=read.code,
        version=newest.version + 1 if newest else 1,
        institution_id=by.institution_id,
        plan=plan,
    )
    record(by, "path-template", made.pk)
    return made


@transaction.atomic
def begin_path(*, template_id: int, recipient: RecipientRef, opened_on: date, by: Actor) -> Path:
    """Set a recipient on a path. Raises NoSuchRow, WrongRecipient."""
    template = PathTemplate.objects.filter(pk=template_id, is_current=True).first()
    if template is None:
        raise NoSuchRow(str(template_id))
    wanted = rules.read_plan(template.plan).recipient
    if recipient.kind is not wanted and not (
        wanted is RecipientKind.GROUP and recipient.kind is RecipientKind.PERSON
    ):
        raise WrongRecipient
    path = Path.objects.create(
        institution_id=by.institution_id,
        template=template,
        opened_on=opened_on,
        adviser_id=by.user_id,
        **recipient_columns(recipient, by),
    )
    record(by, "path", path.uuid)
    return path


@transaction.atomic
def tick(uuid: UUID, *, stage: str, check: str, done_on: date, by: Actor) -> None:
    """Write down that a line of a checklist is done; twice does no harm. Raises NoSuchRow, PathEnded."""
    path = _open(uuid, by)
    found = rules.stage_of(rules.read_plan(path.template.plan), stage)
    if found is None or check not in {one.code for one in found.checks}:
        raise NoSuchRow(f"{stage} {check}")
    PathCheck.objects.get_or_create(
        path=path,
        stage=stage,
        code=check,
        defaults={"institution_id": path.institution_id, "done_on": done_on, "done_by_id": by.user_id},
    )
    record(by, "path", uuid)


@transaction.atomic
def pass_stage(
    uuid: UUID, *, stage: str, passed_on: date, by: Actor, founded: UUID | None = None, plan_refs: str = ""
) -> Path:
    """Pass a stage whose gate is open; after the last one the path is finished.

    founded: the entity, for the stage on which one begins. plan_refs: numbers of the workers' joint plans.
    Raises StageNotReady, NoSuchRow, PathEnded.
    """
    path = _open(uuid, by)
    plan = rules.read_plan(path.template.plan)
    found = rules.stage_of(plan, stage)
    passed = set(path.stages.values_list("code", flat=True))
    if found is None or stage in passed:
        raise NoSuchRow(stage)
    done = set(path.checks.filter(stage=stage).values_list("code", flat=True))
    rules.check_may_pass(found, done=done, passed=passed)
    if stage == FOUNDING:
        path.founded = _entity(founded, by)
    PathStage.objects.create(
        institution_id=path.institution_id,
        path=path,
        code=stage,
        passed_on=passed_on,
        passed_by_id=by.user_id,
    )
    path.plan_refs = plan_refs or path.plan_refs
    if rules.is_finished(plan, passed | {stage}):
        path.state, path.ended_on = PathState.FINISHED, passed_on
    path.save(update_fields=["state", "ended_on", "founded", "plan_refs"])
    record(by, "path", uuid)
    return path


@transaction.atomic
def leave_path(uuid: UUID, *, reason: str, on: date, by: Actor) -> Path:
    """End a path before its last stage. Raises NoSuchRow, PathEnded."""
    path = _open(uuid, by)
    path.state, path.ended_on, path.exit_reason = PathState.LEFT, on, reason
    path.save(update_fields=["state", "ended_on", "exit_reason"])
    record(by, "path", uuid)
    return path


def _open(uuid: UUID, by: Actor) -> Path:
    path: Path | None = Path.objects.visible_to(by).select_for_update().filter(uuid=uuid).first()
    if path is None:
        raise NoSuchRow(str(uuid))
    if path.state != PathState.OPEN:
        raise PathEnded
    return path


def _entity(founded: UUID | None, by: Actor) -> Entity:
    row: Entity | None = Entity.objects.visible_to(by).filter(uuid=founded).first()
    if row is None:
        raise StageNotReady(["entity"], [])
    return row
