"""Background work of the context."""

from datetime import timedelta

from django.utils import timezone

from spoiwo.clients.services import restricting
from spoiwo.toolkit.jobs import job
from spoiwo.toolkit.schedule import repeat


@job("clients.settle_lapsed")
def settle_lapsed() -> None:
    """Show people again whose restriction has ended."""
    restricting.settle_lapsed(timezone.localdate())


repeat("clients.settle_lapsed", every=timedelta(hours=6))
