"""Background jobs of service districts, by name."""

from datetime import timedelta

from django.utils import timezone

from spoiwo.districts.services import assigning
from spoiwo.toolkit.jobs import job
from spoiwo.toolkit.schedule import repeat

SWEEP = "districts.sweep"
SWEEP_ALL = "districts.sweep_all"


@job(SWEEP)
def sweep(institution_id: int) -> None:
    """Find who serves whom after a register or the districts changed."""
    assigning.sweep(institution_id, timezone.localdate())


@job(SWEEP_ALL)
def sweep_all() -> None:
    """The same for everybody, because ranges and duties begin and end by the day."""
    assigning.sweep_all(timezone.localdate())


repeat(SWEEP_ALL, every=timedelta(hours=6))
