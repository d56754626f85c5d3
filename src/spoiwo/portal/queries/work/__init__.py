"""The day's work of one person: parts that each look into one context. A new part is added to PARTS."""

from collections.abc import Callable, Iterable

from spoiwo.portal.queries.work.appointments import appointments
from spoiwo.portal.queries.work.districts import hand_overs, new_common_clients
from spoiwo.portal.queries.work.enquiries import enquiries
from spoiwo.portal.queries.work.plans import plans
from spoiwo.portal.queries.work.referrals import referrals
from spoiwo.portal.types import Desk, WorkSection

PARTS: tuple[Callable[[Desk], Iterable[WorkSection]], ...] = (
    appointments,
    plans,
    referrals,
    enquiries,
    hand_overs,
    new_common_clients,
)


def sections_of(desk: Desk) -> list[WorkSection]:
    """What there is to show, in the order of the page."""
    return [section for part in PARTS for section in part(desk)]
