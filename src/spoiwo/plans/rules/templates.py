"""From a template to a first draft: days are counted from the plan's first day."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
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
    frame = _Frame(starts_on, ends_on, {**owner_of, "person": PERSON}, parties[0], new_key)
    return Content(
        parties=parties,
        starts_on=starts_on,
        ends_on=ends_on,
        problem=template["problem"],
        goals=tuple(frame.goal(one) for one in template["goals"]),
    )


@dataclass(frozen=True, slots=True)
class _Frame:
    """What turns parts of a template into parts of a draft."""

    starts_on: date
    ends_on: date
    owner_of: Mapping[str, int]
    otherwise: int
    new_key: Callable[[], str]

    def goal(self, one: Mapping[str, Any]) -> GoalDraft:
        """A goal with its actions."""
        return GoalDraft(
            key=self.new_key(),
            text=one["text"],
            measure=one["measure"],
            baseline=one["baseline"],
            target=one["target"],
            due_on=self._day(one["due"]),
            actions=tuple(self._action(action) for action in one["actions"]),
        )

    def _action(self, one: Mapping[str, Any]) -> ActionDraft:
        return ActionDraft(
            key=self.new_key(),
            text=one["text"],
            area=Area(one["area"]),
            owner=self.owner_of.get(one["owner"], self.otherwise),
            service=one["service"],
            starts_on=self._day(one["after"]),
            due_on=self._day(one["due"]),
            evidence=one["evidence"],
        )

    def _day(self, days: int) -> date:
        return min(self.starts_on + timedelta(days=days), self.ends_on)


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
