"""Which rows an actor can reach: everything starts closed and opens by rule."""

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import Q

from spoiwo.clients.queries.own_records import within_sight
from spoiwo.districts.rules import roles
from spoiwo.kernel.actor import Actor

if TYPE_CHECKING:
    from spoiwo.districts.models import District


def _in_force(day: date) -> Q:
    return Q(valid_from__lte=day) & (Q(valid_to__isnull=True) | Q(valid_to__gte=day))


class DistrictQuerySet(models.QuerySet["District"]):
    """Districts: the same for everybody who works with people, since they name no client."""

    def visible_to(self, actor: Actor) -> Self:
        """Those of the own institution and those it shares or was asked to share."""
        if not roles.sees_districts(actor):
            return self.none()
        return self.filter(Q(institution_id=actor.institution_id) | Q(partner_id=actor.institution_id))

    def kept_by(self, actor: Actor) -> Self:
        """Those of the own institution, for those who keep them."""
        if not roles.keeps_districts(actor):
            return self.none()
        return self.filter(institution_id=actor.institution_id)

    def serving(self, institution_ids: Iterable[int]) -> Self:
        """Districts by which these institutions work: their own, and those of others that they agreed to share."""
        ids = list(institution_ids)
        return self.filter(
            Q(institution_id__in=ids) | Q(partner_id__in=ids, partner_accepted_on__isnull=False)
        )


class DatedQuerySet(models.QuerySet[Any]):
    """Ranges of districts and the duty of their workers."""

    def in_force(self, day: date) -> Self:
        """Rows valid on the day."""
        return self.filter(_in_force(day))

    def not_over(self, day: date) -> Self:
        """Rows valid on the day or later."""
        return self.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=day))


class OwnQuerySet(models.QuerySet[Any]):
    """Rows of one institution."""

    def visible_to(self, actor: Actor) -> Self:
        """Rows of the own institution, for those who work with its clients or look after that work."""
        if not roles.sees_districts(actor):
            return self.none()
        return self.filter(institution_id=actor.institution_id)


class OfClientQuerySet(OwnQuerySet):
    """Rows that say who serves a client."""

    def visible_to(self, actor: Actor) -> Self:
        """Rows of the own institution about clients who are not hidden."""
        return super().visible_to(actor).filter(within_sight(actor, "record_id"))


class SubstitutionQuerySet(models.QuerySet[Any]):
    """Who stands in for whom."""

    def visible_to(self, actor: Actor) -> Self:
        """Those of the own institution."""
        if not roles.sees_districts(actor):
            return self.none()
        return self.filter(institution_id=actor.institution_id, withdrawn_at__isnull=True)

    def on(self, day: date) -> Self:
        """Those of the day."""
        return self.filter(starts_on__lte=day, ends_on__gte=day, withdrawn_at__isnull=True)
