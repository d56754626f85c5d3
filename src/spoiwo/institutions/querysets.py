"""Named filters over institutions and the people who work there."""

from datetime import date
from typing import TYPE_CHECKING, Self

from django.contrib.auth.models import BaseUserManager
from django.db import models
from django.db.models import Q

from spoiwo.institutions.types import Role
from spoiwo.kernel.actor import Actor

if TYPE_CHECKING:
    from spoiwo.institutions.models import Authorisation, Institution, Membership, Post, User

ADMINISTRATORS = (Role.LOCAL_ADMIN, Role.SUPERVISOR, Role.IOD)


def valid_on(day: date) -> Q:
    """Rows whose valid_from..valid_to holds the day."""
    return Q(valid_from__lte=day) & (Q(valid_to__isnull=True) | Q(valid_to__gte=day))


class UserManager(BaseUserManager["User"]):
    """Accounts are known by their e-mail address."""

    def create_user(self, email: str, password: str | None = None, **fields: object) -> "User":
        """A new account; without a password nobody can sign in to it until one is set."""
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str | None) -> "User":
        """The account with this address in any letter case."""
        return self.get(email__iexact=username)


class InstitutionQuerySet(models.QuerySet["Institution"]):
    """Institutions are public."""

    def active(self) -> Self:
        """Those not closed."""
        return self.filter(closed_on__isnull=True)


class MembershipQuerySet(models.QuerySet["Membership"]):
    """Who works where, as an account."""

    def visible_to(self, actor: Actor) -> Self:
        """Own membership; for those who administer an institution, all of its memberships."""
        if actor.has_any(*ADMINISTRATORS):
            return self.filter(institution_id=actor.institution_id)
        return self.filter(user_id=actor.user_id, institution_id=actor.institution_id)


class AuthorisationQuerySet(models.QuerySet["Authorisation"]):
    """Numbered, dated authorisations."""

    def visible_to(self, actor: Actor) -> Self:
        """Authorisations of memberships the actor can see."""
        if actor.has_any(*ADMINISTRATORS):
            return self.filter(membership__institution_id=actor.institution_id)
        return self.filter(membership__user_id=actor.user_id, membership__institution_id=actor.institution_id)

    def in_force(self, day: date) -> Self:
        """Those that hold on the day and were not withdrawn."""
        return self.filter(valid_on(day), withdrawn_at__isnull=True)


class PostQuerySet(models.QuerySet["Post"]):
    """Posts: who does what where, apart from accounts. Posts marked public are in the directory."""

    def visible_to(self, actor: Actor | None) -> Self:
        """Public posts; everybody of the own institution."""
        if actor is None:
            return self.filter(is_public=True)
        return self.filter(Q(is_public=True) | Q(institution_id=actor.institution_id))
