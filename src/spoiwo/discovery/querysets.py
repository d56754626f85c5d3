"""Which rounds an actor may see."""

from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import Q

from spoiwo.kernel.actor import Actor

if TYPE_CHECKING:
    from spoiwo.discovery.models import Connector, Round

WATCHERS = ("registrar", "supervisor", "iod", "director")


class RoundQuerySet(models.QuerySet["Round"]):
    """Rounds of discovery between two institutions."""

    def visible_to(self, actor: Actor) -> Self:
        """Rounds that the own institution takes part in, for those who keep or watch over its register."""
        if not actor.has_any(*WATCHERS):
            return self.none()
        own = actor.institution_id
        return self.filter(Q(left_institution_id=own) | Q(right_institution_id=own))


class OfRoundQuerySet(models.QuerySet[Any]):
    """What belongs to a round."""

    def visible_to(self, actor: Actor) -> Self:
        """As the round itself."""
        if not actor.has_any(*WATCHERS):
            return self.none()
        own = actor.institution_id
        return self.filter(Q(round__left_institution_id=own) | Q(round__right_institution_id=own))


class ConnectorQuerySet(models.QuerySet["Connector"]):
    """Programs of offices."""

    def visible_to(self, actor: Actor) -> Self:
        """The own institution's."""
        if not actor.has_any(*WATCHERS):
            return self.none()
        return self.filter(institution_id=actor.institution_id)
