"""Background work by registered name, so that lower floors can ask for work done above them.

Jobs are handed to the task backend (django-tasks, in the database). The backend promises no retries:
a job that matters keeps its own lease, attempts and resume point, and may be enqueued again at any time.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import structlog
from django.apps import apps
from django.db.models import Min
from django_tasks import task

from spoiwo.kernel.errors import DomainError
from spoiwo.kernel.ids import new_uuid
from spoiwo.toolkit.sqlite.log import log_moved_beside
from spoiwo.toolkit.turns import giving_way

Job = Callable[..., None]
_jobs: dict[str, Job] = {}
logger = structlog.get_logger(__name__)


class UnknownJob(DomainError):
    """No job of this name was registered."""


class JobFailed(DomainError):
    """A job broke off: its name, the kind of error, and the id under which the log tells more.

    Task records are kept for two weeks, and what an error says may quote people's data; so nothing of the
    error itself hangs on this one.
    """


@dataclass(frozen=True, slots=True)
class BackgroundWork:
    """How background work stands: how many jobs broke off, and since when the oldest that is due waits."""

    failed: int
    waits_since: datetime | None


def job(name: str) -> Callable[[Job], Job]:
    """Register a function as the job of this name; its arguments must be JSON values."""

    def register(function: Job) -> Job:
        _jobs[name] = function
        return function

    return register


def enqueue(name: str, **arguments: Any) -> None:
    """Have the job done by the background worker. Call inside `transaction.on_commit`.

    Raises UnknownJob at once rather than in the worker.
    """
    if name not in _jobs:
        raise UnknownJob(name)
    run_job.enqueue(name, arguments)


def perform(name: str, **arguments: Any) -> None:
    """Do the job here and now, for the command line. Raises UnknownJob."""
    if name not in _jobs:
        raise UnknownJob(name)
    _do(name, arguments)


def background_work(*, since: datetime) -> BackgroundWork:
    """How background work stands, with the jobs that broke off since then."""
    results = apps.get_model("django_tasks_database", "DBTaskResult").objects
    return BackgroundWork(
        failed=results.failed().filter(finished_at__gte=since).count(),
        waits_since=results.ready().aggregate(since=Min("enqueued_at"))["since"],
    )


@task()
def run_job(name: str, arguments: dict[str, Any]) -> None:
    """Run a registered job (called by the worker). Raises JobFailed, whatever the job raised."""
    failed = _failure_of(name, arguments)
    if failed is not None:
        raise failed


def _failure_of(name: str, arguments: dict[str, Any]) -> JobFailed | None:
    try:
        _do(name, arguments)
    except Exception as error:
        reference = str(new_uuid())
        logger.exception("job_failed", job=name, reference=reference)
        kind = type(error)
        return JobFailed(f"{name}: {kind.__module__}.{kind.__qualname__}, log reference {reference}")
    except BaseException as error:  # told to stop, perhaps while an error was being handled
        error.__cause__ = error.__context__ = None
        raise
    return None


def _do(name: str, arguments: dict[str, Any]) -> None:
    with giving_way(), log_moved_beside():  # people wait for pages, nobody for a job
        _jobs[name](**arguments)
