"""spoiwo worker."""

from argparse import Namespace
from threading import Event, Thread

from django.core.management import call_command

from spoiwo.cli.console import Console
from spoiwo.cli.types import Answer
from spoiwo.toolkit import schedule

_IDLE_SECONDS = 0.5


def run(_options: Namespace, _console: Console) -> Answer:
    """Do jobs as they come and enqueue scheduled ones, until SIGTERM or SIGINT; the job in hand is finished first."""
    stop = Event()
    clock = Thread(target=schedule.keep_time, args=(stop,), name="schedule", daemon=True)
    clock.start()
    try:
        call_command("db_worker", interval=_IDLE_SECONDS, queue_name="*", startup_delay=False, verbosity=0)
    finally:
        stop.set()
        clock.join(timeout=5)
    return Answer({"stopped": True})
