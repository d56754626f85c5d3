"""What waits in the monitoring of the sector: data of the own institution that are overdue."""

from collections.abc import Iterator
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext, ngettext

from spoiwo.institutions.types import Role
from spoiwo.kernel.actor import Actor
from spoiwo.monitoring.queries import plans
from spoiwo.portal.types import Task


def monitoring_tasks(actor: Actor, day: date) -> Iterator[Task]:
    """Deliveries of the monitoring plan that the institution of analysts and directors owes."""
    if not actor.has_any(Role.ANALYST, Role.DIRECTOR):
        return
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
