"""Background work of the context."""

from datetime import timedelta

from django.utils import timezone

from spoiwo.monitoring.services import runs
from spoiwo.monitoring.services.facts import gather_facts
from spoiwo.monitoring.services.snapshots import take_snapshot
from spoiwo.toolkit.jobs import job
from spoiwo.toolkit.schedule import repeat

SNAPSHOT, FACTS = "monitoring.take_snapshot", "monitoring.gather_facts"


@job(SNAPSHOT)
def snapshot() -> None:
    """Bring the snapshot of the observations up to date; years without anything new are left as they are."""
    take_snapshot()


@job(FACTS)
def facts() -> None:
    """Bring in what the platform knows of this year and the last."""
    now = timezone.now()
    day = timezone.localdate(now)
    for year in (day.year - 1, day.year):
        gather_facts(year, day=day, at=now)


@job(runs.PUBLISH)
def publish_all(run_id: int) -> None:
    """Publish many cards of an institution."""
    runs.go_on(run_id)


repeat(SNAPSHOT, every=timedelta(minutes=15))
repeat(FACTS, every=timedelta(days=1))
