"""Support paths: reading a template, and which stage may be passed when."""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from spoiwo.support.errors import BadTemplate, StageNotReady
from spoiwo.support.types import Check, PathPlan, RecipientKind, Stage


def read_plan(data: Mapping[str, Any]) -> PathPlan:
    """The plan in a template. Raises BadTemplate for what cannot be walked: unknown stages, circles, codes twice."""
    try:
        plan = PathPlan(
            code=str(data["code"]),
            name_pl=str(data["name_pl"]),
            name_en=str(data["name_en"]),
            recipient=RecipientKind(data["recipient"]),
            stages=tuple(_stage(one) for one in data["stages"]),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise BadTemplate(str(error)) from error
    _check_walkable(plan)
    return plan


def stage_of(plan: PathPlan, code: str) -> Stage | None:
    """The stage of this code."""
    return next((stage for stage in plan.stages if stage.code == code), None)


def check_may_pass(stage: Stage, *, done: Collection[str], passed: Collection[str]) -> None:
    """Refuse to pass a stage with open lines, or before those it follows. done: codes of its own lines."""
    open_checks = [check.code for check in stage.checks if check.code not in done]
    open_stages = [code for code in stage.after if code not in passed]
    if open_checks or open_stages:
        raise StageNotReady(open_checks, open_stages)


def is_finished(plan: PathPlan, passed: Collection[str]) -> bool:
    """Whether every stage is passed."""
    return all(stage.code in passed for stage in plan.stages)


def open_stages(plan: PathPlan, passed: Collection[str]) -> list[Stage]:
    """Stages that can be worked on now: not passed, all those before passed. Strands run side by side."""
    return [
        stage
        for stage in plan.stages
        if stage.code not in passed and all(before in passed for before in stage.after)
    ]


def due_on(stage: Stage, passed_on: Mapping[str, date]) -> date | None:
    """When a stage that waits some months falls due; None when it need not wait, or its wait has not begun."""
    if not stage.months_after or any(before not in passed_on for before in stage.after):
        return None
    since = max(passed_on[before] for before in stage.after)
    months = since.year * 12 + since.month - 1 + stage.months_after
    year, month = divmod(months, 12)
    first_of_next = date(year + (month + 1) // 12, (month + 1) % 12 + 1, 1)
    last = date.fromordinal(first_of_next.toordinal() - 1).day
    return date(year, month + 1, min(since.day, last))


def _stage(data: Mapping[str, Any]) -> Stage:
    return Stage(
        code=str(data["code"]),
        name_pl=str(data["name_pl"]),
        name_en=str(data["name_en"]),
        after=tuple(data.get("after", ())),
        checks=tuple(
            Check(str(one["code"]), str(one["name_pl"]), str(one["name_en"]))
            for one in data.get("checks", ())
        ),
        months_after=int(data.get("months_after", 0)),
    )


def _check_walkable(plan: PathPlan) -> None:
    codes = [stage.code for stage in plan.stages]
    if not codes or len(set(codes)) != len(codes):
        raise BadTemplate("codes")
    for stage in plan.stages:
        lines = [check.code for check in stage.checks]
        if len(set(lines)) != len(lines):
            raise BadTemplate(stage.code)
    passed: set[str] = set()
    while ready := [stage.code for stage in open_stages(plan, passed)]:
        passed.update(ready)
    if passed != set(codes):
        raise BadTemplate(", ".join(sorted(set(codes) - passed)))
