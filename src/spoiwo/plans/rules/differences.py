"""What one version of a plan says differently from another, field by field."""

from collections.abc import Iterator, Mapping
from dataclasses import fields

from spoiwo.plans.rules.content import actions_of
from spoiwo.plans.types import ActionDraft, Content, FieldChange, GoalDraft, Paper, Payment, Worker

Part = GoalDraft | ActionDraft | Payment | Paper | Worker
NOT_COMPARED = frozenset({"key", "actions", "responsible", "user"})


def changes(before: Content, after: Content) -> list[FieldChange]:
    """Every field that differs, things that were added or taken out included; nothing when both say the same."""
    found = [
        FieldChange("plan", "", name, getattr(before, name), getattr(after, name))
        for name in ("problem", "starts_on", "ends_on", "parties")
        if getattr(before, name) != getattr(after, name)
    ]
    for part, old, new in (
        ("goal", _goals(before), _goals(after)),
        ("action", _actions(before), _actions(after)),
        ("payment", _payments(before), _payments(after)),
        ("paper", _papers(before), _papers(after)),
        ("worker", _workers(before), _workers(after)),
    ):
        found += _of_parts(part, old, new)
    return found


def _of_parts(part: str, old: Mapping[str, Part], new: Mapping[str, Part]) -> Iterator[FieldChange]:
    for key in dict.fromkeys([*old, *new]):
        before, after = old.get(key), new.get(key)
        if before is None or after is None:
            yield FieldChange(part, label_of(after or before), "", before, after)
            continue
        for one in fields(after):
            values = getattr(before, one.name), getattr(after, one.name)
            if one.name not in NOT_COMPARED and values[0] != values[1]:
                yield FieldChange(part, label_of(after), one.name, *values)


def label_of(part: Part | None) -> str:
    """The words by which people know a part of a plan."""
    match part:
        case GoalDraft() | ActionDraft():
            return part.text
        case Payment():
            return part.from_on.isoformat()
        case Paper():
            return part.number
        case Worker():
            return part.name
    return ""


def _goals(content: Content) -> dict[str, Part]:
    return {goal.key: goal for goal in content.goals}


def _actions(content: Content) -> dict[str, Part]:
    return {action.key: action for _goal, action in actions_of(content)}


def _payments(content: Content) -> dict[str, Part]:
    return {one.from_on.isoformat(): one for one in content.payments}


def _papers(content: Content) -> dict[str, Part]:
    return {f"{one.kind}:{one.owner}:{one.number}": one for one in content.papers}


def _workers(content: Content) -> dict[str, Part]:
    return {f"{one.role}:{one.institution}:{one.user}": one for one in content.workers}
