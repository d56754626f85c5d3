"""Work that comes back by the clock: a small table of when each kind last began.

Workers may be several, and may stop at any time: whoever moves the row's time forward first has the turn.
Jobs registered here must be harmless when done twice.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Event

import structlog
from django.db import DatabaseError, close_old_connections, transaction
from django.db.models import Q
from django.utils import timezone

from spoiwo.toolkit.jobs import enqueue
from spoiwo.toolkit.models import Turn

logger = structlog.get_logger(__name__)
TICK_SECONDS = 5


@dataclass(frozen=True, slots=True)
class Plan:
    """A job by name and how long to wait between its beginnings."""

    job: str
    every: timedelta


_plans: dict[str, Plan] = {}


def repeat(job: str, *, every: timedelta) -> None:
    """Have the job enqueued again and again; call from `apps.ready()` of the context that registers it."""
    _plans[job] = Plan(job, every)


def planned() -> tuple[Plan, ...]:
    """All plans, by name."""
    return tuple(_plans[name] for name in sorted(_plans))


def enqueue_due(now: datetime) -> list[str]:
    """Enqueue every job whose turn has come; answers their names."""
    return [plan.job for plan in planned() if _take_turn(plan, now)]


def keep_time(
    stop: Event, *, clock: Callable[[], datetime] = timezone.now, tick: float = TICK_SECONDS
) -> None:
    """Enqueue what is due until told to stop; a database that is away for a moment is asked again."""
    while not stop.is_set():
        close_old_connections()
        try:
            enqueue_due(clock())
        except DatabaseError as error:
            logger.warning("schedule_waits", error=type(error).__name__)
        stop.wait(tick)
    close_old_connections()


def _take_turn(plan: Plan, now: datetime) -> bool:
    """Claim the turn and enqueue in one transaction, so that a turn taken is a job enqueued."""
    due = Q(last_began_at__isnull=True) | Q(last_began_at__lte=now - plan.every)
    if not Turn.objects.filter(job=plan.job).exists():
        Turn.objects.bulk_create([Turn(job=plan.job)], ignore_conflicts=True)
    if not Turn.objects.filter(due, job=plan.job).exists():
        return False  # asked first without a lock: on SQLite every transaction is a writer
    with transaction.atomic():
        taken = Turn.objects.filter(due, job=plan.job).update(last_began_at=now)
        if taken:
            enqueue(plan.job)
    return bool(taken)
