"""Which rows an actor can reach: everything starts closed and opens by rule."""

from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.db.models.functions import Coalesce

from spoiwo.kernel.actor import Actor
from spoiwo.support.rules import roles
from spoiwo.support.types import LabourStatus, Scope

WHO = Coalesce("participant__record__person_id", "participant__person_id")


class OwnedQuerySet(models.QuerySet[Any]):
    """Rows of a support centre."""

    def visible_to(self, actor: Actor) -> Self:
        """Rows of the own institution, for those who work in its support register."""
        if not roles.keeps_register(actor):
            return self.none()
        return self.filter(institution_id=actor.institution_id)

    def of_institutions(self, scope: Scope) -> Self:
        """Rows of the institutions of a scope; of all that the caller may read when it names none."""
        return self.filter(institution_id__in=scope.institutions) if scope.institutions else self.all()


class FigureQuerySet(OwnedQuerySet):
    """Rows that name no person, which also those who read figures may see."""

    def visible_to(self, actor: Actor) -> Self:
        """Rows of the own institution."""
        if not roles.reads_figures(actor):
            return self.none()
        return self.filter(institution_id=actor.institution_id)


class TotalsQuerySet(models.QuerySet[Any]):
    """Totals without people; offices that bring them in see their own."""

    def visible_to(self, actor: Actor) -> Self:
        """Totals of the own institution."""
        if not roles.reads_figures(actor) and not actor.has_any("registrar"):
            return self.none()
        return self.filter(institution_id=actor.institution_id)

    def of_institutions(self, scope: Scope) -> Self:
        """Totals of the institutions of a scope."""
        return self.filter(institution_id__in=scope.institutions) if scope.institutions else self.all()


class CountedQuerySet(OwnedQuerySet):
    """Rows with a day, counted in reports."""

    def within(self, scope: Scope) -> Self:
        """Rows of the days and institutions of a scope."""
        return self.of_institutions(scope).filter(day__gte=scope.first, day__lte=scope.last)


class PeopleQuerySet(CountedQuerySet):
    """Rows that say a person was there."""

    def within(self, scope: Scope) -> Self:
        """Rows of the scope; narrowed to people who were (not) unemployed when it says so."""
        found = super().within(scope)
        if scope.unemployed is None:
            return found
        unemployed = Q(participant__labour_status=LabourStatus.UNEMPLOYED)
        return found.filter(unemployed if scope.unemployed else ~unemployed)

    def with_who(self) -> Self:
        """Each row with `who`: the person behind it, one and the same for all centres that identity links join."""
        return self.annotate(who=WHO)


def in_counties(scope: Scope, field: str) -> Q:
    """Rows whose TERYT code lies in the counties of a scope; all when it names none."""
    wanted = Q()
    for county in scope.counties:
        wanted |= Q(**{f"{field}__startswith": county})
    return wanted
