"""Which roles have to do with districts."""

from spoiwo.kernel.actor import Actor

KEEPERS = ("registrar", "supervisor")  # who draw districts and name workers
WORKERS = ("case_worker", "reviewer")  # who serve clients
SEERS = (*WORKERS, *KEEPERS, "director")


def sees_districts(actor: Actor | None) -> bool:
    """Those who work with clients, and those who look after that work."""
    return actor is not None and bool(actor.institution_id) and actor.has_any(*SEERS)


def keeps_districts(actor: Actor | None) -> bool:
    """Those who draw districts and name their workers."""
    return actor is not None and bool(actor.institution_id) and actor.has_any(*KEEPERS)


def serves_clients(actor: Actor | None) -> bool:
    """Those who work with clients."""
    return actor is not None and bool(actor.institution_id) and actor.has_any(*WORKERS)
