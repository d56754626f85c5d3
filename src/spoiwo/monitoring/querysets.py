"""Which cards an actor can reach."""

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q

from spoiwo.kernel.actor import Actor
from spoiwo.monitoring.types import State

if TYPE_CHECKING:
    from spoiwo.monitoring.models import IndicatorVersion

WRITERS = ("analyst", "director")


class IndicatorVersionQuerySet(models.QuerySet["IndicatorVersion"]):
    """Versions of cards."""

    def visible_to(self, actor: Actor) -> Self:
        """Approved and retired ones for everybody; drafts for writers of the institution that keeps it."""
        settled = Q(state__in=(State.APPROVED, State.RETIRED))
        if not actor.has_any(*WRITERS):
            return self.filter(settled)
        return self.filter(settled | Q(indicator__institution_id=actor.institution_id))
