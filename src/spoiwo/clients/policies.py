"""May this actor do that to this object?"""

from spoiwo.clients.models import IdentityDecision, SourceRecord
from spoiwo.clients.querysets import OVERSEERS, SourceRecordQuerySet
from spoiwo.clients.types import DecisionKind
from spoiwo.kernel.actor import Actor


def may_undo(actor: Actor, decision: IdentityDecision) -> bool:
    """Either side may take a link back; a parting only the side that made it."""
    if decision.kind == DecisionKind.LINK:
        return True
    return decision.institution_acting_id == actor.institution_id


def restrictable(actor: Actor) -> SourceRecordQuerySet:
    """Own records that the actor may hide: those within reach."""
    if actor.has_any(*OVERSEERS):
        return SourceRecord.objects.overseen_by(actor)
    return SourceRecord.objects.visible_to(actor)


def may_change_restrictions(actor: Actor) -> bool:
    """Naming readers and showing somebody again is a matter of those who watch over the register."""
    return actor.has_any(*OVERSEERS)


def may_retain(actor: Actor) -> bool:
    """Rules of retention are written by those who watch over the register."""
    return actor.institution_id != 0 and actor.has_any(*OVERSEERS)


def erasable(actor: Actor) -> SourceRecordQuerySet:
    """Own records that the actor may erase or hold back: those whom one may see who watches over the register."""
    return SourceRecord.objects.overseen_by(actor)


def oversees(actor: Actor) -> bool:
    """Watches over the register of the own institution, and answers the people in it."""
    return actor.institution_id != 0 and actor.has_any(*OVERSEERS)
