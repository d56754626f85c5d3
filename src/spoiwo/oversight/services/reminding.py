"""Nobody's emergency access goes without a review: those who may judge it hear every day that something waits."""

from datetime import date, datetime

from spoiwo.access import queries as access
from spoiwo.enquiries.services.reminding import tell_once
from spoiwo.institutions import queries as institutions
from spoiwo.toolkit.context import acting_for

OVERSEERS = ("supervisor", "iod")


def remind(*, now: datetime, day: date) -> int:
    """Tell overseers once a day of emergency access that waits for their verdict; how many letters were sent."""
    return sum(_tell(worker, now=now, day=day) for worker in institutions.workers_with_roles(OVERSEERS, day))


def _tell(worker: institutions.Worker, *, now: datetime, day: date) -> int:
    actor = worker.actor
    with acting_for(actor.institution_id, user_id=actor.user_id):
        waiting = access.count_to_review(actor, now)
    return tell_once(worker, waiting, day=day)
