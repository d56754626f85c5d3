"""May this actor do that with joint plans?"""

from spoiwo.kernel.actor import Actor
from spoiwo.plans.querysets import WORKERS

__all__ = ["WORKERS", "works_with_plans"]


def works_with_plans(actor: Actor | None) -> bool:
    """Those who work with people."""
    return actor is not None and actor.has_any(*WORKERS)
