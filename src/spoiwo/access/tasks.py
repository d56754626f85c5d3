"""Background work of the context."""

from django.utils import timezone

from spoiwo.access import queries, services
from spoiwo.toolkit.jobs import job


@job("access.follow_dates")
def follow_dates() -> None:
    """Once a day: have matching look again at parties whose agreement begins today or ended yesterday."""
    for agreement in queries.beginning_or_just_ended(timezone.localdate()):
        services.rematch_parties(agreement)
