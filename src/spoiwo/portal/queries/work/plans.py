"""What joint plans wait for: reviews, actions, signatures, what is known of employment afterwards."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext, ngettext

from spoiwo.institutions.types import Role
from spoiwo.plans.queries import acting, leaving
from spoiwo.portal.types import Desk, WorkItem, WorkSection
from spoiwo.toolkit.templatetags.spoiwo import pl_date


def plans(desk: Desk) -> Iterator[WorkSection]:
    """Reviews and actions due within a week, and late ones; signatures; employment that is to be asked for."""
    if not desk.worker.has_any(Role.CASE_WORKER):
        return
    found = acting.today_of(desk.worker, day=desk.day)
    parts = (
        (gettext("Reviews of plans"), found.reviews, _review),
        (gettext("Actions of plans"), found.actions, _action),
        (gettext("Plans to be signed"), found.to_sign, _signature),
        (gettext("Employment after a plan"), found.employment, _employment),
    )
    sections = [_section(title, rows, deed, desk.day) for title, rows, deed in parts if rows]
    if found.more:
        sections[-1] = replace(sections[-1], note=_more(found.more))
    yield from sections
    if desk.reader.user_id == desk.worker.user_id:
        yield from _left(desk)


def _section(title: str, rows: tuple[acting.Waiting, ...], deed: Any, day: date) -> WorkSection:
    return WorkSection(
        title=title,
        items=[_item(one, day, deed(one)) for one in rows],
        more_url=reverse("plans:list"),
        more_label=gettext("All plans"),
        plans=[one.plan for one in rows],
    )


def _left(desk: Desk) -> Iterator[WorkSection]:
    """What colleagues who have gone left: anybody of the institution may go on with it."""
    rows = leaving.left_actions(desk.reader, day=desk.day)
    if not rows:
        return
    items = [_item(one.waiting, desk.day, _take_over(one)) for one in rows]
    title = gettext("Left by people who no longer work with plans here")
    yield WorkSection(title=title, items=items, plans=[one.waiting.plan for one in rows])


def _take_over(one: leaving.Left) -> dict[str, Any]:
    assert one.waiting.action is not None
    left = gettext("left by %(name)s") % {"name": one.by}
    return {
        "action": gettext("Take over"),
        "post_url": reverse("plans:take_over", args=[one.waiting.action.uuid]),
        "detail": f"{one.waiting.action.text} ({left})",
    }


def _more(n: int) -> str:
    return ngettext(
        "%(n)s more is not shown; it appears when these are done.",
        "%(n)s more are not shown; they appear when these are done.",
        n,
    ) % {"n": n}


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
        "other": gettext("Other outcome"),
        "other_url": reverse("plans:outcome", args=[one.action.uuid]),
    }


def _signature(one: acting.Waiting) -> dict[str, Any]:
    return {
        "action": gettext("Read and sign"),
        "action_url": reverse("plans:draft", args=[one.plan.uuid]),
    }


def _employment(one: acting.Waiting) -> dict[str, Any]:
    words = ngettext("after %(n)s month", "after %(n)s months", one.months) % {"n": one.months}
    return {
        "action": gettext("Write it down"),
        "action_url": reverse("plans:employment", args=[one.plan.uuid, one.months]),
        "tag": words,
        "tone": "soon",
    }


def _item(one: acting.Waiting, day: date, deed: dict[str, Any]) -> WorkItem:
    name = f"{one.name.last_name} {one.name.first_name}" if one.name else one.plan.number
    return WorkItem(
        **{
            "tag": pl_date(one.on, "relative"),
            "tone": "late" if one.on < day else "soon",
            "title": name,
            "url": reverse("plans:plan", args=[one.plan.uuid]),
            **deed,
        }
    )
