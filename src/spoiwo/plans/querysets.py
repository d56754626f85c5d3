"""Which plans an actor can reach: a party's entitled worker, while agreement and relation hold."""

from collections import defaultdict
from datetime import date
from typing import Any, Self

from django.apps import apps
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone

from spoiwo.access import queries as access
from spoiwo.access.types import Category
from spoiwo.clients.queries.own_records import lives_in_area, within_sight
from spoiwo.kernel.actor import Actor
from spoiwo.plans.types import OPEN_ACTIONS, OPEN_STATES

WORKERS = ("case_worker",)  # who works with people under plans


def givers_of(actor: Actor, day: date) -> dict[str, set[int]]:
    """Agreement number -> institutions that give the actor's plans and measures under it on the day."""
    found: dict[str, set[int]] = defaultdict(set)
    for grant in access.grants_to(actor.institution_id, day):
        if Category.MEASURES in grant.categories:
            found[grant.agreement_number].add(grant.giver_id)
    return found


class PartyQuerySet(models.QuerySet[Any]):
    """Parties of plans."""

    def visible_to(self, actor: Actor) -> Self:
        """The own institution's side of plans, for people inside the actor's territories and not hidden from them."""
        if not actor.has_any(*WORKERS):
            return self.none()
        return self.filter(
            lives_in_area(actor, "record_id"),
            within_sight(actor, "record_id"),
            institution_id=actor.institution_id,
        )

    def still_entitled(self, actor: Actor, day: date) -> Self:
        """Of these, the ones whose person the institution may know, sharing it with another party today."""
        known = access.known_people(actor.institution_id, day)
        shared = Q(pk__in=[])
        for number, givers in givers_of(actor, day).items():
            shared |= Q(
                agreement=number,
                plan__parties__institution__in=sorted(givers),
                plan__parties__record__person=F("record__person"),
            )
        return self.filter(shared, Exists(known.filter(person=OuterRef("record__person_id"))))


class PlanQuerySet(models.QuerySet[Any]):
    """Joint plans."""

    def visible_to(self, actor: Actor) -> Self:
        """Plans of which the own institution is a party.

        Nothing without a person's relation to it and another party that shares plans with it today, under the
        plan's own agreement, about the same person.
        """
        parties = apps.get_model("plans", "PlanParty").objects.visible_to(actor)
        entitled = parties.still_entitled(actor, timezone.localdate())
        return self.filter(Exists(entitled.filter(plan=OuterRef("pk"))))

    def still_open(self) -> Self:
        """Plans that are neither completed nor discontinued."""
        return self.filter(state__in=OPEN_STATES)


class OfPlanQuerySet(models.QuerySet[Any]):
    """What belongs to a plan."""

    def visible_to(self, actor: Actor) -> Self:
        """Rows of plans within reach."""
        return self.of_plans(apps.get_model("plans", "JointPlan").objects.visible_to(actor))

    def of_plans(self, plans: PlanQuerySet) -> Self:
        """Rows of these plans; whoever asks for several kinds of rows asks once what is within reach."""
        return self.filter(Exists(plans.filter(pk=OuterRef("plan_id"))))


class ActionQuerySet(OfPlanQuerySet):
    """Actions of plans."""

    def still_open(self) -> Self:
        """Actions without an outcome."""
        return self.filter(state__in=OPEN_ACTIONS)

    def owned_by(self, actor: Actor) -> Self:
        """Actions that the own institution answers for, also of plans that have closed to it; for nobody hidden."""
        if not actor.has_any(*WORKERS):
            return self.none()
        parties = apps.get_model("plans", "PlanParty").objects.filter(
            within_sight(actor, "record_id"), plan=OuterRef("plan_id"), institution_id=actor.institution_id
        )
        return self.filter(Exists(parties), owner_id=actor.institution_id)


class TemplateQuerySet(models.QuerySet[Any]):
    """Templates name nobody."""

    def open_to(self, actor: Actor) -> Self:
        """Shipped ones and the own institution's."""
        return self.filter(Q(institution__isnull=True) | Q(institution_id=actor.institution_id))


class IntervalQuerySet(models.QuerySet[Any]):
    """Intervals of reviews are public."""

    def in_force(self, day: date) -> Self:
        """Those that hold on the day."""
        return self.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=day), valid_from__lte=day)


class SelectionQuerySet(models.QuerySet[Any]):
    """Lists of chosen clients."""

    def visible_to(self, actor: Actor) -> Self:
        """Those of the own institution."""
        if not actor.has_any(*WORKERS):
            return self.none()
        return self.filter(institution_id=actor.institution_id)


class SelectedQuerySet(SelectionQuerySet):
    """Who is on a list."""

    def visible_to(self, actor: Actor) -> Self:
        """Those of the own institution who are not hidden."""
        return super().visible_to(actor).filter(within_sight(actor, "record_id"))
