"""Publishing many cards of an institution: a job, card by card, so that nobody waits for it.

An attempt that broke off is gone on with by asking again.
"""

from collections.abc import Callable
from datetime import datetime
from functools import partial

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from spoiwo.kernel.actor import Actor
from spoiwo.monitoring.errors import MonitoringError, NothingNew
from spoiwo.monitoring.models import Indicator, PublishingRun
from spoiwo.monitoring.querysets import WRITERS
from spoiwo.monitoring.services.cards import take_step
from spoiwo.monitoring.services.publishing import publish_again
from spoiwo.monitoring.services.shipped import waiting_ready
from spoiwo.monitoring.types import State, Step
from spoiwo.toolkit import jobs
from spoiwo.toolkit.context import acting_for

PUBLISH = "monitoring.publish_all"
JOB = "publishing"
Waiting = tuple[int, str, Callable[..., object]]


@transaction.atomic
def ask_to_publish_all(*, at: datetime, by: Actor) -> PublishingRun:
    """Have all approved cards of the own institution published; a run that has not ended is gone on with."""
    return _run(by, at, total=_approved(by.institution_id).count(), is_approving=False)


@transaction.atomic
def ask_to_approve_ready(*, at: datetime, by: Actor) -> PublishingRun:
    """Have the ready cards that wait for the actor approved as they came, and published; a run that has not ended is
    gone on with.
    """
    return _run(by, at, total=len(waiting_ready(by)), is_approving=True)


def go_on(run_id: int) -> None:
    """Do what is left of a run; called by the worker. Does nothing for one that has ended."""
    run = PublishingRun.objects.filter(pk=run_id).first()
    while run is not None and run.finished_at is None:
        with acting_for(run.institution_id, job=JOB):
            run = _do_next(run_id, timezone.now())


def _run(by: Actor, at: datetime, *, total: int, is_approving: bool) -> PublishingRun:
    run, _is_new = PublishingRun.objects.get_or_create(
        institution_id=by.institution_id,
        is_approving=is_approving,
        finished_at=None,
        defaults={"asked_by_user_id": by.user_id, "asked_at": at, "total": total},
    )
    transaction.on_commit(lambda: jobs.enqueue(PUBLISH, run_id=run.pk))
    return run


@transaction.atomic
def _do_next(run_id: int, at: datetime) -> PublishingRun:
    """One card more, or the end; two workers at one run take turns."""
    run = PublishingRun.objects.select_for_update().get(pk=run_id)
    waiting = _waiting(run)
    if waiting is None:
        run.finished_at = run.finished_at or at
    else:
        number, code, publish = waiting
        _publish(run, code, publish, at)
        run.done += 1
        run.last = number
    run.save()
    return run


def _waiting(run: PublishingRun) -> Waiting | None:
    """The next one: its number, the code of its card, and what is to be done with it."""
    by = Actor(
        user_id=run.asked_by_user_id,
        institution_id=run.institution_id,
        roles=frozenset(WRITERS),  # as which the run was asked for
    )
    if not run.is_approving:
        card = _approved(run.institution_id).filter(pk__gt=run.last).first()
        return (card.pk, card.code, partial(publish_again, indicator_id=card.pk, by=by)) if card else None
    version = next((one for one in waiting_ready(by) if one.pk > run.last), None)
    if version is None:
        return None
    approve = partial(take_step, version_id=version.pk, step=Step.APPROVE, by=by)
    return version.pk, version.indicator.code, approve


def _publish(run: PublishingRun, code: str, publish: Callable[..., object], at: datetime) -> None:
    try:
        with transaction.atomic():
            publish(at=at)
    except NothingNew:
        pass
    except MonitoringError:
        run.refused.append(code)
    else:
        run.published += 1


def _approved(institution_id: int) -> QuerySet[Indicator]:
    found = Indicator.objects.filter(institution_id=institution_id, versions__state=State.APPROVED)
    return found.order_by("pk")
