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


def works_off(actor: Actor | None) -> bool:
    """Those who hand clients over and take them over: workers, and keepers when a worker is away."""
    return serves_clients(actor) or keeps_districts(actor)
