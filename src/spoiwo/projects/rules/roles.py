"""Which roles have to do with projects."""

from spoiwo.kernel.actor import Actor

KEEPERS = ("case_worker", "support_adviser")  # who work with participants
READERS = (*KEEPERS, "director", "supervisor", "analyst")  # who see totals


def keeps_projects(actor: Actor | None) -> bool:
    """Those who work with the participants of their institution's projects."""
    return actor is not None and bool(actor.institution_id) and actor.has_any(*KEEPERS)


def reads_projects(actor: Actor | None) -> bool:
    """Those who see projects and their totals, without names."""
    return actor is not None and bool(actor.institution_id) and actor.has_any(*READERS)


def asks_clients(actor: Actor | None) -> bool:
    """Those who ask clients of the own register into projects: they see both."""
    return actor is not None and bool(actor.institution_id) and actor.has_any("case_worker")
