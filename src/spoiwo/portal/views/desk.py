"""What the pages of somebody's day have in common: what they show, and what they put on record."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from spoiwo.audit.types import Action
from spoiwo.clients.queries.listing import Listing
from spoiwo.clients.services import reading
from spoiwo.districts.policies import serves_clients
from spoiwo.districts.queries.work import districts_of, own_clients
from spoiwo.plans.queries.reading import other_parties
from spoiwo.plans.services.log import record_list
from spoiwo.portal.queries.work import sections_of
from spoiwo.portal.types import Desk, WorkSection
from spoiwo.toolkit.doors import ActorRequest


def shown_on(desk: Desk) -> dict[str, Any]:
    """The work of the desk's worker, for a template."""
    sections = sections_of(desk)
    serves, users = serves_clients(desk.reader), [desk.worker.user_id]
    return {
        "desk": desk,
        "sections": sections,
        "waiting": sum(len(section.items) for section in sections if section.counts),
        "late": sum(item.tone == "late" for section in sections for item in section.items),
        "districts": districts_of(desk.reader, users, desk.day) if serves else [],
        "clients": own_clients(desk.reader, users).count() if serves else 0,
    }


def record(request: ActorRequest, sections: Sequence[WorkSection]) -> None:
    """The page names people whom other institutions serve, and speaks of plans that are theirs too."""
    for section in sections:
        if section.listing is not None:
            _record_clients(request, section.listing)
    _record_plans(request, [plan for section in sections for plan in section.plans])


def _record_clients(request: ActorRequest, listing: Listing) -> None:
    reading.record_list(
        action=Action.LIST_CLIENTS,
        served_by=[badge.id for row in listing.rows for badge in row.others],
        people=len(listing.rows),
        agreements=listing.scope.agreements,
        digest=hashlib.sha256(b"".join(row.uuid.bytes for row in listing.rows)).digest(),
        request_id=request.id,
        by=request.actor,
    )


def _record_plans(request: ActorRequest, plans: Iterable[Any]) -> None:
    shown = list({plan.pk: plan for plan in plans}.values())
    if shown:
        others = Counter(other_parties(request.actor, shown))
        record_list(
            request.actor,
            served_by=dict(others),
            plans=len(shown),
            action=Action.LIST_CLIENTS,
            request_id=request.id,
        )
