"""Who an account is today, and for whom it may act."""

from datetime import date

from spoiwo.institutions.models import Authorisation, Institution, Membership, User
from spoiwo.kernel.actor import Actor


def actor_for(user: User, *, institution_id: int | None, day: date) -> Actor | None:
    """Who this account is today, at the chosen institution or the first one it works at.

    None when the account works nowhere today and does not run the platform: suspended memberships and
    authorisations out of date do not count.
    """
    memberships = _workplaces(user)
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
                modules_off=membership.institution.modules_off,
            )
    if user.is_operator:
        return Actor(user_id=user.pk, institution_id=0, is_operator=True)
    return None


def institution_of(actor: Actor) -> Institution | None:
    """The institution the actor acts for."""
    return Institution.objects.filter(pk=actor.institution_id).first()


def workplaces_of(user: User, day: date) -> list[Institution]:
    """Institutions the account may act for today, in the order of the directory."""
    authorised = set(
        Authorisation.objects.in_force(day)
        .filter(membership__user_id=user.pk)
        .values_list("membership_id", flat=True)
    )
    return [one.institution for one in _workplaces(user) if one.pk in authorised]


def authorisations_of(user: User) -> list[Authorisation]:
    """Every authorisation the account was ever given, newest first."""
    return list(
        Authorisation.objects.filter(membership__user_id=user.pk)
        .select_related("membership__institution")
        .order_by("-valid_from", "-pk")
    )


def _workplaces(user: User) -> list[Membership]:
    return list(
        Membership.objects.filter(
            user_id=user.pk, suspended_at__isnull=True, institution__closed_on__isnull=True
        )
        .select_related("institution")
        .order_by("institution__sort_key", "pk")
    )
