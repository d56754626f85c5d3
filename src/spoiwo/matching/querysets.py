"""Which proposals an actor may see."""

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q

from spoiwo.kernel.actor import Actor

if TYPE_CHECKING:
    from spoiwo.matching.models import Proposal


class ProposalQuerySet(models.QuerySet["Proposal"]):
    """Proposals that two records are one person."""

    def visible_to(self, actor: Actor) -> Self:
        """Proposals about a record of the own institution, for its reviewers."""
        if not actor.has_any("reviewer"):
            return self.none()
        return self.filter(
            Q(left_institution_id=actor.institution_id) | Q(right_institution_id=actor.institution_id)
        )
