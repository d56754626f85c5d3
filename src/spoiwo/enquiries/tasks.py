"""Background work of the context."""

from datetime import timedelta

from django.utils import timezone

from spoiwo.enquiries.services import forgetting, reminding
from spoiwo.toolkit.jobs import job
from spoiwo.toolkit.schedule import repeat

__all__ = ["forgetting"]  # subscribes to erasures when it is loaded
REMIND = "enquiries.remind"
EXPIRE = "enquiries.expire"


@job(REMIND)
def remind() -> None:
    """Tell people once a day that something waits for them."""
    reminding.remind(day=timezone.localdate())


@job(EXPIRE)
def expire() -> None:
    """Let enquiries expire whose answer nobody waits for any more."""
    reminding.expire(now=timezone.now(), day=timezone.localdate())


repeat(REMIND, every=timedelta(hours=1))
repeat(EXPIRE, every=timedelta(hours=6))
