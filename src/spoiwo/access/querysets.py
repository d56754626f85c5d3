"""Named filters over agreements and relations."""

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q

from spoiwo.kernel.actor import Actor

if TYPE_CHECKING:
    from spoiwo.access.models import EmergencyAccess, EmergencyPerson, LegalBasis, Relation, SharingAgreement


def valid_on(day: date, prefix: str = "") -> Q:
    """Rows whose valid_from..valid_to holds the day; the prefix leads to the row (``"agreement__"``)."""
    begun = Q(**{f"{prefix}valid_from__lte": day})
    return begun & (Q(**{f"{prefix}valid_to__isnull": True}) | Q(**{f"{prefix}valid_to__gte": day}))


class LegalBasisQuerySet(models.QuerySet["LegalBasis"]):
    """Legal bases are public law."""

    def in_force(self, day: date) -> Self:
        """Versions that hold on the day."""
        return self.filter(valid_on(day))


class SharingAgreementQuerySet(models.QuerySet["SharingAgreement"]):
    """Sharing agreements."""

    def visible_to(self, actor: Actor) -> Self:
        """Agreements the actor's institution is party to; all of them for the operator."""
        if actor.is_operator:
            return self.all()
        return self.filter(parties__institution_id=actor.institution_id)

    def in_force(self, day: date) -> Self:
        """Signed agreements that hold on the day."""
        return self.filter(valid_on(day), state="active")

    def turning(self, day: date) -> Self:
        """Signed agreements whose first day is the day, or whose last day was the day before."""
        return self.filter(Q(valid_from=day) | Q(valid_to=day - timedelta(days=1)), state="active")


class RelationQuerySet(models.QuerySet["Relation"]):
    """Who may know whom."""

    def visible_to(self, actor: Actor) -> Self:
        """The own institution's relations."""
        return self.filter(institution_id=actor.institution_id)

    def current(self, day: date) -> Self:
        """Relations that hold on the day."""
        return self.filter(valid_on(day))


class EmergencyAccessQuerySet(models.QuerySet["EmergencyAccess"]):
    """Emergency access."""

    def visible_to(self, actor: Actor) -> Self:
        """The own; all of the own institution for those who review them."""
        own = self.filter(institution_id=actor.institution_id)
        return own if actor.has_any("supervisor", "iod") else own.filter(user_id=actor.user_id)

    def going_on(self, now: datetime) -> Self:
        """Those that open something now."""
        return self.filter(opened_at__lte=now, ends_at__gt=now)

    def to_review(self, now: datetime) -> Self:
        """Those that are over and have no verdict yet."""
        return self.filter(ends_at__lte=now, verdict="")


class EmergencyPersonQuerySet(models.QuerySet["EmergencyPerson"]):
    """People whom emergency access opens."""

    def visible_to(self, actor: Actor) -> Self:
        """Those of the own emergency access; all of the own institution for those who review them."""
        own = self.filter(institution_id=actor.institution_id)
        return own if actor.has_any("supervisor", "iod") else own.filter(emergency__user_id=actor.user_id)

    def open_to(self, actor: Actor, now: datetime) -> Self:
        """People whom the actor may know now because of an emergency access that goes on."""
        return self.filter(
            institution_id=actor.institution_id,
            emergency__user_id=actor.user_id,
            emergency__opened_at__lte=now,
            emergency__ends_at__gt=now,
        )
