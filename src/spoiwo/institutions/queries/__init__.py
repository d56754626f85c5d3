"""Reads about institutions and the people who work there."""

from collections.abc import Iterable
from dataclasses import fields
from datetime import date
from typing import Any

from django.db.models import OuterRef, Subquery

from spoiwo.institutions import rules
from spoiwo.institutions.models import Institution, InstitutionKind, Membership, Post, User
from spoiwo.institutions.types import Badge, InstitutionDetails, Kind, KindPeriod
from spoiwo.kernel.actor import Actor


def actor_for(user: User, *, institution_id: int | None, day: date) -> Actor | None:
    """Who this account is today, at the chosen institution or the first one it works at.

    None when the account works nowhere today and does not run the platform: suspended memberships and
    authorisations out of date do not count.
    """
    memberships = list(
        Membership.objects.filter(
            user_id=user.pk, suspended_at__isnull=True, institution__closed_on__isnull=True
        ).order_by("institution__sort_key", "pk")
    )
    chosen = next((m for m in memberships if m.institution_id == institution_id), None)
    for membership in [chosen] if chosen else memberships:
        roles = frozenset(membership.authorisations.in_force(day).values_list("role", flat=True))
        if roles:
            return Actor(
                user_id=user.pk,
                institution_id=membership.institution_id,
                roles=roles,
                territories=frozenset(membership.territories),
                is_operator=user.is_operator,
            )
    if user.is_operator:
        return Actor(user_id=user.pk, institution_id=0, is_operator=True)
    return None


def institution_of(actor: Actor) -> Institution | None:
    """The institution the actor acts for."""
    return Institution.objects.filter(pk=actor.institution_id).first()


def badges_of(institution_ids: Iterable[int]) -> dict[int, Badge]:
    """How institutions are marked beside the data that come from them; one query."""
    first_kind = InstitutionKind.objects.filter(institution=OuterRef("pk")).order_by("pk").values("kind")[:1]
    rows = (
        Institution.objects.filter(pk__in=set(institution_ids))
        .annotate(first_kind=Subquery(first_kind))
        .values_list("pk", "code", "short_name", "first_kind")
    )
    return {pk: Badge(pk, code, name, kind or "") for pk, code, name, kind in rows}


def names_at_work(user_id: int, institution_id: int) -> frozenset[str]:
    """Names under which registers of the institution may mention this account's owner: of the account and of posts."""
    account = User.objects.filter(pk=user_id).values_list("full_name", flat=True)
    posts = Post.objects.filter(institution_id=institution_id, user_id=user_id).values_list(
        "holder_name", flat=True
    )
    return frozenset(account.union(posts))


def by_code(code: str) -> Institution | None:
    """The institution with this code; closed ones too."""
    return Institution.objects.filter(code=code).first()


def details_of(institution: Institution) -> InstitutionDetails:
    """What the directory says of the institution, in the form its services take."""
    kinds = institution.kinds.values_list("kind", "valid_from", "valid_to")
    values: dict[str, Any] = {
        field.name: getattr(institution, field.name)
        for field in fields(InstitutionDetails)
        if field.name != "kinds"
    }
    periods = (KindPeriod(Kind(kind), starts_on, ends_on) for kind, starts_on, ends_on in kinds)
    return InstitutionDetails(kinds=rules.in_order(periods), **values)
