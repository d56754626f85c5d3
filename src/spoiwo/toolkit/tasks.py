"""Jobs that keep the installation's own tables small."""

from datetime import timedelta

from django.core.management import call_command

from spoiwo.toolkit.jobs import job
from spoiwo.toolkit.schedule import repeat

CLEAR_SESSIONS = "toolkit.clear_sessions"
PRUNE_RESULTS = "toolkit.prune_task_results"
KEEP_RESULTS_DAYS = 14


@job(CLEAR_SESSIONS)
def clear_sessions() -> None:
    """Delete sessions that have run out."""
    call_command("clearsessions")


@job(PRUNE_RESULTS)
def prune_task_results() -> None:
    """Delete records of jobs that ended more than two weeks ago."""
    call_command("prune_db_task_results", min_age_days=KEEP_RESULTS_DAYS, verbosity=0)


repeat(CLEAR_SESSIONS, every=timedelta(days=1))
repeat(PRUNE_RESULTS, every=timedelta(days=1))
