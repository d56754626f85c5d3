"""Background jobs of the context."""

from datetime import timedelta

from django.utils import timezone

from spoiwo.referrals.services import deadlines, forgetting
from spoiwo.toolkit.jobs import job
from spoiwo.toolkit.schedule import repeat

__all__ = ["forgetting"]  # subscribes to erasures when it is loaded
WATCH = "referrals.watch_deadlines"


@job(WATCH)
def watch_deadlines() -> None:
    """Call those who are late, let expire what nobody answers."""
    deadlines.watch(today=timezone.localdate(), at=timezone.now())


repeat(WATCH, every=timedelta(hours=3))
