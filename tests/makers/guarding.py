"""Hidden people and emergency access, made the way people make them."""

from collections.abc import Collection
from typing import Any

from spoiwo.access import services as access
from spoiwo.access.models import EmergencyAccess
from spoiwo.access.types import EmergencyWish, RestrictionKind
from spoiwo.clients.models import Restriction, SourceRecord
from spoiwo.clients.services import restricting
from spoiwo.institutions.models import Institution, Membership
from spoiwo.institutions.types import Role
from tests.makers import institutions

REASON = "Sprawca przemocy pracuje w urzędzie."


def hidden(
    record: SourceRecord, *, named: Collection[Membership] = (), by: Membership | None = None, **values: Any
) -> Restriction:
    """A client hidden from everybody but the members named, the supervisor who does it among them."""
    supervisor = by or overseer(record.institution)
    given: dict[str, Any] = {
        "kind": RestrictionKind.VIOLENCE,
        "reason": REASON,
        "readers": [supervisor.user_id, *(one.user_id for one in named)],
        "until": None,
        **values,
    }
    return restricting.restrict_client(record_uuid=record.uuid, by=institutions.acting(supervisor), **given)


def overseer(office: Institution, role: Role = Role.SUPERVISOR) -> Membership:
    """Somebody who watches over the register."""
    return institutions.member(office, role)


def emergency(member: Membership, *people: Any, minutes: int = 30, now: Any) -> EmergencyAccess:
    """Emergency access of a member to people (index rows)."""
    return access.open_emergency(
        wish=EmergencyWish(reason="Dziecko zostało samo w domu.", minutes=minutes, people=people, terms=None),
        now=now,
        by=institutions.acting(member),
    )
