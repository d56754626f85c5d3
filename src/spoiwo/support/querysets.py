"""Which rows an actor can reach: everything starts closed and opens by rule."""

from typing import Any, Self

from django.apps import apps
from django.db import models
from django.db.models import Q
from django.db.models.functions import Coalesce

from spoiwo.clients.queries.own_records import hidden_people, hidden_records
from spoiwo.kernel.actor import Actor
from spoiwo.support.rules import roles
from spoiwo.support.types import LabourStatus, Scope

WHO = Coalesce("participant__record__person_id", "participant__person_id")


# The way from a row to the participant whom it is about; rows of other tables name nobody.
WHOSE = {
    "Participant": "pk",
    "PersonMove": "participant",
    "GroupMember": "participant",
    "Delivery": "participant",
    "DeliveryParticipant": "participant",
    "Registration": "participant",
    "Attendance": "participant",
    "Certificate": "registration__participant",
    "SupportCase": "participant",
    "CaseMove": "case__participant",
    "CaseDocument": "case__participant",
    "CaseStep": "case__participant",
    "DeMinimis": "case__participant",
    "Path": "participant",
    "PathStage": "path__participant",
    "PathCheck": "path__participant",
}


def _hidden_participants(actor: Actor) -> models.QuerySet[Any]:
    """People who are hidden from the actor, by their record and as people: few, each found by an index of its own."""
    people: models.QuerySet[Any] = models.QuerySet(apps.get_model("support", "Participant"))
    by_record = people.filter(record__in=hidden_records(actor))
    return by_record.values("pk").union(people.filter(person__in=hidden_people(actor)).values("pk"))


class OwnedQuerySet(models.QuerySet[Any]):
    """Rows of a support centre."""

    def visible_to(self, actor: Actor) -> Self:
        """Rows of the own institution about nobody hidden, for those who work in its support register."""
        if not roles.keeps_register(actor):
            return self.none()
        own = self.filter(institution_id=actor.institution_id)
        whose = WHOSE.get(self.model.__name__)
        return own if whose is None else own.filter(~Q(**{f"{whose}__in": _hidden_participants(actor)}))

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


class DeliveryQuerySet(CountedQuerySet):
    """What was delivered, to one recipient or to a room full of people."""

    def visible_to(self, actor: Actor) -> Self:
        """Deliveries of the own institution at which nobody hidden was.

        Who is hidden is asked at once: hardly ever is anybody, and then the longest list there is stays quick.
        """
        if not roles.keeps_register(actor):
            return self.none()
        own = self.filter(institution_id=actor.institution_id)
        hidden = [one["pk"] for one in _hidden_participants(actor)]
        if not hidden:
            return own
        rows: models.QuerySet[Any] = models.QuerySet(apps.get_model("support", "DeliveryParticipant"))
        there = rows.filter(participant__in=hidden).values("delivery_id")
        return own.filter(~Q(participant__in=hidden), ~Q(pk__in=there))


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
