"""The monitoring plan on the screen: the tree with figures, the calendar with what is late."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from spoiwo.kernel.actor import Actor
from spoiwo.monitoring import queries
from spoiwo.monitoring.models import Collection, IndicatorVersion
from spoiwo.monitoring.queries.plans import Branch
from spoiwo.monitoring.rules.aims import aims_of
from spoiwo.monitoring.rules.drawing import charts
from spoiwo.monitoring.rules.progress import way_gone
from spoiwo.monitoring.tables.cards import name_of
from spoiwo.monitoring.tables.figures import number, places_of, told
from spoiwo.monitoring.types import Found

REGION = 2


def tree_rows(branches: Sequence[Branch]) -> list[dict[str, Any]]:
    """Objectives with their indicators, newest figures and targets."""
    return [
        {
            "name": branch.objective.name,
            "depth": branch.depth,
            "indicators": [_indicator(version) for version in branch.versions],
        }
        for branch in branches
    ]


def _indicator(version: IndicatorVersion) -> dict[str, str]:
    newest, places = newest_of(version), places_of(version)
    aims = aims_of(version.aims)
    goal = max(aims.targets, default="")
    return {
        "code": version.indicator.code,
        "name": name_of(version),
        "value": told(newest, places) if newest else ".",
        "period": newest.period if newest else "",
        "target": f"{number(aims.targets[goal], places)} ({goal})" if goal else "",
    }


def newest_of(version: IndicatorVersion) -> Found | None:
    """The newest published figure of the region that is not broken down."""
    found = [one for one in queries.published(version) if one.level == REGION and not any(one.cell)]
    return max(found, key=lambda one: one.period, default=None)


def progress_picture(title: str, branches: Sequence[Branch]) -> str:
    """How far the indicators with targets have come; empty when none has one."""
    rows = []
    versions = {version.pk: version for branch in branches for version in branch.versions}
    for version in versions.values():
        aims = aims_of(version.aims)
        if not aims.targets:
            continue
        newest = newest_of(version)
        gone = way_gone(aims, newest.value if newest else None)
        text = "." if gone is None else f"{number(round(gone * 100))}\u00a0%"
        rows.append((name_of(version), gone, text))
    return (
        charts.progress(_("Way from the baseline to the target: %(name)s") % {"name": title}, rows)
        if rows
        else ""
    )


def calendar_rows(
    collections: Sequence[Collection], day: date, actor: Actor, *, may_change: bool
) -> list[dict[str, Any]]:
    """Deliveries with their state; may_mark: whether the reader may note that the data came in."""
    rows = []
    for one in collections:
        is_late = one.done_on is None and one.due_on < day
        came_late = one.done_on is not None and one.done_on > one.due_on
        state, tone = _("awaited"), ""
        if one.done_on is not None:
            state, tone = (_("delivered late"), "soon") if came_late else (_("delivered in time"), "ok")
        elif is_late:
            state, tone = _("overdue"), "late"
        rows.append(
            {
                "one": one,
                "state": state,
                "tone": tone,
                "may_mark": one.done_on is None and (may_change or one.owner_id == actor.institution_id),
            }
        )
    return rows
