"""Who works where with which tasks, for work done by the clock: reminders ask in each worker's own name."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch

from spoiwo.institutions.models import Authorisation, Membership
from spoiwo.kernel.actor import Actor


@dataclass(frozen=True, slots=True, kw_only=True)
class Worker:
    """Somebody who works at an institution today: who they are there, where and in which language to write to them."""

    actor: Actor
    email: str
    language: str


def workers_with_roles(roles: Collection[str], day: date) -> list[Worker]:
    """Everybody who holds one of the roles on the day at an open institution, with all roles they hold there."""
    in_force = Prefetch("authorisations", Authorisation.objects.in_force(day), to_attr="held")
    memberships = (
        Membership.objects.filter(
            suspended_at__isnull=True, institution__closed_on__isnull=True, user__is_active=True
        )
        .select_related("user")
        .prefetch_related(in_force)
        .order_by("pk")
    )
    workers = (_worker(membership, [one.role for one in membership.held]) for membership in memberships)  # type: ignore[attr-defined]
    return [worker for worker in workers if worker.actor.has_any(*roles)]


def entitled_at(institution_id: int, roles: Collection[str], day: date) -> frozenset[int]:
    """Accounts of those who hold one of the roles at an institution on the day and can sign in."""
    held = Authorisation.objects.in_force(day).filter(
        role__in=roles,
        membership__institution_id=institution_id,
        membership__suspended_at__isnull=True,
        membership__user__is_active=True,
    )
    return frozenset(held.values_list("membership__user_id", flat=True))


def _worker(membership: Membership, roles: Collection[str]) -> Worker:
    return Worker(
        actor=Actor(
            user_id=membership.user_id,
            institution_id=membership.institution_id,
            roles=frozenset(roles),
            territories=frozenset(membership.territories),
        ),
        email=membership.user.email,
        language=membership.user.language,
    )
