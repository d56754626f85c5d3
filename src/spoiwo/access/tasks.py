"""Background work of the context."""

from datetime import timedelta

from django.utils import timezone

from spoiwo.access import queries, services
from spoiwo.toolkit.jobs import job
from spoiwo.toolkit.schedule import repeat


@job("access.follow_dates")
def follow_dates() -> None:
    """On days when an agreement begins or has just ended: have matching look again at its parties."""
    for agreement in queries.beginning_or_just_ended(timezone.localdate()):
        services.rematch_parties(agreement)


repeat("access.follow_dates", every=timedelta(hours=6))
