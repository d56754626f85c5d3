"""Reads about institutions and the people who work there."""

from datetime import date

from spoiwo.institutions.models import Institution, Membership, User
from spoiwo.institutions.querysets import valid_on
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
        roles = frozenset(membership.authorisations.filter(valid_on(day)).values_list("role", flat=True))
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
