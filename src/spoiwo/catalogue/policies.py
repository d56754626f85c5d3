"""May this actor do that in the catalogue?"""

from spoiwo.catalogue.rules.roles import keeps_for_others, keeps_places, reads, refers
from spoiwo.kernel.actor import Actor

__all__ = ["keeps", "keeps_places", "may_keep_for_others", "reads", "refers"]


def keeps(actor: Actor | None, *, institution_id: int, keeper_id: int) -> bool:
    """Whether the actor answers for an entry: its institution's people, and those who keep it for them."""
    return actor is not None and keeps_places(actor) and actor.institution_id in {institution_id, keeper_id}


def may_keep_for_others(actor: Actor | None) -> bool:
    """Support centres and the secretariat may write down places of small bodies that have nobody to do it."""
    return keeps_for_others(actor)
