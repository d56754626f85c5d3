"""Who does what in the catalogue."""

from spoiwo.kernel.actor import Actor

KEEPERS = ("case_worker", "support_adviser", "director", "local_admin", "secretary")
KEEPERS_FOR_OTHERS = ("support_adviser", "secretary")
REFERRERS = ("case_worker", "support_adviser")


def reads(actor: Actor | None) -> bool:
    """Anybody who works for an institution."""
    return actor is not None and bool(actor.institution_id)


def keeps_places(actor: Actor | None) -> bool:
    """Those who may write down what their institution offers."""
    return reads(actor) and actor is not None and actor.has_any(*KEEPERS)


def keeps_for_others(actor: Actor | None) -> bool:
    """Those who may write down places of small bodies that have nobody to do it."""
    return keeps_places(actor) and actor is not None and actor.has_any(*KEEPERS_FOR_OTHERS)


def refers(actor: Actor | None) -> bool:
    """Those who look for a place for somebody."""
    return reads(actor) and actor is not None and actor.has_any(*REFERRERS)
