"""Who oversees."""

from spoiwo.kernel.actor import Actor


def overseers(actor: Actor | None) -> bool:
    """Supervisors and data protection officers."""
    return actor is not None and actor.has_any("supervisor", "iod")
