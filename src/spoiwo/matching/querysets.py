"""Which proposals an actor may see."""

from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import Q

from spoiwo.clients.queries.own_records import lives_in_area, within_sight
from spoiwo.kernel.actor import Actor

if TYPE_CHECKING:
    from spoiwo.matching.models import MatchRun, Proposal, SharedCount


class ProposalQuerySet(models.QuerySet["Proposal"]):
    """Proposals that two records are one person."""

    def visible_to(self, actor: Actor) -> Self:
        """Proposals about a record of the own institution inside the actor's territories, for its reviewers."""
        if not actor.has_any("reviewer"):
            return self.none()
        own = actor.institution_id
        return self._in_sight(actor).filter(
            (Q(left_institution_id=own) & lives_in_area(actor, "left_record_id"))
            | (Q(right_institution_id=own) & lives_in_area(actor, "right_record_id"))
        )

    def overseen_by(self, actor: Actor) -> Self:
        """Proposals about a record of the own institution, for those who decide or watch over the register."""
        return self.about_own(actor) if actor.has_any("supervisor") else self.visible_to(actor)

    def about_own(self, actor: Actor) -> Self:
        """Proposals about a record of the own institution, whatever the actor's roles; the caller asks who may."""
        own = actor.institution_id
        return self._in_sight(actor).filter(Q(left_institution_id=own) | Q(right_institution_id=own))

    def _in_sight(self, actor: Actor) -> Self:
        """Those of which neither side is hidden from the actor, at whatever institution."""
        return self.filter(within_sight(actor, "left_record_id"), within_sight(actor, "right_record_id"))

    def on_the_left(self, institution_id: int, state: str, answer: str | None = None) -> Self:
        """Those in a state whose left record is the institution's; answer: what it has said, None for anything."""
        found = self.filter(left_institution_id=institution_id, state=state)
        return found if answer is None else found.filter(left_answer=answer)

    def on_the_right(self, institution_id: int, state: str, answer: str | None = None) -> Self:
        """Those in a state whose right record alone is the institution's; duplicates stand on the left."""
        found = self.filter(
            ~Q(left_institution_id=institution_id), right_institution_id=institution_id, state=state
        )
        return found if answer is None else found.filter(right_answer=answer)


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


class SharedCountQuerySet(models.QuerySet["SharedCount"]):
    """How many clients two institutions share."""

    def visible_to(self, actor: Actor) -> Self:
        """Counts between the own institution and others, for its directors."""
        if not actor.has_any("director"):
            return self.none()
        return self.filter(
            Q(left_institution_id=actor.institution_id) | Q(right_institution_id=actor.institution_id)
        )
