"""The work that districts give somebody: hand-overs, new common clients, own clients."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from spoiwo.clients.queries import own_records
from spoiwo.clients.queries.own_records import OwnName
from spoiwo.districts.models import Assignment, District, Duty, HandOver
from spoiwo.districts.types import HandOverState
from spoiwo.kernel.actor import Actor

UNDER_WAY = (HandOverState.OPEN, HandOverState.HANDED)


@dataclass(frozen=True, slots=True, kw_only=True)
class HandOverRow:
    """A hand-over with the client's name, None when the reader may not see it."""

    row: HandOver
    client: OwnName | None


def hand_overs(
    actor: Actor, *, state: str = "", users: Collection[int] = (), under_way: bool = True
) -> QuerySet[Any]:
    """Hand-overs of the own institution, the oldest first.

    users: accounts that give or take; everybody's when empty. state: one state; otherwise those under way or all.
    """
    rows = HandOver.objects.visible_to(actor)
    if state:
        rows = rows.filter(state=state)
    elif under_way:
        rows = rows.filter(state__in=UNDER_WAY)
    if users:
        rows = rows.filter(Q(from_user_id__in=users) | Q(to_user_id__in=users))
    ordered: QuerySet[Any] = rows.select_related("from_district", "to_district").order_by("noticed_on", "pk")
    return ordered


def named(actor: Actor, rows: Sequence[HandOver]) -> list[HandOverRow]:
    """Hand-overs with the clients' names as far as the actor may see them."""
    names = own_records.own_names(actor, [one.record_id for one in rows])
    return [HandOverRow(row=one, client=names.get(one.record_id)) for one in rows]


def districts_of(actor: Actor, users: Collection[int], day: date) -> list[District]:
    """Districts that these accounts serve for the own institution on the day."""
    served = Duty.objects.in_force(day).filter(institution_id=actor.institution_id, user_id__in=users)
    rows = District.objects.visible_to(actor).filter(pk__in=served.values("district_id"))
    return list(rows.order_by("code", "pk"))


def own_clients(actor: Actor, users: Collection[int]) -> QuerySet[Any, Any]:
    """Ids of records that these accounts serve now."""
    rows = Assignment.objects.visible_to(actor).filter(ends_on=None, user_id__in=users)
    ids: QuerySet[Any, Any] = rows.values("record_id")
    return ids
