"""Authorisations: who may act for an institution, in which role, under which number, from when to when."""

from collections.abc import Sequence
from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone

from spoiwo.audit import services as audit
from spoiwo.audit.types import Action, Entry
from spoiwo.institutions import policies, rules
from spoiwo.institutions.errors import (
    AuthorisationEnded,
    InstitutionIsClosed,
    LastAdministrator,
    OutOfReach,
    OwnRoles,
)
from spoiwo.institutions.models import Authorisation, Institution, Membership, User
from spoiwo.institutions.types import NewAuthorisation, Role
from spoiwo.kernel.actor import Actor


@transaction.atomic
def authorise(
    *,
    user_id: int,
    institution_id: int,
    authorisations: Sequence[NewAuthorisation],
    territories: Sequence[str] = (),
    by: Actor,
) -> Membership:
    """Let an account act for an institution in one or more roles; it becomes one of its staff if it was not.

    An authorisation that is on record already (role, number, first day) is not repeated.

    territories: TERYT codes the person works in, which replace earlier ones; empty changes nothing.
    Raises OutOfReach, OwnRoles, InstitutionIsClosed, BadDetails.
    """
    if not policies.may_authorise(by, institution_id, [one.role for one in authorisations]):
        raise OutOfReach
    if user_id == by.user_id:
        raise OwnRoles
    checked = rules.checked_authorisations(authorisations)
    codes = rules.checked_territories(territories)
    open_institution(institution_id)
    if not User.objects.filter(pk=user_id).exists():
        raise OutOfReach
    membership = _membership(user_id, institution_id, codes)
    known = set(membership.authorisations.values_list("role", "number", "valid_from"))
    fresh = [one for one in checked if (one.role, one.number, one.valid_from) not in known]
    Authorisation.objects.bulk_create(
        Authorisation(
            membership=membership,
            role=one.role,
            number=one.number,
            valid_from=one.valid_from,
            valid_to=one.valid_to,
            granted_by_id=by.user_id or None,
        )
        for one in fresh
    )
    audit.append(*(staff_entry(Action.ROLE_GRANTED, membership, by, one.role) for one in fresh))
    return membership


def _membership(user_id: int, institution_id: int, codes: list[str]) -> Membership:
    membership, _ = Membership.objects.get_or_create(user_id=user_id, institution_id=institution_id)
    if codes:
        membership.territories = codes
        membership.version += 1
        membership.save(update_fields=["territories", "version"])
    return membership


@transaction.atomic
def withdraw_authorisation(
    *, authorisation_id: int, last_day: date | None = None, today: date, by: Actor
) -> Authorisation:
    """End an authorisation: at once, or after its last day (today or later).

    Raises OutOfReach, OwnRoles, AuthorisationEnded, LastAdministrator, BadDetails (last_day before the start).
    """
    authorisation = (
        Authorisation.objects.visible_to(by).select_related("membership").filter(pk=authorisation_id).first()
    )
    if authorisation is None or not policies.may_manage_staff(by, authorisation.membership.institution_id):
        raise OutOfReach
    membership = authorisation.membership
    if membership.user_id == by.user_id:
        raise OwnRoles
    open_institution(membership.institution_id)
    authorisation.refresh_from_db()  # somebody may have ended it while this waited for the lock
    if authorisation.withdrawn_at or (authorisation.valid_to and authorisation.valid_to < today):
        raise AuthorisationEnded
    if authorisation.role == Role.LOCAL_ADMIN:
        keep_an_administrator(membership, today if last_day is None else last_day + timedelta(days=1))
    if last_day is None:
        authorisation.withdrawn_at = timezone.now()
        last_day = max(today, authorisation.valid_from)
    else:
        rules.check_last_day(last_day, not_before=max(today, authorisation.valid_from))
    authorisation.valid_to = last_day
    authorisation.save(update_fields=["valid_to", "withdrawn_at"])
    audit.append(staff_entry(Action.ROLE_ENDED, membership, by, authorisation.role))
    return authorisation


def open_institution(institution_id: int) -> Institution:
    """The institution's row, locked, so that two administrators cannot remove each other at once.

    Raises OutOfReach when there is none and InstitutionIsClosed.
    """
    institution = Institution.objects.select_for_update().filter(pk=institution_id).first()
    if institution is None:
        raise OutOfReach
    if institution.closed_on:
        raise InstitutionIsClosed(institution.closed_on)
    return institution


def keep_an_administrator(leaving: Membership, day: date) -> None:
    """Refuse to leave the institution without a local administrator on the day. Raises LastAdministrator."""
    others = (
        Authorisation.objects.in_force(day)
        .filter(
            role=Role.LOCAL_ADMIN,
            membership__institution_id=leaving.institution_id,
            membership__suspended_at__isnull=True,
            membership__user__is_active=True,
        )
        .exclude(membership=leaving)
    )
    if not others.exists():
        raise LastAdministrator(day)


def staff_entry(action: Action, membership: Membership, by: Actor, role: str = "") -> Entry:
    """What the institution's chain says of a change to one of its staff."""
    return Entry(
        institution_id=membership.institution_id,
        action=action,
        actor_user_id=by.user_id,
        institution_acting_id=by.institution_id,
        object_ref=f"membership:{membership.pk}",
        categories=(role,) if role else (),
    )
