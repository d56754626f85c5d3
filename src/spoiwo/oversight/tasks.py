"""Background work of the context."""

from datetime import timedelta

from spoiwo.oversight import services
from spoiwo.toolkit.jobs import job
from spoiwo.toolkit.schedule import repeat


@job("oversight.watch")
def watch() -> None:
    """Look through the log for what is unusual."""
    services.watch_all()


repeat("oversight.watch", every=timedelta(hours=1))
