"""Which proposals an actor may see."""

from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import Q

from spoiwo.clients.queries.own_records import lives_in_area
from spoiwo.kernel.actor import Actor

if TYPE_CHECKING:
    from spoiwo.matching.models import MatchRun, Proposal


class ProposalQuerySet(models.QuerySet["Proposal"]):
    """Proposals that two records are one person."""

    def visible_to(self, actor: Actor) -> Self:
        """Proposals about a record of the own institution inside the actor's territories, for its reviewers."""
        if not actor.has_any("reviewer"):
            return self.none()
        own = actor.institution_id
        return self.filter(
            (Q(left_institution_id=own) & lives_in_area(actor, "left_record_id"))
            | (Q(right_institution_id=own) & lives_in_area(actor, "right_record_id"))
        )

    def waiting_for(self, institution_id: int) -> Self:
        """Open proposals on which the institution has not said anything yet."""
        return self.filter(_answered(institution_id, ""), state="open")

    def put_off_by(self, institution_id: int) -> Self:
        """Open proposals which the institution left for later."""
        return self.filter(_answered(institution_id, "later"), state="open")

    def waiting_elsewhere(self, institution_id: int) -> Self:
        """Open proposals on which the institution has said "same" and the other side nothing final."""
        return self.filter(_answered(institution_id, "same"), state="open")


class DerivedQuerySet(models.QuerySet[Any]):
    """What the job of matching works out on the way."""

    def visible_to(self, actor: Actor) -> Self:  # noqa: ARG002
        """Nobody sees it."""
        return self.none()


class MatchRunQuerySet(models.QuerySet["MatchRun"]):
    """Runs of matching."""

    def visible_to(self, actor: Actor) -> Self:
        """Runs over the own institution's register, for those who bring it in, decide or supervise."""
        if not actor.has_any("registrar", "reviewer", "supervisor", "director"):
            return self.none()
        return self.filter(institution_id=actor.institution_id)


def _answered(institution_id: int, answer: str) -> Q:
    return Q(left_institution_id=institution_id, left_answer=answer) | Q(
        right_institution_id=institution_id, right_answer=answer
    )
