"""What waits for those who run the platform: its own health, and registers that need a person's word."""

from collections.abc import Iterator
from datetime import date, timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, ngettext

from spoiwo.audit import queries as audit
from spoiwo.kernel.actor import Actor
from spoiwo.portal.types import Task
from spoiwo.territory import queries as territory
from spoiwo.toolkit import jobs

DAY = timedelta(days=1)
PATIENCE = timedelta(minutes=15)  # the longest job that others wait behind


def operator_tasks(actor: Actor, day: date) -> Iterator[Task]:  # noqa: ARG001
    """A log without a seal, background work that stands or broke off, communes without a successor."""
    if not actor.is_operator:
        return
    yield from _health()
    if gone := sum(not one.successor for one in territory.gone_communes()):
        yield Task(
            tone="soon",
            tag=gettext("waits for you"),
            title=ngettext(
                "%(n)s commune is gone from the register",
                "%(n)s communes are gone from the register",
                gone,
            )
            % {"n": gone},
            detail=gettext("Say where the figures belong from now on."),
            url=reverse("monitoring:communes"),
            action=gettext("Say where"),
        )


def _health() -> Iterator[Task]:
    now = timezone.now()
    if audit.state(now).late:
        yield Task(
            tone="late",
            tag=gettext("the log"),
            title=gettext("New records of the log are not sealed"),
            detail=gettext("Without a seal for a day nothing can be changed. See whether the worker runs."),
            url=reverse("oversight:seals"),
            action=gettext("Look at the seals"),
        )
    work = jobs.background_work(since=now - DAY)
    if work.waits_since is not None and now - work.waits_since > PATIENCE:
        yield Task(
            tone="late",
            tag=gettext("background work"),
            title=gettext("Jobs wait and nobody does them"),
            detail=gettext("Imports, letters and seals stand still. See whether the worker runs."),
        )
    if work.failed:
        yield Task(
            tone="late",
            tag=gettext("background work"),
            title=ngettext(
                "%(n)s job broke off in the last day", "%(n)s jobs broke off in the last day", work.failed
            )
            % {"n": work.failed},
            detail=gettext("The log of the server tells more under job_failed."),
        )
