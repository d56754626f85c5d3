"""Named filters over agreements and relations."""

from datetime import date, timedelta
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q

from spoiwo.kernel.actor import Actor

if TYPE_CHECKING:
    from spoiwo.access.models import LegalBasis, Relation, SharingAgreement


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
