"""What waits for those who watch over the register."""

from collections.abc import Iterator
from datetime import date, datetime

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, ngettext

from spoiwo.audit import queries as audit
from spoiwo.institutions.types import Role
from spoiwo.kernel.actor import Actor
from spoiwo.oversight.queries.watching import desk_of
from spoiwo.portal.types import Task


def oversight_tasks(actor: Actor, day: date) -> Iterator[Task]:  # noqa: ARG001
    """A log without a seal, incidents whose 72 hours are over, emergency access to review, unusual looks."""
    if not actor.has_any(Role.SUPERVISOR, Role.IOD):
        return
    now = timezone.now()
    yield from _log(now)
    desk = desk_of(actor, now)
    if desk.late_incidents:
        yield Task(
            tone="late",
            tag=gettext("72 hours are over"),
            title=ngettext("%(n)d incident", "%(n)d incidents", desk.late_incidents)
            % {"n": desk.late_incidents},
            detail=gettext("The authority has to be told, unless a risk to people is unlikely."),
            url=reverse("oversight:incidents"),
            action=gettext("Incidents"),
        )
    if desk.emergencies:
        yield Task(
            tone="soon",
            tag=gettext("waits for you"),
            title=ngettext(
                "%(n)d emergency access to review", "%(n)d emergency accesses to review", desk.emergencies
            )
            % {"n": desk.emergencies},
            detail=gettext("Somebody opened a person whom they may not see otherwise."),
            url=reverse("oversight:emergencies"),
            action=gettext("Review"),
        )
    if desk.findings:
        yield Task(
            tone="new",
            tag=gettext("to be looked at"),
            title=ngettext("%(n)d unusual look", "%(n)d unusual looks", desk.findings) % {"n": desk.findings},
            detail=gettext("Say whether it is all right."),
            url=reverse("oversight:findings"),
            action=gettext("Decide"),
        )


def _log(now: datetime) -> Iterator[Task]:
    if audit.state(now).late:
        yield Task(
            tone="late",
            tag=gettext("the log"),
            title=gettext("New records of the log are not sealed"),
            detail=gettext(
                "Without a seal for a day nothing can be changed. Tell the person who runs Spoiwo for you."
            ),
            url=reverse("oversight:seals"),
            action=gettext("Look at the seals"),
        )
