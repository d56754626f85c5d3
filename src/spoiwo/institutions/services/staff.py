"""Staff: invite, suspend, restore, say where somebody works."""

from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.utils import timezone

from spoiwo.audit import services as audit
from spoiwo.audit.types import Action
from spoiwo.institutions import policies, rules
from spoiwo.institutions.errors import AlreadyWorksThere, OutOfReach, OwnRoles
from spoiwo.institutions.models import Membership, User
from spoiwo.institutions.services.accounts import open_account
from spoiwo.institutions.services.authorising import (
    authorise,
    keep_an_administrator,
    open_institution,
    staff_entry,
)
from spoiwo.institutions.services.invitations import mail_later, spend_links, token_for
from spoiwo.institutions.types import Invited, NewAuthorisation
from spoiwo.kernel.actor import Actor
from spoiwo.toolkit.conflicts import Conflict, differences


@transaction.atomic
def invite_person(
    *,
    email: str,
    full_name: str,
    institution_id: int,
    authorisations: Sequence[NewAuthorisation],
    territories: Sequence[str] = (),
    language: str = "pl",
    by: Actor,
) -> Invited:
    """Bring somebody in: an account unless there is one, authorisations, and a letter.

    A new account gets a one-time link to set its password; somebody who has an account signs in as before,
    under the name it has already. An account that others opened gets its link by letter alone, and the links
    that they hold stop working: with it one could act where the other institution lets this person in.
    Raises OutOfReach, OwnRoles, AlreadyWorksThere, InstitutionIsClosed, BadDetails.
    """
    if not policies.may_authorise(by, institution_id, [one.role for one in authorisations]):
        raise OutOfReach
    address, name = rules.checked_person(email=email, full_name=full_name)
    user = User.objects.filter(email__iexact=address).first()
    if user is None:
        user = open_account(email=address, full_name=name, password=None, language=language, by=by)
    elif user.pk == by.user_id:
        raise OwnRoles
    elif Membership.objects.filter(user=user, institution_id=institution_id).exists():
        raise AlreadyWorksThere
    elif not user.has_usable_password():
        spend_links(user)
    membership = authorise(
        user_id=user.pk,
        institution_id=institution_id,
        authorisations=authorisations,
        territories=territories,
        by=by,
    )
    audit.append(staff_entry(Action.STAFF_INVITED, membership, by))
    mail_later(membership)
    return Invited(membership.pk, _token_to_hand_over(user, institution_id))


@transaction.atomic
def renew_invitation(*, membership_id: int, by: Actor) -> Invited:
    """Send a new link to somebody who has no password yet; earlier links stop working.

    The administrator is given the link too, unless the account opens more than this institution. Raises OutOfReach.
    """
    membership = _in_reach(membership_id, by)
    if membership.user.has_usable_password():
        raise OutOfReach
    spend_links(membership.user)
    audit.append(staff_entry(Action.STAFF_INVITED, membership, by))
    mail_later(membership)
    return Invited(membership.pk, _token_to_hand_over(membership.user, membership.institution_id))


@transaction.atomic
def suspend_member(*, membership_id: int, today: date, by: Actor) -> Membership:
    """Close the institution to one of its staff from the next request on; suspending again changes nothing.

    Raises OutOfReach, OwnRoles, InstitutionIsClosed, LastAdministrator.
    """
    membership = _in_reach(membership_id, by)
    if membership.suspended_at is None:
        open_institution(membership.institution_id)
        keep_an_administrator(membership, today)
        _set_suspended(membership, suspended=True)
        audit.append(staff_entry(Action.STAFF_SUSPENDED, membership, by))
    return membership


@transaction.atomic
def restore_member(*, membership_id: int, by: Actor) -> Membership:
    """Let somebody suspended in again, with the authorisations that are still in force.

    Raises OutOfReach, OwnRoles, InstitutionIsClosed.
    """
    membership = _in_reach(membership_id, by)
    if membership.suspended_at is not None:
        open_institution(membership.institution_id)
        _set_suspended(membership, suspended=False)
        audit.append(staff_entry(Action.STAFF_RESTORED, membership, by))
    return membership


@transaction.atomic
def set_territories(
    *, membership_id: int, territories: Sequence[str], seen_version: int, by: Actor
) -> Membership:
    """Say in which counties and communes somebody works; none means the institution's whole area.

    seen_version: the version the actor was looking at; 0 overwrites whatever is there.
    Raises OutOfReach, OwnRoles, BadDetails, Conflict.
    """
    membership = _in_reach(membership_id, by)
    codes = rules.checked_territories(territories)
    changed = differences({"territories": codes}, {"territories": membership.territories})
    if changed and seen_version and seen_version != membership.version:
        raise Conflict(changed, version=membership.version)
    if changed:
        membership.territories = codes
        membership.version += 1
        membership.save(update_fields=["territories", "version"])
        audit.append(staff_entry(Action.STAFF_CHANGED, membership, by, "territories"))
    return membership


def _token_to_hand_over(user: User, institution_id: int) -> str:
    """The token for the administrator's eyes; empty when the account has a password or opens more than theirs."""
    elsewhere = Membership.objects.filter(user=user).exclude(institution_id=institution_id)
    if user.has_usable_password() or user.is_operator or elsewhere.exists():
        return ""
    return token_for(user)


def _in_reach(membership_id: int, by: Actor) -> Membership:
    membership = (
        Membership.objects.visible_to(by)
        .select_for_update(of=("self",))
        .select_related("user")
        .filter(pk=membership_id)
        .first()
    )
    if membership is None or not policies.may_manage_staff(by, membership.institution_id):
        raise OutOfReach
    if membership.user_id == by.user_id:
        raise OwnRoles
    return membership


def _set_suspended(membership: Membership, *, suspended: bool) -> None:
    membership.suspended_at = timezone.now() if suspended else None
    membership.version += 1
    membership.save(update_fields=["suspended_at", "version"])
