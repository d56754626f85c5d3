"""From a template to a first draft: days are counted from the plan's first day."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Any

from spoiwo.plans.rules.employment import months_later
from spoiwo.plans.types import PERSON, ActionDraft, Area, Content, GoalDraft


def drafted(
    template: Mapping[str, Any],
    *,
    starts_on: date,
    parties: tuple[int, ...],
    owner_of: Mapping[str, int],
    new_key: Callable[[], str],
) -> Content:
    """The draft that a template makes.

    template: problem, months, goals with actions; `after` and `due` are days from the first day. owner_of: kind of
    institution ("pup", "ops") -> the party of that kind; without one the first party answers. new_key: makes keys.
    """
    ends_on = months_later(starts_on, template["months"])

    def day(days: int) -> date:
        return min(starts_on + timedelta(days=days), ends_on)

    def action(one: Mapping[str, Any]) -> ActionDraft:
        owner = PERSON if one["owner"] == "person" else owner_of.get(one["owner"], parties[0])
        return ActionDraft(
            key=new_key(),
            text=one["text"],
            area=Area(one["area"]),
            owner=owner,
            service=one["service"],
            starts_on=day(one["after"]),
            due_on=day(one["due"]),
            evidence=one["evidence"],
        )

    return Content(
        parties=parties,
        starts_on=starts_on,
        ends_on=ends_on,
        problem=template["problem"],
        goals=tuple(
            GoalDraft(
                key=new_key(),
                text=goal["text"],
                measure=goal["measure"],
                baseline=goal["baseline"],
                target=goal["target"],
                due_on=day(goal["due"]),
                actions=tuple(action(one) for one in goal["actions"]),
            )
            for goal in template["goals"]
        ),
    )


def as_template(content: Content, kinds: Mapping[int, str]) -> dict[str, Any]:
    """A template made of a plan: what names people stays behind. kinds: party -> kind of institution."""
    start = content.starts_on
    return {
        "problem": "",
        "months": max(1, round((content.ends_on - start).days / 30)),
        "goals": [
            {
                "text": goal.text,
                "measure": goal.measure,
                "baseline": goal.baseline,
                "target": goal.target,
                "due": max((goal.due_on - start).days, 0),
                "actions": [
                    {
                        "text": one.text,
                        "area": one.area.value,
                        "owner": "person" if one.owner == PERSON else kinds.get(one.owner, ""),
                        "after": max((one.starts_on - start).days, 0),
                        "due": max((one.due_on - start).days, 0),
                        "service": one.service,
                        "evidence": one.evidence,
                    }
                    for one in goal.actions
                ],
            }
            for goal in content.goals
        ],
    }
