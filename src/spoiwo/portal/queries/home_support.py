"""What waits for those who work in the register of a support centre."""

from collections.abc import Iterator
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext, ngettext

from spoiwo.institutions.types import Role
from spoiwo.kernel.actor import Actor
from spoiwo.portal.types import Task
from spoiwo.support.queries import happenings, work


def support_tasks(actor: Actor, day: date) -> Iterator[Task]:
    """Promises that fall due and applications that wait for an answer."""
    if not actor.has_any(Role.SUPPORT_ADVISER):
        return
    if due := work.promises_due(actor, day):
        yield Task(
            tone="late",
            tag=gettext("due"),
            title=ngettext(
                "%(n)s promise in a support case falls due", "%(n)s promises in support cases fall due", due
            )
            % {"n": due},
            url=reverse("support:cases"),
            action=gettext("See the cases"),
        )
    if waiting := happenings.waiting_applications(actor):
        yield Task(
            tone="soon",
            tag=gettext("waits for you"),
            title=ngettext(
                "%(n)s application for an event waits for an answer",
                "%(n)s applications for events wait for an answer",
                waiting,
            )
            % {"n": waiting},
            url=reverse("support:events"),
            action=gettext("See the events"),
        )
