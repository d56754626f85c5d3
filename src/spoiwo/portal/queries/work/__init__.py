"""The day's work of one person: parts that each look into one context. A new part is added to PARTS."""

from collections.abc import Callable, Iterable

from spoiwo.districts.policies import serves_clients
from spoiwo.portal.queries.work.appointments import appointments
from spoiwo.portal.queries.work.districts import hand_overs, new_common_clients
from spoiwo.portal.queries.work.enquiries import enquiries
from spoiwo.portal.queries.work.plans import plans
from spoiwo.portal.queries.work.referrals import referrals
from spoiwo.portal.types import Desk, WorkSection

Part = Callable[[Desk], Iterable[WorkSection]]
PARTS: tuple[Part, ...] = (appointments, plans, referrals, enquiries, hand_overs, new_common_clients)
OF_EVERYBODY: tuple[Part, ...] = (appointments, referrals)


def sections_of(desk: Desk) -> list[WorkSection]:
    """What there is to show, in the order of the page; nothing for those who act for no institution."""
    if not desk.reader.institution_id:
        return []
    parts = PARTS if serves_clients(desk.reader) else OF_EVERYBODY
    return [section for part in parts for section in part(desk)]
