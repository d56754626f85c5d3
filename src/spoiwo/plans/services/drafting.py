"""Writing a draft, section by section; two people who change different sections do not meet.

`seen` is the edit version that the form showed. When the section was changed since, nothing is saved and Conflict
tells both values; sending the version it names along saves all the same.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from spoiwo.kernel.actor import Actor
from spoiwo.plans.errors import Incomplete, NoSuchThing
from spoiwo.plans.models import JointPlan, PlanVersion
from spoiwo.plans.rules import content as texts
from spoiwo.plans.rules.checks import faults_of_support
from spoiwo.plans.services.reaching import locked_plan, version_under_way
from spoiwo.plans.types import ActionDraft, Content, GoalDraft, Paper, Payment, VersionState, Worker
from spoiwo.toolkit.conflicts import Conflict, differences

Values = Mapping[str, object]


@transaction.atomic
def save_basics(
    uuid: UUID, *, problem: str, starts_on: date, ends_on: date, seen: int, at: datetime, by: Actor
) -> PlanVersion:
    """The problem and the days of the plan. Raises NoSuchThing, NotEditable, Conflict."""
    plan, version, content = _draft(uuid, by)
    yours = {"problem": problem, "starts_on": starts_on, "ends_on": ends_on}
    saved = {name: getattr(content, name) for name in yours}
    _refuse_conflict(version, "basics", seen, yours, saved)
    changed = replace(content, problem=problem, starts_on=starts_on, ends_on=ends_on)
    if version.number == 1:
        plan.starts_on, plan.ends_on = starts_on, ends_on
        plan.save(update_fields=["starts_on", "ends_on"])
    return _save(version, changed, "basics", at, by)


@transaction.atomic
def save_goal(uuid: UUID, *, goal: GoalDraft, seen: int, at: datetime, by: Actor) -> PlanVersion:
    """A goal, new or changed; its actions stay as they are. Raises NoSuchThing when it was removed meanwhile,
    NotEditable, Conflict.
    """
    _plan, version, content = _draft(uuid, by)
    section = f"goal:{goal.key}"
    if section in version.marks or goal.key in {one.key for one in content.goals}:
        saved = _values(texts.goal_of(content, goal.key))
        _refuse_conflict(version, section, seen, _values(goal), saved)
    return _save(version, texts.with_goal(content, goal), section, at, by)


@transaction.atomic
def save_action(
    uuid: UUID, *, goal: str, action: ActionDraft, seen: int, at: datetime, by: Actor
) -> PlanVersion:
    """An action of a goal, new or changed. Raises NoSuchThing when it or its goal was removed, NotEditable,
    Conflict.
    """
    _plan, version, content = _draft(uuid, by)
    section = f"action:{action.key}"
    known = {one.key for _goal, one in texts.actions_of(content)}
    if section in version.marks or action.key in known:
        saved = _values(texts.action_of(content, action.key))
        _refuse_conflict(version, section, seen, _values(action), saved)
    return _save(version, texts.with_action(content, goal, action), section, at, by)


@transaction.atomic
def remove(uuid: UUID, *, key: str, seen: int, at: datetime, by: Actor) -> PlanVersion:
    """Take a goal with its actions, or one action, out of the draft.

    Raises NoSuchThing, NotEditable, and Conflict when somebody has changed it since.
    """
    _plan, version, content = _draft(uuid, by)
    left = texts.without(content, key)
    if left == content:
        raise NoSuchThing(key)
    goal = next((one for one in content.goals if one.key == key), None)
    part: GoalDraft | ActionDraft = goal or texts.action_of(content, key)
    section = f"{'goal' if goal else 'action'}:{key}"
    _refuse_conflict(version, section, seen, {"text": ""}, {"text": part.text})
    return _save(version, left, section, at, by)


@transaction.atomic
def save_support(
    uuid: UUID, *, payments: Sequence[Payment], seen: int, at: datetime, by: Actor
) -> PlanVersion:
    """The schedule of financial support. Raises Incomplete when amounts rise, NoSuchThing, NotEditable, Conflict."""
    found = faults_of_support(payments)
    if found:
        raise Incomplete(found)
    _plan, version, content = _draft(uuid, by)
    ordered = tuple(sorted(payments, key=lambda one: one.from_on))
    _refuse_conflict(version, "support", seen, {"payments": ordered}, {"payments": content.payments})
    return _save(version, replace(content, payments=ordered), "support", at, by)


@transaction.atomic
def add_paper(uuid: UUID, *, paper: Paper, at: datetime, by: Actor) -> PlanVersion:
    """Link a statutory paper; twice does no harm. Raises NoSuchThing, NotEditable."""
    _plan, version, content = _draft(uuid, by)
    papers = (*(one for one in content.papers if one != paper), paper)
    return _save(version, replace(content, papers=papers), "papers", at, by)


@transaction.atomic
def remove_paper(uuid: UUID, *, number: str, at: datetime, by: Actor) -> PlanVersion:
    """Take the papers of this number out. Raises NoSuchThing, NotEditable."""
    _plan, version, content = _draft(uuid, by)
    left = tuple(one for one in content.papers if one.number != number)
    if left == content.papers:
        raise NoSuchThing(number)
    return _save(version, replace(content, papers=left), "papers", at, by)


@transaction.atomic
def save_workers(uuid: UUID, *, workers: Sequence[Worker], seen: int, at: datetime, by: Actor) -> PlanVersion:
    """Who works with the person. Raises NoSuchThing, NotEditable, Conflict."""
    _plan, version, content = _draft(uuid, by)
    _refuse_conflict(version, "workers", seen, {"workers": tuple(workers)}, {"workers": content.workers})
    return _save(version, replace(content, workers=tuple(workers)), "workers", at, by)


def _draft(uuid: UUID, by: Actor) -> tuple[JointPlan, PlanVersion, Content]:
    plan = locked_plan(uuid, by)
    version = version_under_way(plan, VersionState.DRAFT)
    return plan, version, texts.content_of(version.content)


def _values(part: GoalDraft | ActionDraft) -> dict[str, object]:
    """What a form shows of a part."""
    values = asdict(part)
    for name in ("key", "actions", "responsible_name"):
        values.pop(name, None)
    return values


def _refuse_conflict(version: PlanVersion, section: str, seen: int, yours: Values, saved: Values) -> None:
    changed_in, account, at = version.marks.get(section, (0, 0, ""))
    if changed_in <= seen:
        return
    found = differences(yours, saved)
    if found:
        raise Conflict(
            found,
            version=version.edit_version,
            saved_by_user_id=account,
            saved_at=datetime.fromisoformat(at),
        )


def _save(version: PlanVersion, content: Content, section: str, at: datetime, by: Actor) -> PlanVersion:
    version.edit_version += 1
    version.marks = {**version.marks, section: [version.edit_version, by.user_id, at.isoformat()]}
    version.content = texts.text_of(content)
    version.save(update_fields=["edit_version", "marks", "content"])
    return version
