"""Background work of the context."""

from datetime import timedelta

from django.utils import timezone

from spoiwo.oversight import services
from spoiwo.oversight.services import reminding
from spoiwo.toolkit.jobs import job
from spoiwo.toolkit.schedule import repeat


@job("oversight.watch")
def watch() -> None:
    """Look through the log for what is unusual."""
    services.watch_all()


@job("oversight.remind")
def remind() -> None:
    """Tell overseers once a day of emergency access that nobody has judged yet."""
    reminding.remind(now=timezone.now(), day=timezone.localdate())


repeat("oversight.remind", every=timedelta(hours=1))
repeat("oversight.watch", every=timedelta(hours=1))
