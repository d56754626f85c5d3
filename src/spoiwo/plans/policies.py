"""May this actor do that with joint plans?"""

from spoiwo.kernel.actor import Actor
from spoiwo.plans.querysets import WORKERS

__all__ = ["WORKERS", "may_put_paper_template", "works_with_plans"]


def works_with_plans(actor: Actor | None) -> bool:
    """Those who work with people."""
    return actor is not None and actor.has_any(*WORKERS)


def may_put_paper_template(actor: Actor | None) -> bool:
    """How the institution's plans look on paper is the director's matter."""
    return actor is not None and actor.institution_id != 0 and actor.has_any("director")
