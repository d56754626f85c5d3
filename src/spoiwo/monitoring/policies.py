"""Who may do what with cards."""

from spoiwo.kernel.actor import Actor
from spoiwo.monitoring.querysets import WRITERS


def may_read(actor: Actor | None) -> bool:
    """Everybody signed in reads approved cards."""
    return actor is not None


def may_write(actor: Actor | None) -> bool:
    """Analysts and directors draft cards of their institution, and approve each other's."""
    return actor is not None and actor.has_any(*WRITERS) and actor.institution_id != 0


def may_compose(actor: Actor | None) -> bool:
    """Whoever acts for an institution puts dashboards together and compares it with the region."""
    return actor is not None and actor.institution_id != 0
