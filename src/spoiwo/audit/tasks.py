"""Sealing goes on by itself."""

from datetime import timedelta

from spoiwo.audit.services import seal_if_due
from spoiwo.toolkit.jobs import job
from spoiwo.toolkit.schedule import repeat

SEAL = "audit.seal"


@job(SEAL)
def seal() -> None:
    """Seal what waits, when it is time."""
    seal_if_due()


repeat(SEAL, every=timedelta(minutes=1))
