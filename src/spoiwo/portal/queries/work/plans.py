"""What joint plans wait for: reviews, actions, signatures."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext

from spoiwo.institutions.types import Role
from spoiwo.plans.queries import acting
from spoiwo.portal.types import Desk, WorkItem, WorkSection
from spoiwo.toolkit.templatetags.spoiwo import pl_date

SHOWN = 20


def plans(desk: Desk) -> Iterator[WorkSection]:
    """Reviews and actions due within a week, and late ones; plans that wait for the institution's signature."""
    if not desk.worker.has_any(Role.CASE_WORKER):
        return
    found = acting.today_of(desk.worker, day=desk.day)
    for title, rows, deed in (
        (gettext("Reviews of plans"), found.reviews, _review),
        (gettext("Actions of plans"), found.actions, _action),
        (gettext("Plans to be signed"), found.to_sign, _signature),
    ):
        if rows:
            yield WorkSection(
                title=title,
                items=[_item(one, desk.day, deed(one)) for one in rows[:SHOWN]],
                more_url=reverse("plans:today"),
                more_label=gettext("My plans today"),
            )


def _review(one: acting.Waiting) -> dict[str, Any]:
    return {
        "action": gettext("Hold the review"),
        "action_url": reverse("plans:review", args=[one.plan.uuid]),
    }


def _action(one: acting.Waiting) -> dict[str, Any]:
    assert one.action is not None
    return {
        "action": gettext("Done"),
        "post_url": reverse("plans:done", args=[one.action.uuid]),
        "detail": one.action.text,
    }


def _signature(one: acting.Waiting) -> dict[str, Any]:
    return {
        "action": gettext("Read and sign"),
        "action_url": reverse("plans:draft", args=[one.plan.uuid]),
    }


def _item(one: acting.Waiting, day: date, deed: dict[str, Any]) -> WorkItem:
    name = f"{one.name.last_name} {one.name.first_name}" if one.name else one.plan.number
    return WorkItem(
        tag=pl_date(one.on, "relative"),
        tone="late" if one.on < day else "soon",
        title=name,
        url=reverse("plans:plan", args=[one.plan.uuid]),
        **deed,
    )
