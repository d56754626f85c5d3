"""Background jobs of discovery, by name."""

from datetime import timedelta
from uuid import UUID

from django.utils import timezone

from spoiwo.discovery.services import rounds
from spoiwo.toolkit.jobs import job
from spoiwo.toolkit.schedule import repeat

END_LAPSED = "discovery.end_lapsed"


@job(rounds.JOIN)
def join(round_uuid: str) -> None:
    """Join the tokens of two offices."""
    rounds.join_round(UUID(round_uuid))


@job(END_LAPSED)
def end_lapsed() -> None:
    """Empty rounds whose agreement is no longer in force."""
    rounds.end_lapsed(timezone.now())


repeat(END_LAPSED, every=timedelta(days=1))
