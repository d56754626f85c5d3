"""Which cards an actor can reach."""

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q

from spoiwo.kernel.actor import Actor
from spoiwo.monitoring.types import State

if TYPE_CHECKING:
    from spoiwo.monitoring.models import (
        Board,
        IndicatorVersion,
        Measure,
        Programme,
        PublishingRun,
        QuestionSource,
    )

WRITERS = ("analyst", "director")


class MeasureQuerySet(models.QuerySet["Measure"]):
    """Measures, which everybody reads."""

    def in_use(self) -> Self:
        """Those of which something new may be made."""
        return self.filter(retired_at__isnull=True)

    def kept_by(self, actor: Actor) -> Self:
        """Those that the actor may change."""
        if not actor.has_any(*WRITERS):
            return self.none()
        return self.filter(institution_id=actor.institution_id)


class IndicatorVersionQuerySet(models.QuerySet["IndicatorVersion"]):
    """Versions of cards."""

    def visible_to(self, actor: Actor) -> Self:
        """Approved and retired ones for everybody; drafts for writers of the institution that keeps it."""
        settled = Q(state__in=(State.APPROVED, State.RETIRED))
        if not actor.has_any(*WRITERS):
            return self.filter(settled)
        return self.filter(settled | Q(indicator__institution_id=actor.institution_id))


class OwnedQuerySet(models.QuerySet["QuestionSource"]):
    """Which questions feed which measures."""

    def visible_to(self, actor: Actor) -> Self:
        """Those of the own institution, for writers of cards."""
        if not actor.has_any(*WRITERS):
            return self.none()
        return self.filter(institution_id=actor.institution_id)


class PublishingRunQuerySet(models.QuerySet["PublishingRun"]):
    """Runs of publishing."""

    def visible_to(self, actor: Actor) -> Self:
        """Those of the own institution, for writers of cards."""
        if not actor.has_any(*WRITERS):
            return self.none()
        return self.filter(institution_id=actor.institution_id)


class ProgrammeQuerySet(models.QuerySet["Programme"]):
    """Programmes."""

    def visible_to(self, actor: Actor) -> Self:
        """Everybody signed in reads all of them."""
        return self.all() if actor.institution_id or actor.is_operator else self.none()

    def kept_by(self, actor: Actor) -> Self:
        """Those that the actor may change."""
        if not actor.has_any(*WRITERS):
            return self.none()
        return self.filter(institution_id=actor.institution_id)


class BoardQuerySet(models.QuerySet["Board"]):
    """Dashboards."""

    def visible_to(self, actor: Actor) -> Self:
        """The own ones, and those that colleagues share."""
        inside = self.filter(institution_id=actor.institution_id)
        return inside.filter(Q(owner_user_id=actor.user_id) | Q(shared=True))

    def owned_by(self, actor: Actor) -> Self:
        """Those that the actor may change."""
        return self.filter(institution_id=actor.institution_id, owner_user_id=actor.user_id)
