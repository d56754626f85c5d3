"""What waits in the monitoring of the sector: surveys to answer, cards to approve, data that are overdue."""

from collections.abc import Iterator
from datetime import date

from django.urls import reverse
from django.utils.translation import get_language, gettext, ngettext

from spoiwo.institutions.types import Role
from spoiwo.kernel.actor import Actor
from spoiwo.monitoring.queries import desk, plans
from spoiwo.portal.types import Task
from spoiwo.surveys.queries import catalogue as surveys
from spoiwo.toolkit.templatetags.spoiwo import day_in_words

SHOWN = 5


def monitoring_tasks(actor: Actor, day: date) -> Iterator[Task]:
    """What the institution of analysts and directors owes, and cards that wait for a second person."""
    if not actor.has_any(Role.ANALYST, Role.DIRECTOR):
        return
    yield from _surveys(actor, day)
    for version in desk.waiting_for_approval(actor)[:SHOWN]:
        name = version.name_en if get_language() == "en" else version.name_pl
        yield Task(
            tone="soon",
            tag=gettext("waits for you"),
            title=gettext("Card to approve: %(name)s") % {"name": name},
            url=reverse("monitoring:version", args=[version.indicator.code, version.number]),
            action=gettext("Read"),
        )
    late = plans.late_collections(actor, day)
    if late:
        yield Task(
            tone="late",
            tag=gettext("overdue"),
            title=ngettext(
                "%(n)s delivery of data for the monitoring",
                "%(n)s deliveries of data for the monitoring",
                late,
            )
            % {"n": late},
            url=reverse("monitoring:plans"),
            action=gettext("See what is missing"),
        )


def _surveys(actor: Actor, day: date) -> Iterator[Task]:
    waiting = surveys.waiting_for(actor)
    if not waiting:
        return
    last = next((unit.survey.closes_on for unit in waiting if unit.survey.closes_on), None)
    yield Task(
        tone="late" if last and last < day else "soon",
        tag=gettext("until %(day)s") % {"day": day_in_words(last, style="short", today=day)}
        if last
        else gettext("waits for you"),
        title=ngettext("%(n)s survey to answer", "%(n)s surveys to answer", len(waiting))
        % {"n": len(waiting)},
        url=reverse("surveys:waiting"),
        action=gettext("Give an answer"),
    )
