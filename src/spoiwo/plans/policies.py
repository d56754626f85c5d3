"""May this actor do that with joint plans?"""

from spoiwo.kernel.actor import Actor
from spoiwo.plans.querysets import WORKERS

KEEPERS = ("local_admin",)

__all__ = ["WORKERS", "keeps_papers", "works_with_plans"]


def works_with_plans(actor: Actor | None) -> bool:
    """Those who work with people."""
    return actor is not None and actor.has_any(*WORKERS)


def keeps_papers(actor: Actor | None) -> bool:
    """Those who decide what the institution's prints look like."""
    return actor is not None and bool(actor.institution_id) and actor.has_any(*KEEPERS)
