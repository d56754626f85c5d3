"""The text of a version: one and the same content gives the same bytes, whoever writes it down."""

import hashlib
import json
from dataclasses import asdict, replace
from datetime import date
from decimal import Decimal
from typing import Any

from spoiwo.plans.errors import NoSuchThing
from spoiwo.plans.types import (
    ActionDraft,
    Area,
    Content,
    GoalDraft,
    Paper,
    PaperKind,
    Payment,
    Worker,
    WorkerRole,
)


def text_of(content: Content) -> str:
    """The content as canonical JSON: sorted names, no spaces, dates as ISO, amounts with two places."""
    return json.dumps(
        asdict(content), ensure_ascii=False, separators=(",", ":"), sort_keys=True, default=_plain
    )


def fingerprint_of(text: str) -> str:
    """SHA-256 of the text, 64 hexadecimal digits: what parties sign and what a print carries."""
    return hashlib.sha256(text.encode()).hexdigest()


def content_of(text: str) -> Content:
    """What `text_of` wrote down."""
    return read_content(json.loads(text))


def read_content(plain: dict[str, Any]) -> Content:
    """Content from its plain form (of JSON)."""
    return Content(
        parties=tuple(plain["parties"]),
        starts_on=date.fromisoformat(plain["starts_on"]),
        ends_on=date.fromisoformat(plain["ends_on"]),
        problem=plain["problem"],
        goals=tuple(_goal(one) for one in plain["goals"]),
        payments=tuple(
            Payment(from_on=date.fromisoformat(one["from_on"]), amount=Decimal(one["amount"]))
            for one in plain["payments"]
        ),
        papers=tuple(
            Paper(
                kind=PaperKind(one["kind"]),
                owner=one["owner"],
                number=one["number"],
                signed_on=date.fromisoformat(one["signed_on"]),
            )
            for one in plain["papers"]
        ),
        workers=tuple(Worker(**{**one, "role": WorkerRole(one["role"])}) for one in plain["workers"]),
    )


def actions_of(content: Content) -> list[tuple[GoalDraft, ActionDraft]]:
    """Every action with its goal, in the order of the plan."""
    return [(goal, action) for goal in content.goals for action in goal.actions]


def goal_of(content: Content, key: str) -> GoalDraft:
    """A goal by its key. Raises NoSuchThing."""
    for goal in content.goals:
        if goal.key == key:
            return goal
    raise NoSuchThing(key)


def action_of(content: Content, key: str) -> ActionDraft:
    """An action by its key. Raises NoSuchThing."""
    for _goal_of_it, action in actions_of(content):
        if action.key == key:
            return action
    raise NoSuchThing(key)


def with_goal(content: Content, goal: GoalDraft) -> Content:
    """The content with the goal in the place of the one with the same key, or at the end; its actions stay."""
    if goal.key not in {one.key for one in content.goals}:
        return replace(content, goals=(*content.goals, goal))
    return replace(
        content,
        goals=tuple(
            replace(goal, actions=one.actions) if one.key == goal.key else one for one in content.goals
        ),
    )


def with_action(content: Content, goal_key: str, action: ActionDraft) -> Content:
    """The content with the action in the place of the one with the same key, or at the end of the goal."""
    goal = goal_of(content, goal_key)
    if action.key in {one.key for one in goal.actions}:
        actions = tuple(action if one.key == action.key else one for one in goal.actions)
    else:
        actions = (*goal.actions, action)
    return replace(
        content,
        goals=tuple(replace(one, actions=actions) if one.key == goal_key else one for one in content.goals),
    )


def without(content: Content, key: str) -> Content:
    """The content without the goal or action of this key."""
    return replace(
        content,
        goals=tuple(
            replace(goal, actions=tuple(one for one in goal.actions if one.key != key))
            for goal in content.goals
            if goal.key != key
        ),
    )


def with_workers(content: Content, workers: tuple[Worker, ...]) -> Content:
    """The content with these workers."""
    return replace(content, workers=workers)


def support_in_all(content: Content) -> Decimal:
    """The sum of the financial support."""
    return sum((one.amount for one in content.payments), Decimal("0.00"))


def _goal(plain: dict[str, Any]) -> GoalDraft:
    return GoalDraft(
        key=plain["key"],
        text=plain["text"],
        measure=plain["measure"],
        baseline=plain["baseline"],
        target=plain["target"],
        due_on=date.fromisoformat(plain["due_on"]),
        actions=tuple(_action(one) for one in plain["actions"]),
    )


def _action(plain: dict[str, Any]) -> ActionDraft:
    days = {name: date.fromisoformat(plain[name]) for name in ("starts_on", "due_on")}
    return ActionDraft(**{**plain, **days, "area": Area(plain["area"])})


def _plain(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return f"{value:.2f}"
    raise TypeError(type(value).__name__)
