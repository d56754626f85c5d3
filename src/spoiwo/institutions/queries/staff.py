"""Staff of the actor's institution, their authorisations, and who they are in registers."""

from datetime import date

from allauth.mfa.models import Authenticator
from django.db.models import Prefetch

from spoiwo.institutions.models import Authorisation, Institution, Membership, Post, User
from spoiwo.institutions.types import Colleague, Role, RoleHeld, Standing
from spoiwo.kernel.actor import Actor
from spoiwo.kernel.text import polish_sort_key


def colleagues_of(actor: Actor, day: date) -> list[Colleague]:
    """Everybody who works at the actor's institution as far as the actor may see, by surname the Polish way."""
    memberships = list(_with_authorisations(actor))
    protected = set(
        Authenticator.objects.filter(user_id__in=[one.user_id for one in memberships])
        .exclude(type=Authenticator.Type.RECOVERY_CODES)
        .values_list("user_id", flat=True)
    )
    colleagues = [_colleague(one, protected, day) for one in memberships]
    return sorted(colleagues, key=lambda one: (_surname_first(one.full_name), one.membership_id))


def colleague(actor: Actor, membership_id: int, day: date) -> Colleague | None:
    """One of the staff; None when there is none in the actor's reach."""
    return next((one for one in colleagues_of(actor, day) if one.membership_id == membership_id), None)


def register_of_authorisations(actor: Actor) -> list[Authorisation]:
    """Every authorisation ever given at the actor's institution, in the order in which they were given."""
    return list(
        Authorisation.objects.visible_to(actor)
        .select_related("membership__user", "granted_by")
        .order_by("granted_at", "pk")
    )


def staff_of(institution_id: int) -> dict[int, str]:
    """Names of everybody who works or worked at an institution as an account (account id to name), by name."""
    rows = Membership.objects.filter(institution_id=institution_id).values_list("user_id", "user__full_name")
    return dict(sorted(rows, key=lambda row: polish_sort_key(row[1])))


def with_accounts() -> list[int]:
    """Ids of institutions at which somebody works or worked as an account."""
    return sorted(set(Membership.objects.values_list("institution_id", flat=True)))


def full_name(user_id: int) -> str:
    """The name of an account's owner; empty when there is no such account."""
    return User.objects.filter(pk=user_id).values_list("full_name", flat=True).first() or ""


def count_with_staff() -> int:
    """How many open institutions have staff."""
    return Institution.objects.active().filter(memberships__isnull=False).distinct().count()


def names_at_work(user_id: int, institution_id: int) -> frozenset[str]:
    """Names under which the institution's registers may mention this account's owner: of account and posts."""
    account = User.objects.filter(pk=user_id).values_list("full_name", flat=True)
    posts = Post.objects.filter(institution_id=institution_id, user_id=user_id)
    return frozenset(account.union(posts.values_list("holder_name", flat=True)))


def _with_authorisations(actor: Actor) -> list[Membership]:
    authorisations = Authorisation.objects.order_by("valid_from", "pk")
    return list(
        Membership.objects.visible_to(actor)
        .select_related("user")
        .prefetch_related(Prefetch("authorisations", authorisations))
    )


def _colleague(membership: Membership, protected: set[int], day: date) -> Colleague:
    user = membership.user
    if membership.suspended_at or not user.is_active:
        standing = Standing.SUSPENDED
    elif user.last_login is None and not user.has_usable_password():
        standing = Standing.INVITED
    else:
        standing = Standing.ACTIVE
    return Colleague(
        membership_id=membership.pk,
        user_id=user.pk,
        full_name=user.full_name,
        email=user.email,
        standing=standing,
        territories=tuple(membership.territories),
        roles=tuple(_role_held(one, day) for one in membership.authorisations.all()),
        last_used_at=membership.last_used_at,
        has_second_factor=user.pk in protected,
        version=membership.version,
    )


def _role_held(one: Authorisation, day: date) -> RoleHeld:
    is_over = one.withdrawn_at is not None or (one.valid_to is not None and one.valid_to < day)
    return RoleHeld(
        authorisation_id=one.pk,
        role=Role(one.role),
        number=one.number,
        valid_from=one.valid_from,
        valid_to=one.valid_to,
        is_over=is_over,
    )


def _surname_first(full_name: str) -> str:
    *given, surname = full_name.split() or [""]
    return polish_sort_key(f"{surname} {' '.join(given)}")
