"""Background work by registered name, so that lower floors can ask for work done above them.

Jobs are handed to the task backend (django-tasks, in the database). The backend promises no retries:
a job that matters keeps its own lease, attempts and resume point, and may be enqueued again at any time.
"""

from collections.abc import Callable
from typing import Any

from django_tasks import task

from spoiwo.kernel.errors import DomainError
from spoiwo.toolkit.turns import giving_way

Job = Callable[..., None]
_jobs: dict[str, Job] = {}


class UnknownJob(DomainError):
    """No job of this name was registered."""


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


@task()
def run_job(name: str, arguments: dict[str, Any]) -> None:
    """Run a registered job (called by the worker)."""
    _do(name, arguments)


def _do(name: str, arguments: dict[str, Any]) -> None:
    with giving_way():  # people wait for pages, nobody for a job
        _jobs[name](**arguments)
